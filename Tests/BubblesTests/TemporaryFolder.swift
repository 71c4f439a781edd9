import Foundation

/// A folder of its own, which is gone at the end.
final class TemporaryFolder: Sendable {
  /// Where it is.
  let path: String

  /// Creates an empty one.
  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("folder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The place of a file in it.
  func file(_ name: String) -> String { path + "/" + name }

  /// Writes `text` to a file in it, and says where.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// What is in the file of that name.
  func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
  }

  /// The names of what is in it.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// Runs the words of a shell in it, where `$B` is the program under test.
  func shell(_ script: String) throws -> Command {
    try Command.run(
      "/bin/sh", ["-c", "cd '\(path)'; B='\(TerminalUnderTest.program)'; \(script)"])
  }
}

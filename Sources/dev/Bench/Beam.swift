import ArgumentParser
import Foundation

/// The installed Erlang/OTP, asked to do the work of Tests/Oracle/bench.erl.
enum Beam {
  /// What the rows cost there, by bench.erl's names, and which OTP it was.
  static func measure(_ rows: [String]) throws -> (version: String, values: [String: Double]) {
    let source = "Tests/Oracle/bench.erl"
    guard FileManager.default.fileExists(atPath: source) else {
      throw ValidationError("There is no \(source) here; run from the top of the repository.")
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { removeFolder(folder) }
    _ = try Subprogram.run(["erlc", "-o", folder.path, source])
    let arguments =
      ["erl", "-noshell", "-noinput", "+P", "2000000", "-pa", folder.path, "-s", "bench", "main"]
      + ["-extra"] + rows
    var version = "Erlang/OTP"
    var values: [String: Double] = [:]
    for line in try Subprogram.run(arguments).split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count == 2 else { continue }
      if parts[0] == "otp" { version = parts[1] } else { values[parts[0]] = Double(parts[1]) }
    }
    return (version, values)
  }

  private static func removeFolder(_ folder: URL) {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      FileHandle.standardError.write(Data("\(folder.path) is left over: \(error)\n".utf8))
    }
  }
}

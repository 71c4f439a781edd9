import BubbleTestSupport
import Foundation
import Testing

/// The real program in a real terminal: a tmux server of its own, driven by keys.
///
/// Everything that could differ from machine to machine is fixed: locale, terminal, time zone,
/// sizes, the escape delay. Waits poll what is on the screen and have a limit.
final class TerminalUnderTest: Sendable {
  /// What went wrong with the test's own tools.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Whether tmux is there; `Tests/run` installs it.
  static let isAvailable = (try? run("tmux", ["-V"])) != nil

  /// The program under test, built with the tests.
  static let program =
    ProcessInfo.processInfo.environment["BUBBLES"]
    ?? repository.appendingPathComponent(".build/debug/bubbles").path

  /// Another program that is built with it, by its name.
  static func program(named name: String) -> String {
    URL(fileURLWithPath: program).deletingLastPathComponent().appendingPathComponent(name).path
  }

  /// The top of the checkout.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private let server: String
  private let folder: URL

  /// Starts a program, `bubbles` usually, with `arguments` in a terminal of `columns` by `rows`,
  /// under a shell that stays, so that what the program leaves behind can be looked at.
  init(
    _ arguments: String, program: String = TerminalUnderTest.program, columns: Int = 80,
    rows: Int = 24, environment: [String: String] = [:], line: Int = #line
  ) throws {
    server =
      "bubbles-\(ProcessInfo.processInfo.processIdentifier)-\(line)-\(UInt32.random(in: 0 ... .max))"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(server)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var settings = [
      "LC_ALL": "C.UTF-8", "TERM": "tmux-256color", "TZ": "UTC", "ESCDELAY": "25",
      "HOME": folder.path, "PS1": "$ ", "PATH": "/usr/local/bin:/usr/bin:/bin",
      "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]
    settings.merge(environment) { $1 }
    let assignments = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }
    // The shell outlives the interrupt that control C sends to the program and to it.
    let script = """
      trap : INT
      stty -a > \(quoted(folder.path))/before
      \(quoted(program)) \(arguments)
      printf '\\rthe program ended with %s\\n' "$?"
      stty -a > \(quoted(folder.path))/after
      cat
      """
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows),
      "env -i \(assignments.joined(separator: " ")) sh -c \(quoted(script))")
    try tmux("set-option", "-g", "escape-time", "0")
  }

  deinit {
    _ = try? Self.run("tmux", ["-L", server, "kill-server"])
    try? FileManager.default.removeItem(at: folder)
  }

  /// Types `keys`, in tmux's names: `x`, `Enter`, `Escape`, `Down`, `Space`.
  func press(_ keys: String...) throws {
    try tmux(["send-keys"] + keys)
  }

  /// Types `text` letter by letter.
  func type(_ text: String) throws {
    try tmux("send-keys", "-l", text)
  }

  /// Hands over `text` in one piece; with `brackets` as a terminal does that tells what is pasted.
  func paste(_ text: String, brackets: Bool = false) throws {
    let file = folder.appendingPathComponent("paste")
    try Data(text.utf8).write(to: file)
    try tmux("load-buffer", file.path)
    try tmux(["paste-buffer", "-r"] + (brackets ? ["-p"] : []))
  }

  /// Gives the terminal another size.
  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", String(columns), "-y", String(rows))
  }

  /// Waits until the program's terminal has that size, whether or not the program knows.
  func expectSize(columns: Int, rows: Int) async throws {
    let tty = try tmux("display-message", "-p", "#{pane_tty}").trimmingCharacters(in: .newlines)
    let size = "\(rows) \(columns)"
    try await expect("a terminal of \(size)") { _ in
      (try? Self.run("stty", ["-F", tty, "size"]))?.trimmingCharacters(in: .newlines) == size
    }
  }

  /// The rows on the screen, without trailing blanks; with escape sequences when `styled`.
  func screen(styled: Bool = false) throws -> [String] {
    try tmux(["capture-pane", "-p"] + (styled ? ["-e"] : [])).components(separatedBy: "\n")
  }

  /// Waits until `text` is on the screen, and returns the rows that hold it.
  @discardableResult
  func expect(_ text: String) async throws -> [String] {
    try await expect("“\(text)”") { $0.contains { $0.contains(text) } }
    return try screen().filter { $0.contains(text) }
  }

  /// Waits until `text` has left the screen.
  func expectNo(_ text: String) async throws {
    try await expect("no “\(text)”") { !$0.contains { $0.contains(text) } }
  }

  /// Waits until the rows satisfy `condition`, described as `what`.
  func expect(_ what: String, _ condition: ([String]) -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    var rows = try screen()
    while !condition(rows) {
      guard ContinuousClock.now < deadline else {
        throw Failure(
          description:
            "waited \(patience) for \(what); the screen:\n\(rows.joined(separator: "\n"))")
      }
      try await Task.sleep(for: .milliseconds(20))
      rows = try screen()
    }
  }

  /// Waits for the program's end and returns its exit code.
  func exitCode() async throws -> Int {
    let row = try await expect("the program ended with").last ?? ""
    guard let code = row.split(separator: " ").last.flatMap({ Int($0) }) else {
      throw Failure(description: "no exit code in “\(row)”")
    }
    return code
  }

  /// Sends the program a signal, such as `TERM`.
  func signal(_ name: String) throws {
    let shell = try tmux("display-message", "-p", "#{pane_pid}")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    _ = try Self.run("pkill", ["-\(name)", "-P", shell, "-x", "bubbles"])
  }

  /// Whether the terminal is as the program found it: modes, main screen, cursor, no mouse reports.
  func isRestored() throws -> Bool {
    let before = try String(contentsOf: folder.appendingPathComponent("before"), encoding: .utf8)
    let after = try String(contentsOf: folder.appendingPathComponent("after"), encoding: .utf8)
    let flags = try tmux("display-message", "-p", "#{alternate_on}#{cursor_flag}#{mouse_any_flag}")
    return before == after && flags.trimmingCharacters(in: .newlines) == "010"
  }

  /// The title that the terminal shows.
  func title() throws -> String {
    try tmux("display-message", "-p", "#{pane_title}").trimmingCharacters(in: .newlines)
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    try Self.run("tmux", ["-L", server] + arguments)
  }

  /// Runs a command to its end and returns what it printed; throws when it fails.
  static func run(_ command: String, _ arguments: [String]) throws -> String {
    let result = try Command.run("/usr/bin/env", [command] + arguments)
    guard result.exitCode == 0 else {
      throw Failure(description: "\(command) \(arguments): \(result.standardError)")
    }
    return result.standardOutput
  }
}

/// `text` as one word of a shell.
private func quoted(_ text: String) -> String {
  "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
}

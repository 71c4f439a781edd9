import Foundation
import Testing

/// Recordings of a run: written by the real program, damaged, and opened again.
@Suite struct RecordingTests {
  /// A recording in which nobody acted.
  static func recording(_ name: String = "escalation") throws -> String {
    try Command.bubbles("trace", name, "--json", "--for", "20s", "--seed", "7").standardOutput
  }

  /// Writes `text` to a file, and runs `replay --check` on it.
  static func check(_ text: String) throws -> (result: Command, file: String) {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("run-\(UUID().uuidString).jsonl")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return (try Command.bubbles("replay", file.path, "--check"), file.path)
  }

  @Test(arguments: ["escalation", "shop", "dynamic", "shutdown", "philly", "applications"])
  func `a run that was recorded comes out the same`(name: String) throws {
    let text = try Self.recording(name)
    let (result, _) = try Self.check(text)
    #expect(result.exitCode == 0, "\(result.standardError)")
    let count = text.split(separator: "\n").count - 1
    #expect(result.standardOutput.contains("\(count) events in "))
    #expect(result.standardOutput.hasSuffix("0 acts; all as recorded\n"))
  }

  /// Recordings and traces that earlier versions of the program wrote, kept as they are.
  @Test(arguments: [
    ("format-1-acts", "66 events in 26.219 s, 9 acts; all as recorded"),
    ("format-1-faults", "150 events in 10.000 s, 0 acts; all as recorded"),
    ("format-2-names", "139 events in 3.000 s, 0 acts; all as recorded"),
  ])
  func `a file of an earlier format opens, and comes out the same`(
    name: String, summary: String
  ) throws {
    let file = TerminalUnderTest.repository.appendingPathComponent("Tests/Recordings/\(name).jsonl")
    let result = try Command.bubbles("replay", file.path, "--check")
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(result.standardOutput.contains(summary))
  }

  @Test func `a recording says whom its machine registered`() throws {
    let old = TerminalUnderTest.repository
      .appendingPathComponent("Tests/Recordings/format-2-names.jsonl")
    let recording = try String(contentsOf: old, encoding: .utf8)
    let names = #""names":"addressed","#
    #expect(try Self.recording().contains(names))
    #expect(!recording.contains(names))
    let other = recording.replacingOccurrences(of: #"{"format":2,"#, with: #"{"format":2,"# + names)
    let (result, _) = try Self.check(other)
    #expect(result.exitCode == 65)
    #expect(result.standardError.contains("event"))
  }

  @Test func `a recording holds the .app files of its scenario`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("apps-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(#"{application, shop, [{vsn, "7"}, {mod, {shop_app, []}}]}."#.utf8)
      .write(to: folder.appendingPathComponent("shop.app"))
    let scenario = folder.appendingPathComponent("my.yaml")
    try Data(
      """
      applications:
        - application: shop
          file: shop.app
          tree: {supervisor: top, children: [{worker: a, tick: 1 s}]}
      """.utf8
    ).write(to: scenario)
    let trace = try Command.bubbles("trace", scenario.path, "--json", "--for", "5s")
    #expect(trace.exitCode == 0, "\(trace.standardError)")
    try FileManager.default.removeItem(at: folder)
    let (result, _) = try Self.check(trace.standardOutput)
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(trace.standardOutput.contains(#""version":"7""#))
  }

  @Test func `a line that was cut off is left out, and that is said`() throws {
    let text = try Self.recording()
    let (result, _) = try Self.check(String(text.dropLast(20)))
    #expect(result.exitCode == 0)
    #expect(result.standardOutput.contains("the last line was cut off and is left out"))
    let count = text.split(separator: "\n").count - 2
    #expect(result.standardOutput.contains("\(count) events in "))
  }

  /// What is done to the lines of a recording, and what is said of it.
  static let damages: [(name: String, line: String, culprit: String)] = [
    ("empty", "1", "this is not a recording"),
    ("newer", "1", "format 99, written by bubbles 9.0; this is bubbles "),
    ("trace", "1", "this is a trace, which cannot be run again"),
    ("scenario", "1", "cannot read its scenario"),
    ("garbage", "30", "it is not JSON"),
    ("missing", "30", "event 30 follows event 28"),
    ("other", "30", "event 29 comes out differently"),
    ("halved", "30", "damaged"),
    ("early", "4", "the act was done before the one above it"),
    ("back", "30", "goes back to where the recording never was"),
  ]

  @Test(arguments: damages.map(\.name))
  func `damage is named with its line`(name: String) throws {
    let (_, line, culprit) = try #require(Self.damages.first { $0.name == name })
    var lines = try Self.recording().components(separatedBy: "\n")
    let act = #"{"act":"request","at":0,"request":{"pid":"<2>","request":"kill"},"steps":"#
    switch name {
    case "empty": lines = []
    case "newer": lines[0] = #"{"format":99,"program":"9.0"}"#
    case "trace": lines[0] = #"{"format":1,"scenario":"shop","seed":1}"#
    case "scenario": lines[0] = #"{"format":1,"scenario":"shop","seed":1,"source":"tree: 5"}"#
    case "garbage": lines[29] = "what?"
    case "missing": lines.remove(at: 29)
    case "other": lines[29] = lines[29].replacingOccurrences(of: "{\"at\":", with: "{\"at\":1")
    case "halved": lines[29] = String(lines[29].prefix(lines[29].count / 2))
    case "early": lines.insert(contentsOf: [act + "9}", act + "3}"], at: 2)
    default: lines.insert(#"{"acts":1,"back":5}"#, at: 29)
    }
    let (result, file) = try Self.check(lines.joined(separator: "\n"))
    #expect(result.exitCode == 65)
    #expect(result.standardError.hasPrefix("bubbles: \(file):\(line): "), "\(result.standardError)")
    #expect(result.standardError.contains(culprit), "\(result.standardError)")
    #expect(result.standardError.split(separator: "\n").count == 1)
    #expect(result.standardOutput.isEmpty)
  }

  @Test func `no file and a wrong option are refused`() throws {
    #expect(try Command.bubbles("replay", "/nowhere/a.jsonl").exitCode == 66)
    #expect(try Command.bubbles("replay", "/nowhere/a.jsonl", "--seed", "1").exitCode == 64)
  }
}

/// Recordings in a terminal.
@Suite(.enabled(if: TerminalUnderTest.isAvailable, "tmux is not installed"), .serialized)
struct RecordingConsoleTests {
  /// A file that is gone at the end.
  private final class Temporary: Sendable {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("run-\(UUID().uuidString).jsonl").path

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A console in which somebody was killed, recorded to `file`.
  private func killed(recordingTo file: Temporary) async throws -> TerminalUnderTest {
    let console = try TerminalUnderTest("demo one-for-all --seed 7 --beat 0 --record \(file.path)")
    try await console.expect("all_sup")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    try await console.expect("restarted")
    return console
  }

  @Test func `what a killed program recorded is there, and opens`() async throws {
    let file = Temporary()
    let console = try await killed(recordingTo: file)
    try console.signal("KILL")
    try await console.expect("the program ended with 137")
    let text = try String(contentsOfFile: file.path, encoding: .utf8)
    #expect(text.hasSuffix("}\n"))
    #expect(text.contains("\"event\":\"restart_completed\""))
    let result = try Command.bubbles("replay", file.path, "--check")
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(result.standardOutput.contains("1 act; all as recorded"))
  }

  @Test func `a recording opens at its beginning, and goes on live from anywhere`() async throws {
    let file = Temporary()
    let first = try await killed(recordingTo: file)
    try first.press("q")
    #expect(try await first.exitCode() == 0)
    #expect(try String(contentsOfFile: file.path, encoding: .utf8).contains("{\"end\":"))
    let again = Temporary()
    let console = try TerminalUnderTest("replay \(file.path) --beat 0 --record \(again.path)")
    try await console.expect("space plays")
    try console.press("6")
    try await console.expect("▐6 log▌")
    try await console.expectNo("you pressed x")
    try console.press("Space")
    try await console.expect("life 2")
    try console.press("1", "x")
    try await console.expect("if you kill")
    try console.press("x")
    try await console.expect("life 3")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    let result = try Command.bubbles("replay", again.path, "--check")
    #expect(result.standardOutput.contains("2 acts; all as recorded"), "\(result.standardError)")
  }

  @Test func `a recording may begin late, and never overwrites`() async throws {
    let file = Temporary()
    let console = try await killed(recordingTo: Temporary())
    try console.type(":record \(file.path)")
    try console.press("Enter")
    try await console.expect("the run is recorded to")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    let late = try TerminalUnderTest("demo one-for-all --seed 7")
    try await late.expect("all_sup")
    try late.type(":record \(file.path)")
    try late.press("Enter")
    try await late.expect("recording the run to")
    try late.press("q")
    #expect(try await late.exitCode() == 0)
    let result = try Command.bubbles("replay", file.path, "--check")
    #expect(result.exitCode == 0, "\(result.standardError)")
    let refused = try Command.bubbles("demo", "shop", "--record", file.path)
    #expect(refused.exitCode == 73)
  }
}

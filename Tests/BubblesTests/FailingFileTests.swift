import Foundation
import Testing

/// Files that cannot be written on to while the console is open, and where its files go.
///
/// The system's limit on the size of a file stands for a full disk.
@Suite(.enabled(if: TerminalUnderTest.isAvailable, "tmux is not installed"), .serialized)
struct FailingFileTests {
  private static let program = "'\(TerminalUnderTest.program)'"

  /// A console in `folder` with `arguments`, which writes no file beyond `blocks` of 512 bytes.
  private func limited(
    _ arguments: String, in folder: TemporaryFolder, blocks: Int
  ) throws -> TerminalUnderTest {
    try TerminalUnderTest(
      "--version; (cd '\(folder.path)'; ulimit -f \(blocks); exec \(Self.program) \(arguments))")
  }

  /// How many blocks the header of a recording of the shop takes, and no event behind it.
  private static func headerBlocks() throws -> Int {
    let trace = try Command.bubbles("trace", "shop", "--json", "--for", "0")
    let header = try #require(trace.standardOutput.split(separator: "\n").first)
    return header.utf8.count / 512 + 1
  }

  @Test(arguments: ["", "--script", "--present", "--present --script"])
  func `a recording that fails is told at once, and to the end`(options: String) async throws {
    let folder = try TemporaryFolder()
    let console = try limited(
      "demo shop --seed 7 \(options) --record r.jsonl", in: folder, blocks: Self.headerBlocks())
    if options.isEmpty {
      try await console.expect(
        "the recording is not whole: cannot write on to r.jsonl: file too large")
    }
    try await console.expect("! not recorded")
    try console.press("6", "Space", "Right", "1")
    try await console.expect("! not recorded")
    try console.press("q")
    #expect(try await console.exitCode() == 74)
    #expect(try console.isRestored())
    try await console.expect("bubbles: cannot write on to r.jsonl: file too large")
    let check = try Command.bubbles("replay", folder.file("r.jsonl"), "--check")
    #expect(check.exitCode == 0)
    #expect(check.standardOutput.contains("cut off"))
  }

  @Test func `a film that fails is told at once, and never said to be recorded`() async throws {
    let folder = try TemporaryFolder()
    for begin in ["", "--cast a.cast"] {
      let console = try limited("demo shop --seed 7 \(begin)", in: folder, blocks: 1)
      if begin.isEmpty {
        try await console.expect("acceptor")
        try console.type(":cast b.cast")
        try console.press("Enter")
      }
      try await console.expect("the film is not whole: cannot write on to ")
      try console.type(":cast")
      try console.press("Enter")
      try await console.expect("! cannot write on to")
      try console.press("2")
      try await console.expect("the film is not whole")
      try await console.expectNo("recorded the screen")
      try console.signal("TERM")
      #expect(try await console.exitCode() == 143)
      try await console.expect("bubbles: cannot write on to")
    }
  }

  /// Kills what is selected, so that something was done.
  private func kill(in console: TerminalUnderTest) async throws {
    try await console.expect("? help")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    try await console.expect("restarted")
  }

  @Test func `a picture that cannot be written is told, and not left behind`() async throws {
    let folder = try TemporaryFolder()
    let console = try limited("demo one-for-all --seed 7 --beat 0", in: folder, blocks: 1)
    try await kill(in: console)
    for command in [":save a.svg", ":save-script a.yaml"] {
      try console.type(command)
      try console.press("Enter")
      try await console.expect("file too large")
      try console.press("2")
      try await console.expectNo("file too large")
    }
    #expect(try folder.names() == [])
    try console.press("q")
    #expect(try await console.exitCode() == 0)
  }

  @Test func `a tilde is the home folder`() async throws {
    let home = try TemporaryFolder()
    let console = try TerminalUnderTest(
      "demo one-for-all --seed 7 --beat 0", environment: ["HOME": home.path])
    try await kill(in: console)
    for (command, answer) in [
      (":save ~/a.svg", "wrote ~/a.svg"), (":save-script ~/a.yaml", "wrote ~/a.yaml"),
      (":cast ~", "it exists already"),
      (":cast ~/a.cast", "recording the screen to ~/a.cast"),
      (":record ~/a.jsonl", "recording the run to ~/a.jsonl"),
      (":save ~/no/a.svg", "! cannot write ~/no/a.svg: no such file"),
      (":save ~nobody-of-that-name/a.svg", "-name/a.svg: no such file or directory"),
    ] {
      try console.type(command)
      try console.press("Enter")
      try await console.expect(answer)
    }
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try home.names() == ["a.cast", "a.jsonl", "a.svg", "a.yaml"])
  }

  @Test(arguments: [
    "\u{FEFF}script: [{say: hello}]\ntree: {supervisor: top, children: [{worker: a}]}\n",
    "name: my\r\nscript:\r\n  - {say: hello}\r\ntree:\r\n  supervisor: top\r\n  "
      + "children: [{worker: a}]\r\n",
    "tree: {supervisor: top, children: [{worker: \"a\\uFFFE\"}]}\nscript:\n- {say: \"x \\uFFFE\\u001b\"}\n",
  ])
  func `a scenario with a saved script can be read again`(scenario: String) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(scenario, to: "my.yaml")
    let console = try TerminalUnderTest(
      "run \(file) --beat 0", environment: ["HOME": folder.path])
    try await kill(in: console)
    try console.type(":save-script ~/a.yaml")
    try console.press("Enter")
    try await console.expect("wrote ~/a.yaml")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    let again = try Command.bubbles("trace", folder.file("a.yaml"))
    #expect(again.exitCode == 0, "\(again.standardError)")
  }

  @Test func `a script that could not be read again is not written`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("{tree: {supervisor: top, children: [{worker: a}]}}", to: "my.yaml")
    let console = try TerminalUnderTest(
      "run \(file) --beat 0", environment: ["HOME": folder.path])
    try await kill(in: console)
    try console.type(":save-script ~/a.yaml")
    try console.press("Enter")
    try await console.expect("no script can be put into it")
    #expect(try folder.names() == ["my.yaml"])
  }

  @Test func `a terminal that cannot be used leaves no file`() async throws {
    let folder = try TemporaryFolder()
    let console = try TerminalUnderTest(
      "demo shop --record \(folder.file("a")) --cast \(folder.file("b"))",
      environment: ["TERM": "of-that-name-there-is-none"])
    #expect(try await console.exitCode() == 69)
    #expect(try folder.names() == [])
  }
}

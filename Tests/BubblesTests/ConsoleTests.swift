import Foundation
import Testing

/// The program as somebody meets it, in a terminal of 80 by 24.
@Suite(.enabled(if: TerminalUnderTest.isAvailable, "tmux is not installed"), .serialized)
struct ConsoleTests {
  @Test func `it opens the shop, and q leaves the terminal as it was`() async throws {
    let console = try TerminalUnderTest("")
    try await console.expect("shop_sup")
    try await console.expect("1 bubbles")
    try await console.expect("? help")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }

  @Test func `arrows move the selection and the panel follows`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --view table --seed 7")
    try await console.expect("NAME")
    try console.press("g")
    let first = try await selectedRow(of: console)
    try console.press("Down")
    try await console.expect("another selected row") { rows in
      rows.contains { $0.hasPrefix("►") && $0 != first }
    }
    try console.press("k")
    try await console.expect("the first row again") { $0.contains { isSameProcess($0, first) } }
  }

  @Test func `a kill is previewed with numbers, then happens in that order`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --seed 7 --beat 40ms")
    try await selectMiddleWorker(of: console)
    try console.press("x")
    try await console.expect("if you kill")
    try await console.expect("stop last started first")
    try await console.expect("→")
    try console.press("x")
    try await console.expect("1 of")
    try console.press("6")
    try await console.expect("you pressed x")
    try await console.expect("decides rest_for_one")
  }

  @Test func `pause holds the clock, and a step shows one event`() async throws {
    let console = try TerminalUnderTest("demo one-for-all --seed 7")
    try await console.expect("►1x")
    try console.press("Space")
    try await console.expect("paused")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    try console.press(".")
    let asked: Double = try #require(instant(of: await console.expect("you pressed x")))
    try console.press(".")
    let decided = try await console.expect("decides one_for_all")
    #expect(instant(of: decided) == asked)
    try await console.expect("‖") { $0[0].contains("‖") }
    try console.press("Space")
    try await console.expect("►1x")
  }

  @Test func `the table's filter keeps ancestors and counts`() async throws {
    let console = try TerminalUnderTest("demo shop --view table --seed 7")
    try await console.expect("acceptor")
    try console.press("/")
    try console.type("cache")
    try await console.expect("1 match")
    try await console.expectNo("├ mailer")
    try await console.expect("db_sup")
    try console.press("Escape")
    try await console.expect("├ mailer")
  }

  @Test func `a resize lays everything out anew, and too small says so`() async throws {
    let console = try TerminalUnderTest("demo shop --seed 7")
    try await console.expect("acceptor")
    try console.resize(columns: 120, rows: 40)
    try await console.expect("acceptor")
    try console.resize(columns: 38, rows: 9)
    try await console.expect("too small")
    try console.resize(columns: 80, rows: 24)
    try await console.expect("acceptor")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }

  @Test(arguments: [
    ("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131), ("USR1", 138), ("USR2", 140),
    ("ALRM", 142), ("VTALRM", 154), ("PROF", 155), ("XCPU", 152), ("SYS", 159), ("40", 168),
  ])
  func `a signal ends it with the terminal restored`(signal: String, code: Int) async throws {
    let console = try TerminalUnderTest("demo shop", line: code)
    try await console.expect("acceptor")
    try console.signal(signal)
    #expect(try await console.exitCode() == code)
    #expect(try console.isRestored())
  }

  @Test func `control C leaves, with the terminal restored`() async throws {
    let console = try TerminalUnderTest("demo shop")
    try await console.expect("acceptor")
    try console.press("C-c")
    #expect(try await console.exitCode() == 130)
    #expect(try console.isRestored())
  }

  @Test func `a flood of keys is worked off, and what comes after it counts`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --view table")
    try await console.expect("NAME")
    try console.paste(String(repeating: "j", count: 20_000) + "q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }

  @Test func `what is pasted does nothing, even if its letters would quit or kill`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --view table")
    try await console.expect("NAME")
    try console.paste("xxq\nxxq\n:quit\n", brackets: true)
    try await console.expect("what is pasted does nothing here")
    try await console.expect("●4")
    try console.press(":")
    try console.paste("quit\n", brackets: true)
    try await console.expect(":quit")
    try console.press("Enter")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }

  @Test func `bytes that are no keys leave a console that answers`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --view table")
    try await console.expect("NAME")
    try console.paste(
      "\u{1}\u{1B}[999;999;999~\u{1B}]0;title\u{7}\u{1B}[<0;1\u{1B}O\u{F7FF}\u{301}\u{200B}\u{1B}\u{1B}\u{1B}"
    )
    try console.press("Escape", "Escape", "Escape", "Escape")
    try console.press("6")
    try await console.expect("▐6 log▌")
    #expect(try console.title() != "title")
  }

  @Test func `any size in the middle of a restart can be drawn`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --seed 7")
    try await console.expect("rest_sup")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    for (columns, rows) in [(80, 1), (1, 1), (200, 50), (40, 12), (39, 11), (80, 24)] {
      try console.resize(columns: columns, rows: rows)
    }
    // The panel may have left the plan by the time a slow machine has seen all sizes.
    try await console.expect("rest_sup restarted source")
    try console.press("x")
    try await console.expect("if you kill source")
  }

  @Test func `a key that came before a resize counts before it`() async throws {
    let console = try TerminalUnderTest("demo rest-for-one --seed 7")
    try await console.expect("rest_sup")
    try console.press("x")
    try await console.expect("if you kill")
    // While the program stands still, the key waits in the terminal and the resize as a signal.
    try console.signal("STOP")
    try console.press("x")
    try console.resize(columns: 30, rows: 5)
    try await console.expectSize(columns: 30, rows: 5)
    try console.signal("CONT")
    try await console.expect("too small")
    try console.resize(columns: 80, rows: 24)
    try await console.expect("rest_sup restarted source")
  }

  @Test func `a stop gives the terminal back, and it goes on where it stood`() async throws {
    // A shell with job control, since a process whose group has no other parent cannot be stopped.
    let program = "'\(TerminalUnderTest.program)'"
    let console = try TerminalUnderTest(
      "--version; set -m; \(program) demo shop; echo it stands; read line; fg %1")
    try await console.expect("acceptor")
    try console.signal("TSTP")
    try await console.expect("it stands")
    try await console.expectNo("acceptor")
    try console.press("Enter")
    try await console.expect("acceptor")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }

  @Test func `help shows the keys, and escape closes it`() async throws {
    let console = try TerminalUnderTest("demo shop")
    try await console.expect("acceptor")
    try console.press("?")
    try await console.expect("keys and signs")
    try console.press("Escape")
    try await console.expectNo("keys and signs")
  }

  @Test func `a command line knows its commands`() async throws {
    let console = try TerminalUnderTest("demo shop")
    try await console.expect("acceptor")
    try console.type(":view table")
    try console.press("Enter")
    try await console.expect("NAME")
    try console.type(":tabel")
    try console.press("Enter")
    try await console.expect("tabel")
  }

  @Test func `the screen is recorded, and leaving tells what happened`() async throws {
    // A short name: what is said of it has to fit into a row.
    let file = URL(fileURLWithPath: "/tmp/film-\(UUID().uuidString.prefix(8)).cast")
    defer { try? FileManager.default.removeItem(at: file) }
    let console = try TerminalUnderTest("demo one-for-all --seed 7 --beat 0 --cast \(file.path)")
    try await console.expect("all_sup")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    try await console.expect("restarted")
    try console.type(":cast \(file.path)")
    try console.press("Enter")
    try await console.expect(":cast ends that")
    try console.type(":cast")
    try console.press("Enter")
    try await console.expect("recorded the screen to")
    try console.type(":save \(file.path).txt")
    try console.press("Enter")
    try await console.expect("wrote /")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
    try await console.expect("one-for-all: watched for")
    try await console.expect("1 kill, 1 process crashed, 3 restarts")
    try await console.expect("longest outage: ")
    let film = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(film.first?.hasPrefix("{\"version\":2,\"width\":80,\"height\":24,") == true)
    #expect(film.contains { $0.contains("\"m\"") && $0.contains("kill") })
    #expect(film.last?.hasSuffix("]") == true)
    try FileManager.default.removeItem(atPath: file.path + ".txt")
  }

  @Test func `nothing is told of a session in which nothing happened`() async throws {
    let console = try TerminalUnderTest("demo one-for-all --seed 7")
    try await console.expect("all_sup")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    try await console.expectNo("watched for")
  }

  @Test func `a name with escape sequences is shown, never obeyed`() async throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hostile-\(UUID().uuidString).yaml")
    let scenario = """
      name: "a\\e]2;pwned\\a"
      tree:
        supervisor: "root\\e[31m"
        children:
          - worker: "w\\e[2J\\e[H1"
      """
    try Data(scenario.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let console = try TerminalUnderTest("run \(file.path) --view table")
    try await console.expect("NAME")
    #expect(try console.screen(styled: true).allSatisfy { !$0.contains("pwned\u{7}") })
    #expect(try console.title() != "pwned")
  }

  @Test func `without Unicode it draws in ASCII`() async throws {
    let console = try TerminalUnderTest("demo shop", environment: ["LC_ALL": "C"])
    try await console.expect("acceptor")
    #expect(try console.screen().joined().allSatisfy(\.isASCII))
  }
}

/// The row with the selection, in the table.
private func selectedRow(of console: TerminalUnderTest) async throws -> String {
  try await console.expect("a selected row") { $0.contains { $0.hasPrefix("►") } }
  return try console.screen().first { $0.hasPrefix("►") } ?? ""
}

/// Whether two table rows are about the same process, whatever their numbers say now.
private func isSameProcess(_ row: String, _ other: String) -> Bool {
  row.hasPrefix("►") && row.prefix(30) == other.prefix(30)
}

/// Selects the middle worker of the rest-for-one demo, in the bubbles view.
private func selectMiddleWorker(of console: TerminalUnderTest) async throws {
  try await console.expect("rest_for_one")
  try console.press("3", "g")
  try await console.expect("NAME")
  let rows = try console.screen()
  let workers = rows.filter { $0.contains(" W ") }.count
  for _ in 0..<(workers / 2 + 1) { try console.press("Down") }
  try console.press("1")
  try await console.expect("▐1 bubbles▌")
}

/// The instant at the beginning of the last of some rows of the log.
private func instant(of rows: [String]) -> Double? {
  rows.last?.split(separator: " ").first.flatMap { Double($0) }
}

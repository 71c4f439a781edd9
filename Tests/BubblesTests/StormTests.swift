import Testing

/// The chat under a storm, briefly; `dev chat-storm` alone is the whole one.
@Suite(.timeLimit(.minutes(60))) struct StormTests {
  @Test func `a hundred clients, of whom one after the other is struck, lose nobody else`() throws {
    let result = try Command.run(
      TerminalUnderTest.program(named: "dev"), ["chat-storm", "--clients", "100", "--seconds", "3"])
    #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
    #expect(result.standardOutput.contains("others disconnected: 0"))
    let struck = result.standardOutput.split(separator: "\n").first { $0.contains(" killed, ") }
    let kills = struck?.split(separator: " ").first.flatMap { Int($0) } ?? 0
    #expect(kills > 0, "\(result.standardOutput)")
  }
}

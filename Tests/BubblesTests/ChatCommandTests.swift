import Testing

/// The chat on the command line, without a screen.
@Suite struct ChatCommandTests {
  @Test func `the chat's script comes true with guests who come back`() throws {
    let result = try Command.bubbles(
      "demo", "chat", "--headless", "--script", "--port", "0", "--guests", "3")
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(result.standardOutput.contains("@ann"))
    #expect(result.standardOutput.contains("restart completed"))
  }

  @Test func `a chat without a screen tells its address, and what happens`() throws {
    let result = try Command.bubbles("demo", "chat", "--headless", "--port", "0", "--for", "100ms")
    #expect(result.exitCode == 0)
    let lines = result.standardOutput.split(separator: "\n")
    #expect(lines.first?.hasPrefix("nc 127.0.0.1 ") == true)
    #expect(lines.contains { $0.contains("acceptor3") && $0.contains("started") })
  }

  @Test(arguments: [
    (["demo", "shop", "--port", "4040"], 64, "--port"),
    (["demo", "chat", "--port", "70000"], 64, "70000"),
    (["demo", "chat", "--connections", "0"], 64, "0"),
    (["demo", "chat", "--for", "1s"], 64, "--headless"),
    (["demo", "chat", "--headless", "--speed", "2"], 64, "real time"),
    (["demo", "chat", "--headless", "--record", "/tmp/never.jsonl"], 64, "real time"),
    (["demo", "chat", "--headless", "--script", "--for", "1s"], 64, "script"),
    (["demo", "chat", "--guests", "1000"], 64, "200"),
    (["demo", "chat", "--port", "0"], 69, "terminal"),
    (["trace", "chat"], 64, "real time"),
    (["frame", "chat"], 64, "real time"),
    (["demo", "chatt"], 64, "chatt"),
  ])
  func `what a chat cannot do is said in one line`(
    arguments: [String], code: Int32, culprit: String
  ) throws {
    let result = try Command.run(TerminalUnderTest.program, arguments)
    #expect(result.exitCode == code)
    #expect(result.standardError.contains(culprit))
    #expect(result.standardOutput.isEmpty)
  }
}

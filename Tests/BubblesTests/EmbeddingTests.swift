import Testing

/// The program of one's own in Demos/Embedding, as somebody who copies it meets it.
@Suite struct EmbeddingTests {
  private static let program = TerminalUnderTest.program(named: "EmbeddingDemo")

  @Test func `without a terminal it says what its machine did, and why there is no console`() throws
  {
    let result = try Command.run(Self.program, [])
    #expect(result.exitCode == 0)
    let lines = result.standardOutput.split(separator: "\n")
    #expect(lines.first == "3 processes live after 10 s, 0 have ended")
    #expect(lines.last?.contains("terminal") == true, "\(lines)")
  }

  @Test(.enabled(if: TerminalUnderTest.isAvailable, "tmux is not installed"))
  func `in a terminal its own tree is on the screen, and can be killed`() async throws {
    let console = try TerminalUnderTest("", program: Self.program)
    try await console.expect("embedded")
    try await console.expect("shop_sup")
    try console.press("x")
    try await console.expect("if you kill")
    try console.press("x")
    try console.press("6")
    try await console.expect("you pressed x")
    try console.press("q")
    #expect(try await console.exitCode() == 0)
    #expect(try console.isRestored())
  }
}

import BubbleChat
import Testing

/// What becomes of text from outside.
@Suite struct ChatTextTests {
  @Test(arguments: [
    ("hello", "hello"), ("  hello  ", "hello"), ("a\tb", "ab"), ("\u{1B}[2Jboo", "[2Jboo"),
    ("\u{9B}31mred", "31mred"), ("naïve 作者 🔥", "naïve 作者 🔥"), ("\u{202E}evil", "evil"),
    ("\u{7}", ""), ("", ""), ("a\u{0}b", "ab"),
  ])
  func `control characters never pass`(raw: String, expected: String) {
    #expect(ChatText.cleaned(Array(raw.utf8)) == expected)
  }

  @Test func `bytes that are no text are shown as such`() {
    #expect(ChatText.cleaned([0x68, 0xFF, 0xFE, 0x69]) == "h��i")
  }

  @Test func `a long line is cut`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
    #expect(ChatText.cleaned(bytes).count == ChatText.limit)
  }

  @Test(arguments: [
    ("ann", true), ("Ann_2", true), ("émile", true), ("", false), ("a b", false),
    ("seventeenletters_", false), ("room\u{1B}", false), ("@ann", false), ("a.b", false),
  ])
  func `a name is made of letters and digits`(word: String, isName: Bool) {
    #expect((ChatText.name(word) != nil) == isName)
  }
}

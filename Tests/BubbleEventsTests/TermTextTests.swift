import BubbleEvents
import Testing

/// Terms as people type them.
@Suite struct TermTextTests {
  @Test(
    arguments: [
      ("badarg", "badarg"), (" normal ", .atom("normal")), ("-7", -7), ("2.5", .float(2.5)),
      ("'an atom'", .atom("an atom")), ("\"a \\\"text\\\"\"", .text("a \"text\"")),
      ("{shutdown, [a, 1]}", .tuple(["shutdown", ["a", 1]])), ("{}", .tuple([])), ("[]", []),
      ("<1.42>", .pid(PID(42, machine: 1))), ("größe", .atom("größe")),
    ] as [(String, Term)])
  func `a term is read`(text: String, term: Term) {
    #expect(Term(typed: text) == term)
  }

  @Test(arguments: [
    "", " ", "a b", "{a", "{a,}", "[a b]", "'open", "\"open\\", "<x>", "}", "1.2.3", "{a}}",
    String(repeating: "[", count: 33) + String(repeating: "]", count: 33), "@", "+",
  ])
  func `anything else is no term`(text: String) {
    #expect(Term(typed: text) == nil)
  }
}

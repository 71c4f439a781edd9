import BubbleEvents
import BubbleTestSupport
import Foundation
import Testing

/// Terms as people type them.
@Suite struct TermTextTests {
  @Test(
    arguments: [
      ("badarg", "badarg"), (" normal ", .atom("normal")), ("-7", -7), ("2.5", .float(2.5)),
      ("'an atom'", .atom("an atom")), ("\"a \\\"text\\\"\"", .text("a \"text\"")),
      ("{shutdown, [a, 1]}", .tuple(["shutdown", ["a", 1]])), ("{}", .tuple([])), ("[]", []),
      ("<1.42>", .pid(PID(42, node: NodeID(1)))), ("größe", .atom("größe")),
    ] as [(String, Term)])
  func `a term is read`(text: String, term: Term) {
    #expect(Term(typed: text) == term)
  }

  @Test(arguments: [
    "", " ", "a b", "{a", "{a,}", "[a b]", "'open", "\"open\\", "<x>", "}", "1.2.3", "{a}}",
    String(repeating: "[", count: 33) + String(repeating: "]", count: 33), "@", "+",
  ])
  func `anything else is not a term`(text: String) {
    #expect(Term(typed: text) == nil)
  }

  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...200)

  /// Scalars that join what stands beside them to one character, or mean something in a term.
  static let awkward: [Unicode.Scalar] = [
    "\"", "'", "\\", "\u{301}", "\u{20DD}", "\u{200D}", "\u{FE0F}", "\u{600}", "\r", "\n", "\u{0}",
    "\u{1F1E9}", "\u{1F3FD}", "\u{1100}", "\u{1161}", "{", "}", ",", "<", ">", "#", "a", "_", "1",
  ]

  private func randomText(_ chance: inout SplitMix64) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &chance) {
      let isAwkward = Bool.random(using: &chance)
      let any = Unicode.Scalar(UInt32.random(in: 0...0x10_FFFF, using: &chance))
      let special = Self.awkward[Int.random(in: 0..<Self.awkward.count, using: &chance)]
      text.append(isAwkward ? special : any ?? special)
    }
    return String(text)
  }

  @Test(arguments: seeds)
  func `any text in a term comes back scalar by scalar`(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let texts = (0..<3).map { _ in randomText(&chance) }
      let term = Term.tuple([.atom(texts[0]), .text(texts[1]), [.opaque(texts[2])]])
      let back = Term(typed: term.typed).map(scalars)
      #expect(
        back == scalars(term), "reproduce with SEED=\(seed) swift test --filter TermTextTests")
    }
  }

  /// Equal strings may be spelled with different scalars, so terms are compared by these.
  private func scalars(_ term: Term) -> [UInt32] { "\(term)".unicodeScalars.map(\.value) }
}

import BubbleCells
import BubbleConsole
import BubbleTree
import Testing

/// What is counted stands with its noun, in the number that goes with it.
@Suite struct CountTests {
  /// A noun for one, and for any other number.
  static let nouns = [
    ("match", "matches"), ("ancestor", "ancestors"), ("event", "events"), ("restart", "restarts"),
    ("kill", "kills"), ("child", "children"), ("future", "futures"), ("message", "messages"),
  ]

  /// What is counted in `text` with a noun that does not go with the number.
  static func mistakes(in text: String) -> [String] {
    let words = text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "," })
    return zip(words, words.dropFirst()).compactMap { count, word in
      guard count.allSatisfy({ $0.isNumber || $0 == "," }),
        let noun = nouns.first(where: { $0.0 == word || $0.1 == word }),
        word != (count == "1" ? noun.0 : noun.1)
      else { return nil }
      return "\(count) \(word)"
    }
  }

  @Test(arguments: [(0, "0 matches"), (1, "1 match"), (2, "2 matches"), (11, "11 matches")])
  func `one has the noun for one, and any other number the other`(count: Int, text: String) {
    #expect("\(count) \(noun(for: count, "match", "matches"))" == text)
    #expect(noun(for: count, "time") == (count == 1 ? "time" : "times"))
  }

  @Test(arguments: [
    ("mailer", "1 match · 1 ancestor kept"), ("zebra", "0 matches · 0 ancestors kept"),
    ("c1", "1 match · 3 ancestors kept"), ("c", "matches"),
  ])
  func `a filter counts what it keeps`(text: String, counted: String) {
    var console = Console(columns: 120, rows: 40, view: .tree)
    console.press(.character("/"))
    console.type(text)
    let rows = render(console.model).text().split(separator: "\n").filter { $0.contains(" kept") }
    #expect(rows.contains { $0.contains(counted) }, "\(rows)")
    for row in rows { #expect(Self.mistakes(in: String(row)) == []) }
  }
}

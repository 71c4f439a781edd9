import BubbleText
import Testing

/// The word that was probably meant.
@Suite struct NearestWordTests {
  static let words = ["one_for_one", "one_for_all", "rest_for_one", "cache", "pool", "c1"]

  @Test(arguments: [
    ("cache", "cache"), ("cahce", "cache"), ("cach", "cache"), ("caches", "cache"),
    ("CACHE", "cache"), ("one_for_al", "one_for_all"), ("One-For-All", "one_for_all"),
    ("restforone", "rest_for_one"), ("pol", "pool"), ("c2", "c1"),
    ("warehouse", nil), ("", nil), ("x", nil), (String(repeating: "cache", count: 1000), nil),
  ])
  func `few slips lead to the word`(typed: String, meant: String?) {
    #expect(nearestWord(to: typed, in: Self.words) == meant)
  }

  @Test func `of very many words so many are compared as the effort allows`() {
    var effort = 100_000
    let words = (0..<100_000).lazy.map { "word_of_some_length_\($0)" }
    #expect(nearestWord(to: "word_of_some_lenght_7", in: words, effort: &effort) != nil)
    #expect(effort <= 0 && effort > -1_000)
    #expect(nearestWord(to: "word_of_some_lenght_7", in: words, effort: &effort) == nil)
  }

  @Test func `of equally near words the first is taken`() {
    #expect(nearestWord(to: "bat", in: ["cat", "hat"]) == "cat")
  }
}

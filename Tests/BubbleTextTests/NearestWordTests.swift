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

  @Test func `of equally near words the first is taken`() {
    #expect(nearestWord(to: "bat", in: ["cat", "hat"]) == "cat")
  }
}

import BubbleEvents
import BubbleOTP
import Testing

/// Erlang's hash that is the same everywhere (docs/SEMANTICS.md, PS2).
struct PortableHashTests {
  /// What `erlang:phash2(Term, 1 bsl 32)` gives.
  static let hashes: [(Term, Int)] = [
    ("a", 97),
    ("ok", 1883),
    (.atom("Elixir.Registry"), 187741225),
    (.atom(""), 0),
    (.atom("größe"), 7283797),
    (.atom("日本"), 251805804),
    (0, 3175731469),
    (1, 539485162),
    (-1, 1117813597),
    (255, 715823293),
    (256, 3929335767),
    (134217727, 4273352567),
    (134217728, 2562491755),
    (-134217728, 874979335),
    (-134217729, 1418916782),
    (4294967296, 2108323275),
    (-4294967297, 2980778612),
    (.integer(.max), 2712534173),
    (.integer(.min), 1736826119),
    (1152921504606846976, 1373980788),
    (.float(0), 423528920),
    (.float(1.5), 2023646235),
    (.float(-3.25e100), 2949007386),
    (.text(""), 147926629),
    (.text("x"), 1735967608),
    (.text("eleven char"), 3308946963),
    (.text("twelve chars"), 1151374915),
    (.text("a text that is longer than two blocks"), 1377300309),
    (.text("grün"), 936043729),
    ([], 3468870702),
    ([1], 2768963718),
    ([1, 2, 3, 4], 1029573448),
    ([1, 2, 3, 4, 5], 3824152778),
    ([1, "a", 2], 2452592867),
    (["a", 300, 7, 8], 3589612528),
    ([[], [[]]], 799620815),
    (.tuple([]), 221703996),
    (.tuple(["a"]), 2853905094),
    (.tuple([[], 1, .text("x"), .float(2), ["b"]]), 2701728921),
    (.tuple(["via", "Registry", .tuple(["rooms", 7])]), 2742040690),
  ]

  @Test(arguments: hashes)
  func `a term's hash is the one that Erlang gives`(term: Term, hash: Int) {
    #expect(term.portableHash(below: 1 << 32) == hash, "\(term)")
    #expect(term.portableHash() == hash % (1 << 27))
    #expect(term.portableHash(below: 3) == hash % 3)
  }
}

import BubbleOracle
import BubbleReleaseFiles
import Testing

/// Regular expressions over versions, beside those of the installed Erlang.
@Suite(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
struct VersionPatternTests {
  /// Which versions each pattern matches from end to end in Erlang, and which do here.
  private func compare(_ patterns: [String], _ versions: [String]) throws {
    func strings(_ texts: [String]) -> String {
      texts.map { "\"\($0.replacing("\\", with: "\\\\"))\"" }.joined(separator: ",")
    }
    let answer = try TermFile(
      ErlangScript.answer(
        to: """
          Is = fun(V, P) -> case catch re:run(V, P, [{capture, first, list}]) of
              {match, [V]} -> yes; {'EXIT', _} -> none; _ -> no end end,
          Answer = [[Is(V, P) || V <- [\(strings(versions))]] || P <- [\(strings(patterns))]]
          """), name: "answer")
    #expect(answer.terms.count == patterns.count)
    for (pattern, answers) in zip(patterns, answer.terms) {
      let ours = versions.map { VersionPattern.expression(pattern).matches($0) }
      #expect(answers.list?.map { $0.atom == "yes" } == ours, "\(pattern)")
    }
  }

  @Test func `a regular expression matches versions as Erlang's`() throws {
    let patterns = [
      "1|1.1", "1.1|1", "^1", "1$", "(1|1.1)$", "[0-9]+", "[0-9]+?", "1.*?", ".*", #"\d+(\.\d+)*"#,
      #"(?:1|2)\.[^3]"#, "1{1,2}", #"\A1\z"#, "[[:digit:]]+", "", "|1", "()", "(1|)*", "x?1",
      "1{2}", "1{0}", "{1}", "1{", "1{,2}", "1{1,}", "[1-]", "[]1]+", "[^]1]+", #"[\d.]+"#, #"\w+"#,
      "1**", "*1", "1+?", "(1", "1)", "[1", "[2-1]", #"\"#, "a||b", "(?:)", "^^1$$",
      "rc|RC1",
      "[[:alpha:]]+[[:digit:]]", "[[:nothing:]]", "1{3,2}", #"1\.1"#, #"\S+"#, #"[\w]+\W\d"#,
    ]
    try compare(
      patterns,
      [
        "", "1", "1.1", "11", "1.2", "2.3", "2.4", "rc1", "RC1", "1.", "x1", "1x", "1.1.1", "]",
        "{1}", "1{", "1{,2}", "-", "a", "b", "1-", "111", ".",
      ])
  }

  @Test func `random regular expressions match as Erlang's`() throws {
    var source = PatternSource(state: 20)
    try compare(
      (0..<1500).map { _ in source.pattern(depth: 2) },
      ["", "a", "b", "aa", "ab", "ba", "aab", "abab", "a.b", "1", "1.1", "a1", "aaa", "bab.1"])
  }

  @Test func `no expression takes long`() {
    let long = String(repeating: "a", count: 2000)
    for pattern in [
      "(a*)*b", "(a+)+b", "(a|aa)+b", "(?:(?:a*)*)*b", "((((a?){9}){9}){9})b", "(a|a|a)*b",
      String(repeating: "a*", count: 90) + "b",
      String(repeating: "(a?", count: 40)
        + String(repeating: ")*", count: 40) + "b",
    ] {
      #expect(!VersionPattern.expression(pattern).matches(long))
    }
    #expect(!VersionPattern.expression("((((a{99}){99}){99}){99})").matches(long))
  }
}

/// Regular expressions by chance, from a seed, whose groups are seldom empty.
private struct PatternSource {
  var state: UInt64

  private mutating func pick(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: (state >> 33) % UInt64(count))
  }

  mutating func pattern(depth: Int) -> String {
    let parts = (0...pick(3)).map { _ in atom(depth: depth) + repetition() }
    let text = parts.joined()
    return pick(5) == 0 && depth > 0 ? text + "|" + pattern(depth: depth - 1) : text
  }

  private mutating func atom(depth: Int) -> String {
    let atoms = [
      "a", "b", "a", "b", "1", ".", "\\.", "[ab]", "[^a]", "[a-b1]", "\\d", "\\w", "[[:alpha:]]",
      "^", "$",
    ]
    switch pick(4) {
    case 0 where depth > 0: return "(a(" + pattern(depth: depth - 1) + "))"
    case 1 where depth > 0: return "(?:" + pattern(depth: depth - 1) + "b)"
    default: return atoms[pick(atoms.count)]
    }
  }

  private mutating func repetition() -> String {
    ["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}?", "{1,}"][pick(13)]
  }
}

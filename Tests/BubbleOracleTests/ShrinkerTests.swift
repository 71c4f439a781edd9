import BubbleOracle
import Testing

/// Mismatches are shown by the smallest scenario that has them.
@Suite struct ShrinkerTests {
  @Test func `a cut takes something away`() {
    let scenario = ScenarioGenerator.scenario(seed: 1)
    let smaller = ScenarioShrinker.smaller(than: scenario)
    #expect(!smaller.isEmpty)
    #expect(smaller.allSatisfy { $0.encoded.utf8.count < scenario.encoded.utf8.count })
  }

  @Test func `a scenario shrinks to what is looked for`() throws {
    let seed = try #require(
      (UInt64(1)...200).first {
        ScenarioGenerator.scenario(seed: $0).encoded.contains(#""op":"count_children""#)
      })
    let smallest = ScenarioShrinker.shrink(ScenarioGenerator.scenario(seed: seed)) { candidates in
      candidates.firstIndex { $0.encoded.contains(#""op":"count_children""#) }
    }
    let actions = try #require(smallest["actions"]?.array)
    #expect(actions.map { $0["op"] } == ["count_children"])
    #expect(smallest["tree"]?["children"]?.array?.isEmpty != false)
  }

  @Test func `a scenario that nothing can be cut from stays`() {
    let scenario: JSONValue = ["name": "x", "tree": ["strategy": "one_for_one"], "actions": []]
    #expect(ScenarioShrinker.shrink(scenario) { $0.indices.first } == scenario)
  }
}

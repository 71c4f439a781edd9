import BubbleEvents
@testable import BubbleScenarios
import BubbleScripts
import Testing

/// Reading the script of a scenario.
@Suite struct CueTests {
  private func scenario(_ script: String) throws(ScenarioError) -> Scenario {
    try Scenario(
      yaml: """
        tree:
          supervisor: top
          children:
            - worker: cache
            - worker: pool
        script: \(script)
        """, file: "my.yaml")
  }

  @Test func `a step says, shows, does, waits and expects`() throws {
    let scenario = try scenario(
      """

        - {say: hello, select: cache, view: tree}
        - {ask: "who?", answers: [a, b], answer: 2, kill: cache,
           wait: {restarted: cache, within: 2 s},
           expect: {running: [cache, pool], down: pool, lives: {cache: 2}, budget: {top: 1}}}
        - {preview: pool}
        - {wait: {time: 3 s}}
      """)
    let cues = scenario.script.cues
    let cache = ChildPath([.named(.atom("cache"))])
    let pool = ChildPath([.named(.atom("pool"))])
    #expect(cues.count == 4)
    #expect(cues[0].caption == "hello" && cues[0].selection == cache && cues[0].view == .tree)
    #expect(cues[1].question?.answers == ["a", "b"] && cues[1].question?.right == 2)
    #expect(cues[1].request == .kill(cache))
    #expect(cues[1].wait == .happening(.restarted, cache, within: .seconds(2)))
    #expect(
      cues[1].expectations
        == [.running(cache), .running(pool), .down(pool), .life(cache, 2), .budget(.init(), 1)])
    #expect(cues[2].preview == pool)
    #expect(cues[3].wait == .time(.seconds(3)))
    #expect(cues[0].line == 7)
  }

  static let mistakes: [(script: String, said: String)] = [
    ("now", #"6:9: script wants a list of at most 10,000 steps; found "now""#),
    (
      "[{at: 1 s, kill: cache}]",
      "6:15: at goes with faults only; a script waits for what happens: wait"
    ),
    ("[{kill: cach}]", #"6:17: nothing in the tree is called "cach"; did you mean "cache"?"#),
    ("[{}]", "6:10: a step says, shows or does something; here is nothing"),
    ("[{kill: cache, preview: pool}]", "6:10: a step does one thing; here are several"),
    (
      "[{wait: {restartd: cache}}]",
      #"6:18: unknown key "restartd" of wait; did you mean "restarted"?"#
    ),
    (
      "[{wait: {within: 1 s}}]",
      "6:17: wait wants one thing that happens, such as restarted: cache; known: started, restarted, crashed, stopped, gave_up"
    ),
    (
      "[{wait: {time: 1 s, crashed: cache}}]",
      "6:24: wait takes a time or something that happens, not both"
    ),
    ("[{wait: {gave_up: cache}}]", #"6:27: gave_up wants a supervisor; "cache" is a worker"#),
    ("[{answers: [a]}]", "6:20: answers goes with ask only"),
    (
      "[{view: circle}]",
      #"6:17: view wants bubbles, tree, table, time, lab or log; found "circle""#
    ),
    (
      "[{expect: {lives: 2}}]",
      #"6:27: lives wants processes with a number each: {cache: 2}; found "2""#
    ),
  ]

  @Test(arguments: mistakes)
  func `a mistake in a script is told where it is`(script: String, said: String) {
    #expect(throws: ScenarioError.self) { try scenario(script) }
    do {
      _ = try scenario(script)
    } catch {
      #expect(error.description == "my.yaml:" + said)
    }
  }

  @Test func `a fault does not wait, and a step of a script has no instant`() {
    let yaml =
      "tree: {supervisor: top, children: [{worker: a}]}\nfaults: [{at: 1 s, wait: {time: 1 s}}]"
    do {
      _ = try Scenario(yaml: yaml, file: "my.yaml")
      Issue.record("this is a mistake")
    } catch {
      #expect(
        error.description.contains(
          "wait goes with the steps of a script only; a fault happens by itself"))
    }
  }
}

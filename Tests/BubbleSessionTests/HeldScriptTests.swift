import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleScripts
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Foundation
import Testing

/// A script waits for people: whatever somebody says or does between two steps, and for however
/// long, each step finds and shows the same machine.
@Suite struct HeldScriptTests {
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] }
    ?? (1...12).filter { Sample.chosen.takes(Int($0), oneIn: 4) }

  /// What a step shows.
  struct Shown: Equatable {
    var script: ScriptStatus?
    var view: ViewKind
    var selection: String?
    var isPreviewing: Bool
    var account: Account

    init(_ test: SessionUnderTest) {
      let model = test.session.model
      script = model.script
      script?.isWaiting = false
      view = model.view
      selection = model.selectedNode?.name
      isPreviewing = model.isPreviewing
      account = test.account
    }
  }

  /// Goes through the script of `test`, and does `pause` after each step.
  ///
  /// - Returns: What was shown when each step had just begun, and at the end.
  private func walk(
    _ test: inout SessionUnderTest, _ pause: (inout SessionUnderTest) throws -> Void
  ) rethrows -> [Shown] {
    var shown: [Shown] = []
    while test.session.hasNextCue {
      test.press("n")
      shown.append(Shown(test))
      try pause(&test)
    }
    test.session.finishCue()
    return shown + [Shown(test)]
  }

  private func expectSame(_ shown: [Shown], _ expected: [Shown], _ comment: String) {
    #expect(shown.count == expected.count, "\(comment)")
    for (step, (one, other)) in zip(shown, expected).enumerated() where one != other {
      let difference = difference(one.account, other.account)
      Issue.record(
        "\(comment), screen \(step + 1): \(difference ?? "\(one.script, default: "") \(one.view)")")
      return
    }
  }

  /// The demos; ten thousand processes are told of more slowly.
  static let demos = Demo.all.map(\.name).filter { $0 != "swarm" }

  private func presented(_ demo: String, seed: UInt64, _ script: Script? = nil) throws
    -> SessionUnderTest
  {
    let scenario = try #require(Demo.named(demo)).scenario()
    var test = try SessionUnderTest(demo: demo, seed: seed, showsStart: scenario.showsStart)
    test.session.prepare(script ?? scenario.script)
    return test
  }

  @Test(arguments: demos)
  func `each step of a demo shows the same whatever the pauses are`(demo: String) throws {
    var hurried = try presented(demo, seed: 7)
    let expected = walk(&hurried) { _ in }
    for seed in Self.seeds {
      var test = try presented(demo, seed: 7)
      test.chance = SplitMix64(seed: seed)
      test.pause(atMost: .seconds(4))
      let shown = walk(&test) { test in
        test.pause(atMost: .seconds(60))
      }
      expectSame(shown, expected, "SEED=\(seed)")
      #expect(test.session.scriptFailures == [])
    }
  }

  @Test(arguments: demos)
  func `a demo that is presented does what it does as a test`(demo: String) throws {
    var test = try presented(demo, seed: 7)
    var presented = try presented(demo, seed: 7)
    while true {
      test.session.finishCue()
      presented.pause(of: presented.session.hasBegun ? .seconds(90) : .zero)
      #expect(presented.session.model.script?.isWaiting == false)
      #expect(difference(test.account, presented.account) == nil)
      guard test.session.hasNextCue else { break }
      test.press("n")
      presented.press("n")
    }
    #expect(test.session.scriptFailures == [])
    #expect(presented.session.scriptFailures == [])
  }

  @Test(arguments: seeds)
  func `each step of any script shows the same whatever is said and done in between`(seed: UInt64)
    throws
  {
    let demo = AnyKeysTests.demos[Int(seed) % AnyKeysTests.demos.count]
    var chance = SplitMix64(seed: seed)
    let places = try presented(demo, seed: seed, Script()).places
    let script = Script((1...8).map { .any(line: $0, places, &chance) })
    var hurried = try presented(demo, seed: seed, script)
    let expected = walk(&hurried) { _ in }
    var test = try presented(demo, seed: seed, script)
    let shown = try walk(&test) { test in
      test.pause(atMost: .seconds(60))
      let isTempted = Bool.random(using: &test.chance) && !test.session.model.isPreviewing
      if isTempted { try interrupt(&test) }
    }
    expectSame(shown, expected, "SEED=\(seed) \(demo)")
    let failures = Set(test.session.scriptFailures)
    #expect(failures.symmetricDifference(hurried.session.scriptFailures) == [])
  }

  /// Kills who is selected by hand, and goes back to the script after a while.
  private func interrupt(_ test: inout SessionUnderTest) throws {
    let before = Shown(test)
    let isWaiting = test.session.model.script?.isWaiting == true
    test.press("xx")
    if test.session.model.script?.isAside == true {
      test.pause(atMost: .seconds(5))
      // In the log n is another key.
      test.press("3n")
      try #require(test.session.model.script?.isAside == false)
      if !isWaiting { #expect(Shown(test) == before) }
    } else if test.session.model.isPreviewing {
      // It cannot be killed.
      test.session.handle(.key(.escape))
    }
  }

  @Test func `the clock stands while a caption or a question does, and only then`() throws {
    var test = try presented("rest-for-one", seed: 7)
    test.session.play(for: .seconds(1))
    let free = test.session.subject.now
    #expect(free > .zero)
    test.press("n")
    #expect(test.session.subject.now == .zero)
    test.session.play(for: .seconds(5))
    let beginning = test.session.subject.now
    #expect(beginning == .zero + .seconds(2))
    test.session.play(for: .seconds(5))
    #expect(test.session.subject.now == beginning)
    test.press("n")
    test.session.play(for: .seconds(5))
    #expect(test.session.subject.now == beginning)
    test.press("nn")
    test.session.play(for: .seconds(20))
    #expect(test.session.model.script?.isWaiting == false)
    #expect(test.session.model.script?.number == 3)
    test.session.handle(.key(.escape))
    let left = test.session.subject.now
    test.session.play(for: .seconds(2))
    #expect(test.session.subject.now > left)
  }

  @Test func `while the clock stands nothing has to be drawn`() throws {
    var test = try presented("rest-for-one", seed: 7)
    #expect(test.session.wakeAfter != nil)
    test.press("n")
    test.session.play(for: .seconds(10))
    #expect(test.session.wakeAfter == nil)
  }

  @Test func `a machine that was paused runs again for what a step waits for`() throws {
    var test = try presented("one-for-one", seed: 7)
    test.press(" nnn")
    test.session.play(for: .seconds(10))
    #expect(test.session.model.script?.isWaiting == false)
    #expect(try test.pid("b") != PID(3))
  }

  @Test func `a step that was gone back from finds again what it waits for`() throws {
    var test = try presented("escalation", seed: 7)
    test.press("nnn")
    let before = Shown(test)
    test.session.handle(.key(.pageUp))
    #expect(test.session.model.notice == "back at step 2")
    test.press("n")
    #expect(Shown(test) == before)
    while test.session.hasNextCue { test.press("n") }
    test.session.finishCue()
    #expect(test.session.scriptFailures == [])
  }

  @Test func `what goes wrong is not shown to an audience`() throws {
    var cue = Script.Cue(line: 1)
    cue.caption = "never"
    cue.request = .kill(ChildPath([.named(.atom("nobody"))]))
    cue.wait = .happening(.gaveUp, ChildPath(), within: .seconds(2))
    cue.expectations = [.down(ChildPath())]
    var test = try presented("rest-for-one", seed: 7, Script([cue, cue]))
    for _ in 0..<2 {
      test.press("n")
      test.session.play(for: .seconds(5))
      #expect(test.session.model.notice == nil)
    }
    #expect(test.session.scriptFailures.count == 5)
  }
}

extension Session {
  /// Whether a step of the script is on.
  fileprivate var hasBegun: Bool { model.script?.number != nil }
}

extension SessionUnderTest {
  /// Lets time pass in pieces of random length, as it does in a terminal.
  fileprivate mutating func pause(of span: Duration) {
    var left = span
    while left > .zero {
      let slice = min(left, .milliseconds(Int.random(in: 1...500, using: &chance)))
      session.advance(by: slice)
      left -= slice
    }
  }

  /// Lets a random time pass, often none.
  fileprivate mutating func pause(atMost most: Duration) {
    let parts = Int.random(in: -20...100, using: &chance)
    pause(of: most * max(0, parts) / 100)
  }
}

extension Script.Cue {
  /// A step that does something to one of `places` and waits for something, or does not.
  fileprivate static func any(
    line: Int, _ places: [TreeNode], _ chance: inout SplitMix64
  ) -> Script.Cue {
    var cue = Script.Cue(line: line)
    cue.caption = "step \(line)"
    let path = ChildPath.any(places, &chance)
    switch Int.random(in: 0..<9, using: &chance) {
    case 0...2: cue.request = .kill(path)
    case 3: cue.request = .exit(path, .shutdown)
    case 4: cue.request = .suspend(path)
    case 5: cue.request = .resume(path)
    case 6: cue.preview = path
    case 7: cue.selection = path
    default: cue.view = [.table, .tree, .log].randomElement(using: &chance)
    }
    if Int.random(in: 0..<4, using: &chance) == 0 {
      cue.question = Script.Question(text: "what?", answers: ["this", "that"], right: 2)
    }
    let span = Duration.milliseconds(Int.random(in: 0...3_000, using: &chance))
    switch Int.random(in: 0..<4, using: &chance) {
    case 0: cue.wait = .time(span)
    case 1: cue.wait = .happening(.restarted, .any(places, &chance), within: span)
    case 2: cue.wait = .happening(.stopped, .any(places, &chance), within: span)
    default: break
    }
    cue.expectations = [.running(.any(places, &chance))]
    return cue
  }
}

extension ChildPath {
  /// The path of one of `places`, or of its supervisor.
  fileprivate static func any(_ places: [TreeNode], _ chance: inout SplitMix64) -> ChildPath {
    let ids = places.compactMap(\.childID)
    let isBelow = Bool.random(using: &chance)
    let chosen = (0..<(isBelow ? 2 : 1)).compactMap { _ in ids.randomElement(using: &chance) }
    return ChildPath(chosen)
  }
}

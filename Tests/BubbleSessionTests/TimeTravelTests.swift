import BubbleCells
import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Testing

/// Going back and forth in time, undoing, and other futures.
@Suite struct TravelTests {
  static let demos = ["shop", "rest-for-one", "dynamic", "shutdown", "escalation", "applications"]

  /// Two sessions that are the same, after something happened in both.
  private func twins(seed: UInt64) throws -> (SessionUnderTest, SessionUnderTest) {
    let demo = Self.demos[Int(seed) % Self.demos.count]
    var session = try SessionUnderTest(demo: demo, seed: seed)
    for _ in 0..<Int.random(in: 0...4, using: &session.chance) { session.live() }
    return (session, session)
  }

  // MARK: - Undo

  @Test(arguments: 0..<20)
  func `undoing an act of any kind leaves a machine in which it was not done`(block: Int) throws {
    for seed in UInt64(block * 50)..<UInt64(block * 50 + 50)
    where Sample.chosen.takes(Int(seed), oneIn: 5) {
      let kind = SessionUnderTest.acts[Int(seed) % SessionUnderTest.acts.count]
      var (acted, other) = try twins(seed: seed)
      // An act first shows everything that has happened; so does time that passes.
      acted.run(.zero)
      other.run(.zero)
      acted.act(kind)
      for _ in 0..<Int.random(in: 0...3, using: &acted.chance) {
        acted.run(.milliseconds(Int.random(in: 0...3_000, using: &acted.chance)))
      }
      acted.press("u")
      #expect(difference(acted.account, other.account) == nil, "just undone, seed \(seed), \(kind)")
      acted.run(.seconds(2))
      other.run(.seconds(2))
      #expect(difference(acted.account, other.account) == nil, "later, seed \(seed), \(kind)")
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `doing it again leads back to where it was undone`(seed: UInt64) throws {
    var (session, _) = try twins(seed: seed)
    for kind in ["kill", "terminateChild", "changeFlags"] {
      session.act(kind)
      session.run(.milliseconds(700))
    }
    let before = session.account
    session.press("uuu")
    session.press("UUU")
    #expect(difference(session.account, before) == nil)
  }

  @Test func `an undone kill leaves no plan on the screen, and done again it has one`() throws {
    var session = try SessionUnderTest(demo: "rest-for-one", seed: 1)
    session.run(.seconds(1))
    session.press("xx")
    session.session.play(for: .milliseconds(700))
    #expect(session.session.model.plan != nil)
    session.press("u")
    #expect(session.session.model.plan == nil)
    session.press("U")
    #expect(session.session.model.plan?.isComplete == false)
  }

  @Test func `a hundred acts can be undone, and the first ones are forgotten`() throws {
    var session = try SessionUnderTest(demo: "one-for-one", seed: 1)
    for _ in 0..<130 {
      session.request(.process(try session.pid("a"), .send(.atom("hello"))))
    }
    var undone = 0
    while session.session.model.travel.undoable != nil {
      session.press("u")
      undone += 1
    }
    #expect(undone == TimeTravel.Limit.acts)
    session.press("u")
    #expect(session.session.model.notice == "nothing was done that can be undone")
  }

  // MARK: - Back and forth

  @Test(arguments: UInt64(0)..<20)
  func `any moment of the past can be seen, and then now is as it was`(seed: UInt64) throws {
    var (session, _) = try twins(seed: seed)
    session.run(.zero)
    let now = session.account
    let last = session.session.model.tree.lastEvent
    for _ in 0..<12 {
      let event = UInt64.random(in: 1...last, using: &session.chance)
      session.session.seek(to: event)
      let shown = session.session.model.tree.lastEvent
      #expect(shown == max(event, session.session.model.travel.beginning))
      // What the tree knows is what its events tell, whichever way it came about.
      var folded = ProcessTree()
      for offset in 0..<session.session.model.tree.recent.count {
        folded.fold(session.session.model.tree.recent[offset: offset])
      }
      #expect(folded.aliveCount == session.session.model.tree.aliveCount)
    }
    session.session.returnToEnd()
    #expect(difference(session.account, now) == nil, "seed \(seed)")
  }

  @Test(arguments: [5.0, 2.5, 7.9, 0.5, 3.0])
  func `an instant at which nothing happened can be seen as well`(seconds: Double) throws {
    var session = try SessionUnderTest(demo: "shop", seed: 5)
    session.run(.seconds(2))
    session.request(.process(try session.pid("cache"), .kill))
    session.run(.seconds(6))
    let now = session.account
    session.command("goto \(seconds)s")
    let instant = RuntimeInstant.zero + .seconds(seconds)
    #expect(session.session.subject.now == instant)
    #expect(session.session.model.now == instant)
    #expect(session.session.model.travel.isPast)
    session.session.returnToEnd()
    #expect(difference(session.account, now) == nil)
  }

  @Test func `a step stays where it is when nothing comes, and says so`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 5)
    session.run(.seconds(2))
    session.press(" ")
    let before = session.session.subject.now
    for _ in 0..<20 { session.press(".") }
    let notice = session.session.model.notice ?? ""
    #expect(notice.hasPrefix("nothing happens by itself within the next 60 s; a message or timer"))
    #expect(session.session.subject.now == before)
  }

  @Test(arguments: UInt64(0)..<20)
  func `what is played again from the past happens as it did`(seed: UInt64) throws {
    var (session, _) = try twins(seed: seed)
    for _ in 0..<3 { session.live() }
    session.run(.zero)
    let now = session.account
    let instant = session.session.subject.now
    session.session.seek(to: session.session.model.travel.beginning)
    session.session.runToInstant(instant)
    session.session.runToInstant(instant)
    #expect(session.session.model.travel.isPast == false)
    #expect(difference(session.account, now) == nil, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<10)
  func `the timeline knows the same columns at any moment`(seed: UInt64) throws {
    var (session, _) = try twins(seed: seed)
    session.run(.seconds(3))
    let columns = session.session.model.told.timeline.columns
    session.press("4")
    for _ in 0..<8 {
      session.press("h")
      let model = session.session.model
      #expect(model.knownTimeline.columns == columns, "seed \(seed)")
      let shown = model.told.timeline.columns
      #expect(shown == Array(columns.prefix(shown.count)), "seed \(seed)")
      #expect(shown.last.map { $0.event <= model.tree.lastEvent } != false)
    }
    while session.session.model.travel.isPast { session.press("l") }
    #expect(session.session.model.told.timeline.columns == columns, "seed \(seed)")
  }

  @Test func `one event back and one on is the same place`() throws {
    var session = try SessionUnderTest(demo: "rest-for-one", seed: 3)
    session.run(.seconds(1))
    session.request(.process(try session.pid("filter"), .kill))
    session.run(.milliseconds(100))
    var seen: [UInt64] = []
    while session.session.model.tree.lastEvent > session.session.model.travel.beginning {
      session.press(",")
      seen.append(session.session.model.tree.lastEvent)
    }
    #expect(seen.count > 6)
    #expect(session.session.model.pace.isPaused)
    for event in seen.dropLast().reversed() {
      session.press(".")
      #expect(session.session.model.tree.lastEvent == event)
    }
    session.press(",")
    session.handleEnd()
    #expect(session.session.model.travel.isPast == false)
    #expect(session.session.model.pace.isPaused == false)
  }

  @Test func `brackets lead from kill to kill`() throws {
    var session = try SessionUnderTest(demo: "rest-for-one", seed: 3)
    for name in ["filter", "sink", "source"] {
      session.run(.seconds(2))
      session.request(.process(try session.pid(name), .kill))
    }
    session.run(.seconds(1))
    session.press("[[[")
    let first = session.session.model.now
    #expect(first - .zero > .seconds(1) && first - .zero < .seconds(3))
    session.press("[")
    #expect(session.session.model.notice == "nothing was killed and nothing crashed before")
    session.press("]")
    #expect(session.session.model.now > first)
  }

  // MARK: - Other futures

  @Test func `acting in the past begins another future, and the old one is kept`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 5)
    session.run(.seconds(3))
    session.request(.process(try session.pid("cache"), .kill))
    session.run(.seconds(2))
    let old = session.account
    session.session.seek(to: session.session.model.travel.beginning)
    session.run(.seconds(1))
    #expect(session.session.model.travel.isPast)
    session.request(.process(try session.pid("mailer"), .kill))
    session.run(.seconds(1))
    #expect(session.session.model.travel.isPast == false)
    #expect(session.session.model.travel.futures.map(\.title) == ["kill cache"])
    let new = session.account
    session.session.send(.key(.character(":")))
    session.press("future 1")
    session.session.send(.key(.enter))
    #expect(difference(session.account, old) == nil)
    session.press("u")
    #expect(difference(session.account, new) == nil)
  }

  @Test func `an act after an undo keeps what was undone as a future`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 5)
    session.run(.seconds(1))
    session.request(.process(try session.pid("cache"), .kill))
    session.run(.seconds(1))
    session.press("u")
    #expect(session.session.model.travel.redoable == "kill cache")
    session.request(.process(try session.pid("pool"), .kill))
    #expect(session.session.model.travel.redoable == nil)
    #expect(session.session.model.travel.futures.map(\.title) == ["kill cache"])
  }

  @Test(arguments: UInt64(0)..<10)
  func `no key at any time brings a travelling session down`(seed: UInt64) throws {
    var session = try SessionUnderTest(demo: Self.demos[Int(seed) % 5], seed: seed)
    let keys = [
      "u", "U", ",", ".", "[", "]", "x", "x", " ", "1", "2", "3", "4", "6", "R", "j", "z", "d",
      "h", "l", "t", "w",
    ]
    for _ in 0..<80 {
      switch Int.random(in: 0..<6, using: &session.chance) {
      case 0: session.session.play(for: .milliseconds(200))
      case 1: session.run(.milliseconds(Int.random(in: 0...900, using: &session.chance)))
      case 2: session.handleEnd()
      default: session.press(keys.randomElement(using: &session.chance) ?? "u")
      }
      _ = render(session.session.model)
    }
  }
}

extension SessionUnderTest {
  fileprivate mutating func handleEnd() { session.handle(.key(.end)) }
}

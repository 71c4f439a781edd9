import BubbleCells
@testable import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Testing

/// Variants of the machine side by side.
@Suite struct LabTests {
  /// A session on a demo that has run for a second, with somebody selected.
  private func session(
    _ demo: String = "shop", selecting name: String, seed: UInt64 = 7
  ) throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: demo, seed: seed)
    session.run(.seconds(1))
    session.command("select \(name)")
    session.command("beat 0")
    return session
  }

  private func numbers(
    _ session: SessionUnderTest, _ number: (LabTally) -> Int
  ) throws -> [Int] {
    try session.lab.columns.map { number($0.tally) }
  }

  // MARK: - The same as a machine alone

  @Test(
    arguments: [
      ("shop", "mailer"), ("shop", "cache"), ("shop", "acceptor"), ("rest-for-one", "filter"),
      ("shutdown", "slow"), ("escalation", "parser"), ("applications", "log"),
    ], [UInt64(1), 7, 4711])
  func `each column is a session alone with those settings and that kill`(
    place: (demo: String, name: String), seed: UInt64
  ) throws {
    for comparison in ["strategy=one_for_one strategy=one_for_all", "intensity=0/1 intensity=2/3"] {
      var session = try session(place.demo, selecting: place.name, seed: seed)
      try #require(session.session.model.selectedNode?.name == place.name)
      session.run(.zero)
      let twin = session
      let target = try session.pid(place.name)
      session.command("lab \(comparison)")
      session.press("x")
      session.session.play(for: .seconds(2))
      let lab = try session.lab
      #expect(lab.now >= twin.session.subject.now + .milliseconds(1900), "time passes in the lab")
      for (index, column) in lab.columns.enumerated() {
        var alone = twin
        for request in lab.setup.requests[index] { alone.request(request, by: lab.setup.asker) }
        alone.run(.zero)
        alone.request(.process(target, .kill), by: .key("x"))
        alone.session.runToInstant(lab.now)
        #expect(
          difference(column.tree, alone.session.model.tree) == nil,
          "\(place), \(column.variant.title), seed \(seed)")
      }
    }
  }

  @Test func `the machine itself is untouched, whatever is done in the lab`() throws {
    var session = try session(selecting: "mailer")
    session.run(.zero)
    let before = session.account
    let pace = session.session.model.pace
    session.press("5")
    #expect(session.session.model.isLabShown)
    session.press("x.z....")
    session.session.play(for: .seconds(3))
    session.press("i+")
    session.send(.tab, .down, .left)
    session.press("d")
    session.press("Rs")
    session.command("lab restart=permanent restart=temporary")
    session.press("x.. ")
    session.session.play(for: .seconds(3))
    session.press("6")
    session.press("5")
    session.send(.escape)
    #expect(!session.session.model.isLabShown)
    #expect(session.session.model.view == .log, "the view that the lab was entered from")
    #expect(session.session.model.pace == pace)
    #expect(difference(session.account, before) == nil)
    session.run(.seconds(2))
    var other = try self.session(selecting: "mailer")
    other.run(.seconds(2))
    #expect(difference(session.account, other.account) == nil)
  }

  @Test func `while another view is looked at the copies stand still, and the machine runs`() throws
  {
    var session = try session(selecting: "mailer")
    session.press("5x")
    session.session.play(for: .milliseconds(500))
    let lab = try session.lab.now
    let machine = session.session.subject.now
    session.press("3")
    session.session.play(for: .milliseconds(500))
    #expect(session.session.subject.now > machine)
    session.press("5")
    #expect(try session.lab.now == lab)
  }

  // MARK: - Counters

  @Test func `the strategies differ as one counts by hand`() throws {
    var session = try session(selecting: "mailer")
    session.press("5x")
    session.session.play(for: .seconds(2))
    #expect(
      try session.lab.columns.map(\.variant.title) == [
        "one_for_one", "rest_for_one", "one_for_all",
      ])
    // Below shop_sup there are 11 processes; only cron was started after mailer, and it is
    // temporary, so it is stopped with mailer and never started again.
    #expect(try numbers(session) { $0.stopped } == [0, 1, 10])
    #expect(try numbers(session) { $0.started } == [1, 1, 10])
    #expect(try numbers(session) { $0.leftAlone } == [10, 9, 0])
    #expect(try session.lab.columns.map { $0.progress().text } == ["done", "done", "done"])
    #expect(
      try session.verdict == "one_for_all stops 10 others; rest_for_one 1; one_for_one none")
  }

  @Test func `downtime is that of the place, and of all places`() throws {
    var session = try session(selecting: "cron")
    session.press("5x")
    let killed = try session.lab.now
    session.session.play(for: .seconds(2))
    let lab = try session.lab
    // A temporary child stays away: it is down from the kill on.
    for (index, column) in lab.columns.enumerated() {
      let slot = try #require(
        lab.selection.flatMap { lab.slot(like: $0, in: index) } ?? lab.act?.slot)
      #expect(column.tally.downtime(of: slot, at: lab.now) == lab.now - killed)
      #expect(column.tally.downtime(at: lab.now) >= lab.now - killed)
    }
  }

  @Test func `a smaller intensity gives up where a larger one does not`() throws {
    var session = try session(selecting: "mailer")
    session.command("lab intensity=0/5 intensity=1/5 intensity=3/5")
    session.press("x")
    session.session.play(for: .milliseconds(300))
    #expect(try session.verdict == "0/5 gives up; 1/5 and 3/5 do not")
    session.send(.tab)
    session.press("x")
    session.session.play(for: .milliseconds(300))
    #expect(try session.verdict == "0/5 and 1/5 give up; 3/5 does not")
    #expect(try session.lab.columns.map { $0.tally.gaveUp.count } == [1, 1, 0])
  }

  @Test func `restart types differ in who comes back`() throws {
    var session = try session(selecting: "mailer")
    session.command("strategy one_for_one")
    session.run(.zero)
    session.command("lab restart=permanent restart=temporary")
    session.press("x")
    session.session.play(for: .seconds(1))
    #expect(try numbers(session) { $0.started } == [1, 0])
    #expect(try session.verdict == "permanent starts 1 process; temporary none")
  }

  // MARK: - Keys

  @Test func `a step shows one event in each column`() throws {
    var session = try session(selecting: "mailer")
    session.press(" 5x.")
    #expect(
      try session.lab.columns.allSatisfy {
        $0.told?.spans.contains { $0.text == "mailer" } ?? false
      })
    let steps = try session.lab.columns.map { $0.progress().text }
    session.press("....")
    #expect(try session.lab.columns.map { $0.progress().text } != steps)
    #expect(try session.lab.columns[0].progress().text == "done")
    #expect(try session.lab.columns[2].progress().text.hasPrefix("step "))
  }

  @Test func `each copy's own process is killed where they have come apart`() throws {
    var session = try session(selecting: "mailer")
    session.press("5x")
    session.session.play(for: .seconds(1))
    session.press("x")
    session.session.play(for: .seconds(1))
    // mailer and cron, mailer: the second time nobody else is left to stop behind mailer.
    #expect(try numbers(session) { $0.started }[0] == 2)
    #expect(try numbers(session) { $0.started }[2] == 20)
  }

  @Test func `keys compare intensities, add columns and go from one to the next`() throws {
    var session = try session(selecting: "mailer")
    session.press("5")
    #expect(try session.lab.columns.count == 3)
    session.press("+")
    #expect(session.session.model.notice?.hasPrefix("there is no further one") == true)
    session.press("i")
    #expect(try session.lab.columns.map(\.variant.title) == ["3/10", "1/5", "3/5"])
    session.press("+")
    #expect(try session.lab.columns.map(\.variant.title) == ["3/10", "1/5", "3/5", "5/10"])
    session.press("+")
    #expect(session.session.model.notice == "4 columns are as many as there is room for")
    for expected in [1, 2, 3, 0] {
      session.send(.tab)
      #expect(try session.lab.active == expected)
      #expect(try session.lab.selectedNode?.name == "mailer")
    }
  }

  @Test(arguments: [
    ("lab intensity=1/5", "a comparison has 2 to 4 columns"),
    ("lab a b", "'a b' is not a variant: write strategy=one_for_all"),
    ("lab strategy=all strategy=one_for_all", "there is no strategy 'all'"),
    ("lab intensity=3/5 intensity=3/5", "two columns are the same"),
    ("lab restart=often restart=permanent", "there is no restart type 'often'"),
    ("lab period=0 period=1", "'0' is not a period"),
  ])
  func `a comparison that cannot be made says why`(line: String, reason: String) throws {
    var session = try session(selecting: "mailer")
    session.command(line)
    #expect(session.session.model.notice?.hasPrefix(reason) == true)
    #expect(session.session.model.lab == nil)
  }

  @Test func `commands about the machine itself are refused in the lab`() throws {
    var session = try session(selecting: "mailer")
    session.press("5")
    session.command("send hello")
    #expect(
      session.session.model.notice
        == "'send' is about the machine itself: leave the lab with esc first")
    session.command("kill cron")
    #expect(try session.lab.act?.title == "kill cron")
  }

  // MARK: - Pictures

  @Test(arguments: [
    (80, 24, false), (120, 40, false), (60, 16, false), (40, 12, false), (80, 24, true),
  ])
  func `the same kill in three machines`(columns: Int, rows: Int, isASCII: Bool) throws {
    var session = try session(selecting: "mailer")
    session.session.send(.glyphs(isASCII ? .ascii : .unicode))
    session.session.send(.resize(Size(columns: columns, rows: rows)))
    session.press(" 5x")
    for _ in 0..<6 { session.press(".") }
    expectSnapshot(
      of: render(session.session.model), named: "lab-\(columns)x\(rows)\(isASCII ? "-ascii" : "")")
  }
}

extension SessionUnderTest {
  /// The lab that is shown.
  var lab: LabState {
    get throws {
      guard let lab = session.model.lab else { throw Missing(name: "lab") }
      return lab
    }
  }

  /// What the lab says of the columns.
  var verdict: String {
    get throws { LabWords.verdict(try lab).map(\.text).joined() }
  }

  mutating func send(_ keys: Key...) {
    for key in keys { session.handle(.key(key)) }
  }

  /// Types a command.
  mutating func command(_ line: String) {
    press(":" + line)
    send(.enter)
  }
}

/// The first event or place in which two trees differ.
private func difference(_ left: ProcessTree, _ right: ProcessTree) -> String? {
  let one = (0..<left.recent.count).map { left.recent[offset: $0] }
  let other = (0..<right.recent.count).map { right.recent[offset: $0] }
  for (first, second) in zip(one, other) where first != second {
    return "\(first)\n  but \(second)"
  }
  guard one.count == other.count else { return "\(one.count) events, but \(other.count)" }
  for index in 0..<left.placeCount {
    let slot = SlotID(index: Int32(index))
    if left[slot] != right[slot] { return "\(left[slot])\n  but \(right[slot])" }
  }
  return nil
}

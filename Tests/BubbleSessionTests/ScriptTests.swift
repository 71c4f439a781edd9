import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleScripts
@testable import BubbleSession
import BubbleTree
import Testing

/// A script that is presented step by step.
@Suite struct ScriptTests {
  private static let filter = ChildPath([.named(.atom("filter"))])
  private static let sink = ChildPath([.named(.atom("sink"))])

  private func cue(_ caption: String, _ change: (inout Script.Cue) -> Void = { _ in })
    -> Script.Cue
  {
    var cue = Script.Cue(line: 1)
    cue.caption = caption
    change(&cue)
    return cue
  }

  private func session(_ cues: [Script.Cue]) throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "rest-for-one", seed: 7)
    session.session.prepare(Script(cues))
    session.run(.seconds(1))
    return session
  }

  private var killing: Script.Cue {
    cue("killed") { cue in
      cue.request = .kill(Self.filter)
      cue.wait = .happening(.restarted, Self.sink, within: .seconds(5))
      cue.expectations = [.life(Self.filter, 2), .running(Self.sink), .budget(ChildPath(), 1)]
    }
  }

  @Test func `nothing is shown of a script before it is asked for`() throws {
    let session = try session([cue("first")])
    #expect(session.session.model.script?.isOn == false)
    #expect(session.session.model.keyContext == .browse)
  }

  @Test func `a script that is begun in the panel takes the keys`() throws {
    var session = try session([cue("first"), cue("second")])
    session.session.handle(.key(.enter))
    #expect(session.session.model.keyContext == .panel)
    session.press("nn")
    #expect(session.session.model.script?.caption == "second")
    #expect(session.session.model.keyContext == .script)
  }

  @Test func `each step says its caption, and the last one stays`() throws {
    var session = try session([cue("first"), cue("second")])
    session.press("n")
    #expect(session.session.model.script?.caption == "first")
    #expect(session.session.model.keyContext == .script)
    session.press(" ")
    #expect(session.session.model.script?.number == 2)
    session.session.handle(.key(.pageDown))
    #expect(session.session.model.script?.caption == "second")
    #expect(session.session.model.notice == "the script is over; esc leaves it")
  }

  @Test func `a deed is done, and what is waited for happens at the pace of the session`() throws {
    var session = try session([killing, cue("after")])
    session.press("n")
    #expect(session.session.model.script?.isWaiting == true)
    session.session.play(for: .seconds(6))
    #expect(session.session.model.script?.isWaiting == false)
    session.press("n")
    #expect(session.session.scriptFailures == [])
    #expect(session.session.model.script?.caption == "after")
  }

  @Test func `who goes on early lets what is waited for happen at once`() throws {
    var session = try session([killing, cue("after")])
    session.press("nn")
    #expect(session.session.scriptFailures == [])
    #expect(try session.pid("filter") != PID(3))
    #expect(session.session.model.script?.number == 2)
  }

  @Test func `a step back is as if the step had not been`() throws {
    var session = try session([cue("first"), killing])
    session.press("n")
    let before = session.account
    session.press("n")
    session.session.play(for: .seconds(1))
    session.session.handle(.key(.pageUp))
    #expect(session.session.model.script?.caption == "first")
    #expect(difference(session.account, before) == nil)
    session.press("nn")
    #expect(session.session.scriptFailures == [])
  }

  @Test func `a question is asked before its step is done`() throws {
    var session = try session([
      cue("because") { cue in
        cue.question = Script.Question(text: "who?", answers: ["nobody", "sink"], right: 2)
        cue.preview = Self.filter
      }
    ])
    session.press("n")
    #expect(session.session.model.script?.question?.text == "who?")
    #expect(!session.session.model.isPreviewing)
    #expect(session.session.model.script?.isAsking == true)
    session.press("n")
    #expect(session.session.model.script?.isAsking == false)
    #expect(session.session.model.script?.caption == "because")
    #expect(session.session.model.isPreviewing)
  }

  @Test(arguments: [("a", 0), ("b", 1), ("n", nil)])
  func `a letter answers, and the right answer is shown with it`(key: String, chosen: Int?) throws {
    var session = try session([
      cue("because") { cue in
        cue.question = Script.Question(text: "who?", answers: ["nobody", "sink"], right: 2)
      }
    ])
    session.press("n")
    for answer in ["who?", "A  nobody", "B  sink"] {
      #expect(render(session.session.model).text().contains(answer))
    }
    session.press("d")
    #expect(session.session.model.notice == "there is no answer D")
    session.press(key)
    #expect(session.session.model.script?.chosen == chosen)
    let screen = render(session.session.model).text()
    #expect(screen.contains("because"))
    #expect(screen.contains("✓ B  sink"))
    #expect(screen.contains("✗ A  nobody") == (chosen == 0))
    #expect(session.session.model.view == .table)
  }

  @Test func `the keys of the views show views while a question stands`() throws {
    var session = try session([
      cue("because") { cue in
        cue.question = Script.Question(text: "who?", answers: ["nobody", "sink"], right: 2)
      }
    ])
    session.press("n2")
    #expect(session.session.model.view == .tree)
    #expect(session.session.model.script?.isAsking == true)
  }

  @Test func `a key that means nothing leaves the caption, and is answered for a few seconds`()
    throws
  {
    var session = try session([cue("what is said")])
    session.press("n@")
    let screen = render(session.session.model).text()
    #expect(screen.contains("what is said"))
    #expect(screen.contains("@ does nothing here"))
    session.session.play(for: .seconds(10))
    #expect(!render(session.session.model).text().contains("does nothing here"))
    #expect(render(session.session.model).text().contains("what is said"))
  }

  @Test func `what is done by hand is aside of the script, which n goes back to`() throws {
    var session = try session([cue("first"), cue("second")])
    session.press("n")
    let before = session.account
    session.press("xx")
    #expect(session.session.model.script?.isAside == true)
    session.session.play(for: .seconds(10))
    #expect(try session.pid("filter") != PID(3) || session.pid("source") != PID(2))
    #expect(render(session.session.model).text().contains("step 1 waits; n goes back to it"))
    session.press("n")
    #expect(session.session.model.script?.caption == "first")
    #expect(session.session.model.keyContext == .script)
    #expect(difference(session.account, before) == nil)
    session.press("n")
    #expect(session.session.model.script?.caption == "second")
  }

  @Test func `what does not come true is a failure with its line`() throws {
    var session = try session([
      cue("never") { cue in
        cue.wait = .happening(.gaveUp, ChildPath(), within: .seconds(2))
        cue.expectations = [.down(Self.sink), .life(Self.sink, 3)]
      }
    ])
    session.press("n")
    session.session.finishCue()
    #expect(
      session.session.scriptFailures == [
        "line 1, step 1: within 2000 ms it did not come true that rest_sup has given up",
        "line 1, step 1: sink runs", "line 1, step 1: sink is in life 1, not 3",
      ])
  }

  @Test func `escape leaves the script, and it can be begun again`() throws {
    var session = try session([cue("first"), cue("second")])
    session.press("nn")
    session.session.handle(.key(.escape))
    #expect(session.session.model.keyContext == .browse)
    session.press("n")
    #expect(session.session.model.script?.caption == "first")
  }

  @Test(arguments: [(80, 24), (120, 40), (40, 12)])
  func `a caption stands above the keys, also for an audience`(columns: Int, rows: Int) throws {
    var session = try session([cue("a caption \u{1B}[31m of two or more words")])
    session.session.handle(.resize(Size(columns: columns, rows: rows)))
    session.press("n")
    for _ in 0..<2 {
      let screen = render(session.session.model).text()
      #expect(screen.contains("a caption"))
      #expect(!screen.contains("\u{1B}"))
      #expect(screen.contains("step 1 of 1"))
      session.press("P")
    }
    #expect(session.session.model.isPresenting == false)
  }

  @Test func `what was done by hand can be presented`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 5)
    session.run(.seconds(2))
    session.request(.process(try session.pid("cache"), .kill))
    session.run(.seconds(1))
    session.request(.process(try session.pid("c2"), .exit(.failure(.text("a \"word\"\u{1B}")))))
    session.run(.milliseconds(700))
    session.request(.process(try session.pid("mailer"), .suspend))
    let steps = try #require(session.session.savedScript)
    let demo = try #require(Demo.named("shop"))
    let text = try demo.scenario().text(demo.text, withScript: steps)
    let scenario = try Scenario(yaml: text, file: "mine.yaml")
    #expect(scenario.root == (try demo.scenario().root))
    let deeds = scenario.script.cues.compactMap(\.request)
    #expect(deeds.count == 3)
    let cache = ChildPath([.named("db_sup"), .named("cache")])
    #expect(deeds.first == .kill(cache))
    let reasons = deeds.compactMap { if case .exit(_, let reason) = $0 { reason } else { nil } }
    #expect(reasons == [.failure(.text("a \"word\"\u{1B}"))])
    #expect(scenario.script.cues.compactMap(\.wait).count == 5)
  }

  @Test func `what no script can say is not saved as one that says nothing`() throws {
    var session = try SessionUnderTest(demo: "dynamic", seed: 5)
    session.run(.milliseconds(100))
    let guests = try session.pid("guest_sup")
    session.request(.supervisor(guests, .startChild([.integer(1), .integer(2)])))
    session.run(.milliseconds(100))
    #expect(session.session.savedScript == nil)
    session.request(.process(guests, .suspend))
    #expect(session.session.savedScript != nil)
  }

  @Test func `what was done to partitions and a registry by hand can be presented`() throws {
    var session = try SessionUnderTest(demo: "elixir", seed: 5)
    session.run(.milliseconds(500))
    session.request(.process(try session.pid("shelves/2"), .kill))
    session.run(.milliseconds(500))
    session.request(.process(try session.pid("rooms.PIDPartition0"), .kill))
    session.run(.milliseconds(500))
    let steps = try #require(session.session.savedScript)
    let demo = try #require(Demo.named("elixir"))
    let scenario = try Scenario(
      yaml: try demo.scenario().text(demo.text, withScript: steps), file: "mine.yaml")
    let paths = scenario.script.cues.compactMap(\.request).map { action -> ChildPath? in
      if case .kill(let path) = action { path } else { nil }
    }
    #expect(
      paths == [
        ChildPath([.named("shelves"), .named(2)]),
        ChildPath([.named("rooms"), .named("rooms.PIDPartition0")]),
      ])
  }

  @Test(arguments: [
    ("open", "open", []), ("open", "locked", ["line 1, step 1: door is open, not locked"]),
    (
      "ajar", "open",
      ["line 1, step 1: within 1000 ms it did not come true that door is ajar"]
    ),
  ])
  func `a script waits for the state of a machine, and says when it is in another one`(
    awaited: String, expected: String, failures: [String]
  ) throws {
    var session = try SessionUnderTest(demo: "state-machine", seed: 7)
    let door = try #require(ChildPath([.named(.atom("door"))]) as ChildPath?)
    session.session.prepare(
      Script([
        cue("pushed") { cue in
          cue.request = .send(door, "code")
          cue.wait = .state(door, awaited, within: .seconds(1))
          cue.expectations = [.state(door, expected)]
        }
      ]))
    session.press("n")
    session.session.finishCue()
    #expect(session.session.presentation?.failures == failures)
  }
}

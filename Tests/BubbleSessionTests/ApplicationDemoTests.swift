import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleScripts
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Testing

/// The demo of applications in the console: what can be done to an application, and how it looks.
@Suite struct ApplicationDemoTests {
  private func session(_ view: ViewKind = .table) throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "applications", seed: 1)
    session.run(.seconds(4))
    session.session.send(.cue(view: view, selection: nil))
    return session
  }

  private func command(_ line: String, in session: inout SessionUnderTest) {
    session.press(":" + line)
    session.session.handle(.key(.enter))
  }

  private func outline(_ session: SessionUnderTest) -> [String] {
    session.places.map { "\($0.name) \($0.state.word) \($0.life)" }
  }

  @Test(arguments: [
    (ViewKind.bubbles, "bubbles"), (.tree, "tree"), (.table, "table"), (.time, "time"),
    (.log, "log"),
  ])
  func `the demo looks alike everywhere`(view: ViewKind, name: String) throws {
    for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
      var session = try session(view)
      session.session.send(.resize(size))
      command("app list", in: &session)
      expectSnapshot(
        of: render(session.session.model), named: "applications-demo-\(name)-\(size.columns)")
    }
  }

  @Test func `d shows how an application stops, and r starts it again in its place`() throws {
    var session = try session(.bubbles)
    command("select web", in: &session)
    session.press("d")
    expectSnapshot(of: render(session.session.model), named: "applications-demo-preview")
    session.press("x")
    session.run(.seconds(2))
    let web = try #require(session.places.first { $0.name == "web" })
    #expect(web.pid == nil && web.state == .stopped)
    #expect(session.session.model.tree.startNumber(ofApplicationAt: web.id) == nil)
    session.press("r")
    session.run(.seconds(2))
    for name in ["web", "web_sup", "sessions", "router"] {
      let node = try #require(session.places.first { $0.name == name })
      #expect(node.life == 2 && node.state == .running, "\(name)")
    }
    #expect(session.session.model.tree.startNumber(ofApplicationAt: web.id) == 4)
  }

  @Test func `a stop is taken back by undo, and done again by redo`() throws {
    var session = try session()
    let before = outline(session)
    command("app stop web", in: &session)
    session.press("x")
    session.run(.seconds(2))
    let stopped = outline(session)
    #expect(stopped.contains("web stopped 1") && stopped != before)
    session.press("u")
    #expect(outline(session) == before)
    session.press("U")
    session.run(.seconds(2))
    #expect(outline(session) == stopped)
  }

  @Test func `a library is stopped and started by its name`() throws {
    var session = try session()
    func stage() -> ApplicationFacts.Stage? {
      session.session.model.tree.applications.first { $0.name == "tools" }?.stage
    }
    command("app stop tools", in: &session)
    session.run(.milliseconds(10))
    #expect(stage() == .stopped(.normal))
    command("app start tools transient", in: &session)
    session.run(.milliseconds(10))
    #expect(stage() == .running)
  }

  @Test(arguments: [
    ("app begin web", "write :app list, :app start NAME [TYPE] or :app stop NAME"),
    ("app start web always", "there is no restart type 'always': permanent, transient, temporary"),
    ("select web_sup", nil), ("app start web", nil),
  ])
  func `a wrong word is refused with the right ones`(line: String, notice: String?) throws {
    var session = try session()
    command(line, in: &session)
    #expect(session.session.model.notice == notice)
  }

  @Test func `a top supervisor cannot be stopped alone`() throws {
    var session = try session()
    command("select web_sup", in: &session)
    session.press("d")
    #expect(
      session.session.model.notice == "web_sup ends with its application: d on web stops it")
  }

  @Test func `what cannot be started is told in the strip`() throws {
    var session = try session()
    command("app start web", in: &session)
    session.run(.seconds(1))
    let told = session.session.model.tree.events(after: 0)
      .compactMap { session.session.model.tree.narrate($0)?.spans.map(\.text).joined() }
    #expect(told.contains("application web is refused: {already_started,web}"))
  }

  @Test func `a machine that is one tree has no applications`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 1)
    session.run(.seconds(1))
    command("app list", in: &session)
    #expect(session.session.model.notice == "this machine has no applications: it is one tree")
  }

  @Test func `the preview of a kill says whether the machine ends`() throws {
    for (victim, word) in [
      ("db_sup", "db is permanent: the"), ("metrics_sup", "others go on"),
    ] {
      var session = try session(.bubbles)
      command("select \(victim)", in: &session)
      session.press("x")
      let rows = render(session.session.model).text()
      #expect(rows.contains(word), "\(rows)")
    }
  }

  @Test func `applications start before the eyes of whoever watches, and again`() throws {
    var session = try SessionUnderTest(demo: "applications", seed: 1, showsStart: true)
    func names() -> [String] {
      session.places.filter { $0.application != nil && $0.state == .running }.map(\.name)
    }
    for _ in 1...2 {
      #expect(session.places.map(\.name) == ["application_controller"])
      session.session.play(for: .seconds(3))
      #expect(names() == ["db"])
      session.run(.seconds(5))
      #expect(names() == ["db", "web", "metrics"])
      session.press("R")
    }
    session.press("u")
    #expect(names() == ["db", "web", "metrics"])
  }

  @Test func `a kill can be previewed at every moment of the start`() throws {
    var session = try SessionUnderTest(demo: "applications", seed: 1, showsStart: true)
    session.session.send(.cue(view: .bubbles, selection: nil))
    for _ in 1...10 {
      session.press("...")
      for place in session.places where place.pid != nil {
        var other = session
        other.session.send(.cue(view: nil, selection: place.id))
        other.press("x")
        #expect(!render(other.session.model).text().isEmpty)
        other.press("x")
        other.run(.seconds(2))
        #expect(!render(other.session.model).text().isEmpty)
      }
    }
    #expect(session.places.count == 13)
  }

  @Test func `of a machine that has ended the order in which it stopped is listed`() throws {
    var session = try session(.bubbles)
    session.request(.process(try session.pid("db_sup"), .kill))
    session.run(.seconds(2))
    command("app list", in: &session)
    let text = render(session.session.model).text()
    let places = ["stop order", "1  ✗ db", "2  ○ metrics", "3  ○ web", "4  ○ tools"].map {
      text.firstRange(of: $0)?.lowerBound
    }
    #expect(
      !places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func `copies of a tree within an application are compared place by place`() throws {
    var session = try session()
    command("select log", in: &session)
    session.press("5")
    session.press("x")
    session.session.play(for: .seconds(5))
    let lab = try #require(session.session.model.lab)
    let slot = try #require(lab.selection)
    for column in lab.columns.indices {
      let place = try #require(lab.slot(like: slot, in: column))
      #expect(lab.columns[column].tree[place].name == "log")
      #expect(lab.columns[column].tree[place].life == 2)
    }
  }

  @Test func `what was done by hand is a script that does it again`() throws {
    var session = try session()
    command("app stop web", in: &session)
    session.press("x")
    session.run(.seconds(2))
    command("app start web", in: &session)
    session.run(.seconds(2))
    command("kill sampler", in: &session)
    session.press("x")
    session.run(.seconds(1))
    let script = try #require(session.session.savedScript)
    let demo = try #require(Demo.named("applications"))
    let text = try demo.scenario().text(demo.text, withScript: script)
    #expect(text.contains("stop_app: \"web\""))
    #expect(text.contains("start_app: \"web\", as: permanent"))
    let scenario = try Scenario(yaml: text, file: "saved.yaml")
    #expect(scenario.script.cues.count { $0.request != nil } == 3)
  }
}

import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Testing

/// The demo of releases in the console: an upgrade by hand, how it looks, and how it is taken back.
@Suite struct UpgradeDemoTests {
  private func session() throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "upgrade", seed: 1)
    session.session.send(.cue(view: .bubbles, selection: nil))
    session.run(.seconds(3))
    return session
  }

  private func command(_ line: String, in session: inout SessionUnderTest) {
    session.press(":" + line)
    session.session.handle(.key(.enter))
  }

  private func node(_ name: String, in session: SessionUnderTest) -> TreeNode? {
    session.places.first { $0.name == name }
  }

  @Test func `an upgrade is installed by a command, and nobody is restarted`() throws {
    var session = try session()
    #expect(node("till1", in: session)?.code == "till 2.0")
    command("release list", in: &session)
    command("release install 1.1", in: &session)
    session.run(.seconds(2))
    #expect(session.session.model.tree.release?.version == "1.1")
    for name in ["till1", "till2", "web_sup", "pages", "search"] {
      #expect(node(name, in: session)?.life == 1, "\(name)")
    }
    #expect(node("till1", in: session)?.code == "till 2.1")
    for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
      session.session.send(.resize(size))
      expectSnapshot(
        of: render(session.session.model), named: "upgrade-demo-installed-\(size.columns)")
    }
    session.session.send(.cue(view: .log, selection: nil))
    expectSnapshot(of: render(session.session.model), named: "upgrade-demo-log")
  }

  @Test func `an upgrade is taken back as if it had not been`() throws {
    var session = try session()
    let before = session.places.map { "\($0.name) \($0.code ?? "")" }
    command("release install 1.1", in: &session)
    session.run(.seconds(2))
    session.press("u")
    #expect(session.places.map { "\($0.name) \($0.code ?? "")" } == before)
    #expect(session.session.model.tree.release?.version == "1.0")
    session.press("U")
    session.run(.seconds(2))
    #expect(session.session.model.tree.release?.version == "1.1")
  }

  @Test func `a refused release leaves the machine, and the panel says where it failed`() throws {
    var session = try session()
    command("release install 1.2", in: &session)
    session.run(.seconds(1))
    #expect(session.session.model.tree.release?.version == "1.0")
    command("release install 1.1", in: &session)
    session.run(.seconds(2))
    command("release permanent 1.1", in: &session)
    command("release list", in: &session)
    command("release install 1.2", in: &session)
    session.run(.seconds(3))
    #expect(session.session.model.tree.release?.version == "1.1")
    expectSnapshot(of: render(session.session.model), named: "upgrade-demo-failed")
  }

  @Test(arguments: ["release", "release install", "release nonsense 1", "release install 1 2"])
  func `a wrong command says how it is written`(_ line: String) throws {
    var session = try session()
    command(line, in: &session)
    #expect(session.session.model.tree.release?.version == "1.0")
    let notice = session.session.model.notice ?? ""
    #expect(notice.contains("release"), "\(notice)")
  }

  @Test func `a machine of one release has none to change`() throws {
    var session = try SessionUnderTest(demo: "shop", seed: 1)
    command("release list", in: &session)
    #expect(session.session.model.notice?.contains("one release") == true)
  }
}

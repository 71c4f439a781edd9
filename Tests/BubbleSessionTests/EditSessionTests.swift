import BubbleCells
@testable import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleTree
import Testing

/// Settings changed in the form, in a machine that runs.
@Suite struct EditSessionTests {
  private func session(selecting name: String) throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "shop", seed: 7)
    session.run(.seconds(1))
    session.command("select \(name)")
    session.press("E")
    return session
  }

  private func node(_ name: String, in session: SessionUnderTest) throws -> TreeNode {
    try #require(session.places.first { $0.name == name })
  }

  @Test func `settings change while everybody runs on, and one undo takes them all back`() throws {
    var session = try session(selecting: "web_sup")
    session.run(.zero)
    let before = session.account
    let pids = session.places.map(\.pid)
    session.send(.right, .down, .down, .down, .right, .down, .down, .right, .enter)
    session.run(.zero)
    let webSup = try node("web_sup", in: session)
    #expect(webSup.supervision?.flags.strategy == .oneForAll)
    #expect(webSup.description?.restart == .transient)
    #expect(
      try node("shop_sup", in: session).children.map { session.session.model.tree[$0].name }
        == ["db_sup", "mailer", "web_sup", "cron"])
    #expect(Set(session.places.map(\.pid)) == Set(pids), "nobody stopped or started")
    #expect(
      session.session.model.travel.undoable
        == "make web_sup: one_for_all, 3 in 10 s, make web_sup: transient, shutdown infinity, "
        + "put the children of shop_sup in other order")
    session.press("u")
    #expect(difference(session.account, before) == nil)
  }

  @Test func `a transient child that ends in order stays away`() throws {
    var session = try session(selecting: "cache")
    session.send(.right, .enter)
    session.request(.process(try session.pid("cache"), .exit(.shutdown)))
    session.run(.seconds(1))
    #expect(try node("cache", in: session).state == .stopped)
    #expect(try node("pool", in: session).life == 1)
  }

  @Test func `a change is told as what was asked for`() throws {
    var session = try session(selecting: "cache")
    session.send(.right, .enter)
    session.run(.zero)
    #expect(
      session.session.model.recentEvents.lines.last?.spans.map(\.text).joined()
        == "you pressed E: make cache: transient, shutdown 5000")
  }
}

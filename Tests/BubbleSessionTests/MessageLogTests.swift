import BubbleCells
@testable import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleSimulation
import BubbleTree
import Testing

/// Messages in the log: told when they are asked for, and only those of one process on request.
@Suite struct MessageLogTests {
  private func session() throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "shop", seed: 7)
    session.press("6")
    return session
  }

  private func messages(_ session: SessionUnderTest) -> [Event.Kind] {
    session.session.model.tree.events(after: 0).map(\.kind).filter { kind in
      switch kind {
      case .message(.sent), .message(.handled), .message(.callStarted), .message(.callReturned):
        true
      default: false
      }
    }
  }

  @Test func `messages are told from the key on, and no longer after it`() throws {
    var session = try session()
    session.run(.seconds(2))
    #expect(messages(session).isEmpty)
    session.press("v")
    session.run(.seconds(2))
    let told = messages(session).count
    #expect(told > 10)
    #expect(render(session.session.model).text().contains("cache"))
    session.press("v")
    session.run(.seconds(2))
    #expect(messages(session).count == told)
  }

  @Test func `the trace of a process is the messages from and to it`() throws {
    var session = try session()
    session.command("select cache")
    session.press("t")
    session.run(.seconds(2))
    let log = session.session.model.log
    let cache = try #require(session.session.model.selection)
    let rows = log.shown.indices.map { session.session.model.logRow($0) }.filter(\.isMessage)
    #expect(rows.count > 5)
    #expect(rows.allSatisfy { $0.slot == cache || $0.partner == cache })
    #expect(rows.contains { $0.partner == cache }, "also those that it sends or answers")
    #expect(rows.count < messages(session).count)
  }

  @Test func `a moment among messages is found again, and so is the way forward`() throws {
    var session = try session()
    session.press("v")
    session.run(.seconds(3))
    let before = session.account
    session.press("xx")
    session.run(.seconds(3))
    session.press("u")
    #expect(difference(session.account, before) == nil)
    session.press(",,,")
    session.press("v")
    session.send(.end)
    session.run(.seconds(1))
    #expect(!session.session.subject.tellsMessages, "what was asked for in the past holds now")
  }

  // MARK: - The state

  @Test func `a part of the state is set from the command line, grows on, and undo takes it back`()
    throws
  {
    var session = try SessionUnderTest(demo: "shop", seed: 7)
    session.command("select cache")
    session.run(.seconds(1))
    let pid = try session.pid("cache")
    func hits() throws -> Int? {
      try session.machine.machine.inspect(pid)?.state
        .first { $0.name == "hits" }.flatMap { Int($0.value) }
    }
    let before = try #require(try hits())
    session.command("set hits 5000")
    session.run(.seconds(2))
    #expect(try #require(try hits()) > 5000)
    session.press("u")
    #expect(try hits() == before)
    session.command("set nothing 1")
    #expect(
      session.session.model.notice == "the state of cache has no 'nothing': hits, size, messages")
  }
}

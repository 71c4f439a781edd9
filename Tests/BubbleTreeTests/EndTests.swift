import BubbleEvents
@testable import BubbleTree
import Testing

/// Why a process ended, as everything that tells it says.
@Suite struct EndTests {
  private static let one = PID(1)
  private static let two = PID(2)
  private static let id = ChildID.named("a")
  private static let crash = Event.Kind.process(two, .exited(.failure("boom")))
  private static let firstCrash = Event.Kind.process(PID(9), .exited(.failure("boom")))
  private static let decided = Event.Kind.supervisor(
    one, .restartDecided(id, .oneForOne, stops: 0, starts: 1))

  /// A chain of causes, the first one first; the last event is the end of a process.
  private static let chains: [(name: String, chain: [Event.Kind], isOwn: Bool)] = [
    ("nothing", [crash], true),
    ("its own start", [.child(of: one, id, .starting), .process(two, .suspended), crash], true),
    ("a restart after another one's crash", [firstCrash, decided, crash], true),
    ("a request", [.requested(.process(two, .kill), by: .someone), crash], false),
    ("another one's crash", [firstCrash, .process(two, .suspended), crash], false),
    ("its supervisor", [.child(of: one, id, .stopping(two, .infinity)), crash], false),
    (
      "something long ago",
      [firstCrash] + Array(repeating: .process(two, .suspended), count: 20) + [crash], false
    ),
  ]

  @Test(arguments: chains)
  func `a process ends by its own doing unless something ended it`(
    name: String, chain: [Event.Kind], isOwn: Bool
  ) throws {
    var tree = ProcessTree()
    for (index, kind) in chain.enumerated() {
      let number = Event.ID(index + 1)
      tree.fold(
        Event(id: number, instant: .zero, cause: number == 1 ? nil : number - 1, kind: kind))
    }
    let end = try #require(tree.recent.last)
    #expect(tree.endedByItself(end) == isOwn, "\(name)")
    #expect(tree.isIncident(end.id) == isOwn, "\(name)")
  }
}

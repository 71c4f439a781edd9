package import BubbleEvents

extension Scenario.Worker {
  /// A key by which a process is found.
  package enum Key: Hashable, Sendable {
    case term(Term)
    /// One of these numbers each time, by chance.
    case anyOf(ClosedRange<Int>)
  }

  /// Whom a message goes to.
  package enum Route: Hashable, Sendable {
    /// The process of that name.
    case name
    /// Whoever has registered the key in the registry of that name.
    case registry(Key)
    /// Everybody who has.
    case dispatch(Key)
    /// The partition of the supervisor of that name that the key belongs to.
    case partition(Key)
    /// The process of that name on another node.
    case remote(NodeID)
    /// Whoever has that global name.
    case global(Term)
    /// A member of that group, by chance.
    case group(Term)
    /// The leader of that group, through the process of it on the own node.
    case leader(String)
    /// Every member of that group.
    case members(Term)
  }

  /// What is done with the value of an agent.
  package enum AgentDeed: Hashable, Sendable {
    case get
    case add(Int)
    case put(Term)
  }

  /// A key that a worker registers at its start.
  package struct Registering: Hashable, Sendable {
    /// The name of the registry.
    package var registry: String
    package var key: Key
    package var value: Term
  }

  /// Tasks that a worker begins, at intervals.
  package struct Tasking: Hashable, Sendable {
    /// What it does with a task that it has begun.
    package enum Waiting: Hashable, Sendable {
      /// It waits for the end, and exits when that takes too long.
      case await(Duration?)
      /// It is not linked with it, and looks at the outcome; one that takes too long is killed.
      case look(Duration?)
      /// Nothing; a linked one ends with its worker, and takes it along when it fails.
      case never(isLinked: Bool)
    }

    package var label: String
    /// The name of the supervisor of tasks; nil for none.
    package var supervisor: String?
    package var every: Scenario.Span
    /// How long a task takes.
    package var takes: Scenario.Span
    /// The tasks that fail, counted over the whole life of the machine.
    package var fails: Starts?
    package var reason: ExitReason
    package var waiting: Waiting
    /// When a task that nobody waits for is begun again.
    package var restart: ChildRestart
    /// How many tasks it does each time, and how many of them at once; nil for one.
    package var stream: Stream?
  }

  /// A stream of tasks.
  package struct Stream: Hashable, Sendable {
    package var count: Int
    package var atOnce: Int
  }
}

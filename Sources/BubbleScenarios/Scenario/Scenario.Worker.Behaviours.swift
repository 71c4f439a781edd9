extension Scenario.Worker {
  /// A state of a worker that is a state machine.
  package struct State: Hashable, Sendable {
    package var name: String
    /// How long it takes to enter it.
    package var enter = Scenario.Span.zero
    /// What the events do that it knows, by the word of the message.
    package var reactions: [Reaction] = []
    /// The time after which the machine leaves it, and where to.
    package var timeout: Timeout?

    package init(name: String) {
      self.name = name
    }
  }

  /// What an event does in a state.
  package struct Reaction: Hashable, Sendable {
    package enum Transition: Hashable, Sendable {
      case go(to: String)
      case stay
      case postpone
      /// The machine ends with `{crash,Event}`.
      case crash
    }

    package var event: String
    package var transition: Transition
  }

  /// A state time-out.
  package struct Timeout: Hashable, Sendable {
    package var after: Scenario.Span
    package var next: String
  }

  /// A handler of a worker that is an event manager.
  package struct Handler: Hashable, Sendable {
    package var id: String
    /// The events on which it fails, counted since it was added.
    package var fails: Starts?
  }

  /// A handler that a worker adds to an event manager at its start, and lives and ends with.
  package struct Guarding: Hashable, Sendable {
    /// The registered name of the manager.
    package var target: String
    package var handler: Handler
  }

  /// A handler that a worker deletes, or swaps for another one, once.
  package struct HandlerChange: Hashable, Sendable {
    /// The registered name of the manager.
    package var target: String
    /// The handler that goes.
    package var handler: String
    /// The time from the worker's start.
    package var after: Scenario.Span
    /// The handler that takes its place, and what it has counted; nil when it is only deleted.
    package var replacement: Handler?
  }
}

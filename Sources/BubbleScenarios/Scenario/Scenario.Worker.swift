package import BubbleCopyOnWrite
package import BubbleEvents

extension Scenario {
  /// What a worker does.
  ///
  /// All properties combine; a worker without any waits for messages.
  package struct Worker: Hashable, Sendable {
    /// Whether exit signals become messages.
    package var trapsExits = false
    /// How long it works on each message; meanwhile its mailbox fills.
    package var work = Span.zero
    /// How often it sends itself a message.
    package var tick: Span?
    /// The calls it makes again and again.
    package var calls: [Traffic] = []
    /// The casts it sends again and again.
    package var casts: [Traffic] = []
    /// The children it starts again and again.
    package var starts: [Starting] = []
    /// When and how it ends by itself.
    package var end: End?
    /// Why a process of an earlier version cannot come over to this one; nil when it can.
    @Boxed package var refusal: Term? = nil
    /// How its start goes.
    package var start = Start()
    /// How long it takes to stop.
    package var stop = Stop.atOnce
    /// What the inspector shows of its state, besides the messages handled.
    package var state: [Field] = []
    /// The states of a state machine, the first one first; empty for any other worker.
    package var states: [State] = []
    /// The handlers of an event manager; nil for any other worker.
    package var handlers: [Handler]?
    /// The handler that it adds to an event manager.
    package var guarding: Guarding?
    /// The handlers that it deletes or swaps.
    package var handlerChanges: [HandlerChange] = []
    /// The first value of an agent; nil for any other worker.
    @Boxed package var agent: Term? = nil
    /// The keys that it registers at its start.
    package var registers: [Registering] = []
    /// The tasks it begins again and again.
    package var tasks: [Tasking] = []
    /// Those it is linked with from its start on.
    package var links: [Watching] = []
    /// Those it monitors from its start on.
    package var monitors: [Watching] = []
    /// The global name that it takes at its start.
    @Boxed package var global: GlobalNaming? = nil
    /// The groups that it joins at its start.
    package var groups: [Term] = []
    /// Those to whom it sends on what it is sent.
    package var forwards: [Traffic] = []
    /// The group that it is one of, of which one leads; nil for any other worker.
    @Boxed package var leads: Leading? = nil
    /// How many of the last messages it remembers.
    package var remembers = 0

    package init() {}
  }
}

extension Scenario.Worker {
  /// Messages to another process, sent at intervals.
  package struct Traffic: Hashable, Sendable {
    /// How long a call waits for its answer.
    package enum Limit: Hashable, Sendable {
      /// As a call does that says nothing of it, for five seconds.
      case usual
      /// That long; nil is for ever.
      case given(Duration?)
    }

    /// The registered name of the other process.
    package var target: String
    package var every: Scenario.Span
    /// How long a call waits for its answer.
    package var limit = Limit.usual
    /// The word the message begins with.
    package var message: Term
    /// Whom of the target it means.
    package var route = Route.name
    /// What is done with the value of an agent.
    package var deed: AgentDeed?
    /// Whether the worker goes on when a call fails, instead of exiting.
    package var survivesFailure = false
  }

  /// Children that a worker adds to a supervisor, one at each interval.
  package struct Starting: Hashable, Sendable {
    /// The registered name of the supervisor.
    package var target: String
    /// The id of the child that it adds; nil when the supervisor has a template.
    package var child: String?
    /// Nil when it adds them all during its own start.
    package var every: Scenario.Span?
    /// It starts none while the supervisor has this many.
    package var most: Int
  }

  /// A link or a monitor, and what a worker does at the end of the other process.
  package struct Watching: Hashable, Sendable {
    /// What it does.
    package enum Reaction: Hashable, Sendable {
      /// It works on the message, as on any other.
      case work
      /// It stops with that reason; nil is the other's.
      case stop(ExitReason?)
    }

    /// The registered name of the other process.
    package var target: String
    /// The node that it is on; nil for the worker's own.
    package var node: NodeID?
    package var reaction: Reaction
  }

  /// When and how a worker ends by itself.
  package struct End: Hashable, Sendable {
    /// The number of the message on which it ends.
    package var onMessage: Int?
    /// The probability with which each message is its last.
    package var chance: Double?
    /// The time after which it ends.
    package var after: Scenario.Span?
    package var reason: ExitReason
    package var manner: Manner
  }

  /// How a process ends by itself, or does not come to life.
  package enum Manner: String, Hashable, Sendable, CaseIterable {
    /// In good order: its behaviour returns `stop`, or `error` from its start.
    case stop
    /// It calls exit/1.
    case exit
    /// An error is raised and not caught; the reason gets a stack trace.
    case error
  }

  /// How a worker's start goes.
  package struct Start: Hashable, Sendable {
    package var takes = Scenario.Span.zero
    /// The starts that fail, counted from 1 over the whole life of the machine.
    package var fails: Starts?
    package var reason: ExitReason = .failure(.atom("start_failed"))
    package var manner: Manner = .stop
    /// The starts that return `ignore`.
    package var ignores: Starts?
    /// The calls that it makes during its start, one after the other.
    package var calls: [Traffic] = []

    package init() {}
  }

  /// What a worker that traps exits does before it ends.
  package enum Stop: Hashable, Sendable {
    case atOnce
    /// It takes its time, and then exits with the reason that it ends for, or with that one.
    case takes(Scenario.Span, reason: ExitReason?)
    /// It never ends by itself; only `kill` ends it.
    case refuses
  }

  /// A part of the state that the inspector shows.
  package struct Field: Hashable, Sendable {
    /// Where its value comes from.
    package enum Value: Hashable, Sendable {
      case constant(String)
      /// Begins at 0 and grows with each message.
      case grows(by: Int)
      /// Changes with each message.
      case anyOf(ClosedRange<Int>)
    }

    package var name: String
    package var value: Value
  }
}

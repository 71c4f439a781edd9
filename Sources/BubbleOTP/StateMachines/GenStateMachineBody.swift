import BubbleEvents
import BubbleKernel

/// The process of a gen_statem.
///
/// Events are handled in this order: inserted ones, then, after a change of state, postponed ones,
/// then time-outs of no time, then the mailbox. What a transition does is collected in a flight and
/// takes effect when the last callback of the transition has returned; until then a failure finds
/// state and data as they were (OTP: SM4-SM12).
struct GenStateMachineBody<Machine: GenStateMachine>: ProcessBody {
  typealias Event = StateEvent<Machine>

  /// A transition under way.
  struct Flight: Sendable {
    /// The event that is handled; nil for the start.
    var event: Event?
    var state: Machine.State
    var machine: Machine
    /// Whether the present callback is an enter call, which may do less.
    var isEntering = false
    /// Whether an enter call is the next thing to do.
    var entersNext = false
    var isPostponed = false
    var inserted: [Event] = []
    var timeouts: [StateAction<Machine>] = []
  }

  /// A change of state, for the inspector.
  struct Transition: Sendable {
    var from: String
    var to: String
    var event: String
  }

  /// The callback that waits inside its turn.
  indirect enum Pending: Sendable {
    case initialize(Wait<Machine, StateMachineStart<Machine>>.Then)
    case event(before: Machine, Wait<Machine, StateResult<Machine>>.Then)
    case terminate(StateMachineEnding, Wait<Machine, TerminateResult<Machine>>.Then)
    /// Others get a turn between the events of a long row.
    case others
  }

  /// Callbacks that one turn may hold, so that a machine that keeps itself busy stops nobody.
  static var callbacksPerTurn: Int { 100 }
  /// Transitions that the inspector shows.
  static var shownTransitions: Int { 5 }

  var machine: Machine
  /// The state; nil until the start has gone well.
  var state: Machine.State?
  /// What is handled before the mailbox, the next one last.
  var queue: [Event] = []
  /// What waits for a change of state, in the order in which it was postponed.
  var postponed: [Event] = []
  var timers = StateTimers<Machine.Content>()
  var flight: Flight?
  var pending: Pending?
  var hasEnded = false
  var transitions: [Transition] = []

  init(_ machine: Machine) {
    self.machine = machine
  }

  var behaviour: String { machine.behaviour }

  mutating func start(_ context: inout ProcessContext) throws {
    do {
      initialized(try machine.initialize(&context), &context)
    } catch {
      finish(StateMachineEnding(raised: error), &context)
    }
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .call(let request, let caller):
      handle(unpack(request, as: Machine.Call.self).map { .call($0, caller) }, &context)
    case .cast(let request):
      handle(unpack(request, as: Machine.Cast.self).map { .cast($0) }, &context)
    case .plain(let payload): handle(.info(.message(payload)), &context)
    case .exit(let from, let reason):
      if let from, from == context.parent {
        end(StateMachineEnding(stopping: reason), &context)
      } else {
        handle(.info(.exit(from: from, reason: reason)), &context)
      }
    case .down(let mark, let pid, let reason): handle(.info(.down(mark, pid, reason)), &context)
    case .timer(let mark, let payload):
      guard let timeout = (payload as? StateTimerMark)?.timeout else {
        return handle(.info(.timer(mark, payload)), &context)
      }
      if let content = timers.end(timeout, mark) { handle(.timeout(timeout, content), &context) }
    case .reply(let mark, let reply): handle(.info(.reply(mark, reply)), &context)
    case .started(let pid, let result): handle(.info(.started(pid, result)), &context)
    case .control: context.refuseRequest("not_a_supervisor")
    case .system: break
    }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let waiting = pending else { return }
    pending = nil
    switch waiting {
    case .initialize(let then):
      do {
        initialized(try then(&machine, received, &context), &context)
      } catch {
        finish(StateMachineEnding(raised: error), &context)
      }
    case .event(let before, let then):
      step(before, &context) { machine, context in try then(&machine, received, &context) }
      run(&context)
    case .terminate(let ending, let then):
      do {
        terminated(try then(&machine, received, &context), ending, &context)
      } catch {
        finish(ending.replaced(by: error), &context)
      }
    case .others: run(&context)
    }
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    end(StateMachineEnding(stopping: reason), &context)
  }

  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    guard let state else { return "ok" }
    let old = machine
    do {
      self.state = try machine.codeChange(from: version, extra: extra, state, &context)
      return "ok"
    } catch {
      machine = old
      return ExitReason.codeChangeFailure(error)
    }
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    guard let state else { throw RaisedError("not_started") }
    self.state = try machine.replaceState(field, with: value, state)
  }

  func describeState() -> [ProcessInspection.Field] {
    var fields: [ProcessInspection.Field] = []
    func add(_ name: String, _ value: String) {
      fields.append(ProcessInspection.Field(name: name, value: value))
    }
    add("state", state.map { Term(reflecting: $0).description } ?? "not started")
    fields += machine.describeState()
    add("postponed", Self.list(postponed))
    if !queue.isEmpty { add("inserted", Self.list(queue.reversed())) }
    if let timeouts = timers.description { add("timeouts", timeouts) }
    for transition in transitions {
      add("\(transition.from) → \(transition.to)", transition.event)
    }
    return fields
  }

  private static func list(_ events: [Event]) -> String {
    guard !events.isEmpty else { return "0" }
    let first = events.prefix(shownTransitions).map(\.description).joined(separator: ", ")
    return "\(events.count): \(first)"
  }
}

extension GenStateMachineBody {
  // MARK: - The order of events

  private mutating func initialized(
    _ result: StateMachineStart<Machine>, _ context: inout ProcessContext
  ) {
    switch result {
    case .running(let first, let actions):
      state = first
      context.acknowledgeStart()
      context.post(
        .process(
          context.pid, .stateEntered(Term(reflecting: first), previous: nil, by: "start")))
      flight = Flight(event: nil, state: first, machine: machine)
      act(actions, entersNext: true, &context)
      run(&context)
    case .ignore: context.ignoreStart()
    case .stop(let reason): finish(StateMachineEnding(returning: reason), &context)
    case .invalid(let value):
      let reason = ExitReason(.tuple(["bad_return_from_init", value]))
      finish(StateMachineEnding(stopping: reason), &context)
    case .wait(let wait):
      pending = .initialize(wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  /// Handles an event from the mailbox, and all that follows from it; nil is an event that nobody
  /// wrote a clause for.
  private mutating func handle(_ event: Event?, _ context: inout ProcessContext) {
    guard let event else {
      return end(StateMachineEnding(raised: RaisedError("function_clause")), &context)
    }
    queue.append(event)
    run(&context)
  }

  /// Goes on until there is nothing to do but to take the next message.
  private mutating func run(_ context: inout ProcessContext) {
    var left = Self.callbacksPerTurn
    while pending == nil, !hasEnded, hasNextEvent {
      guard left > 0 else {
        pending = .others
        return context.wait(for: .nothing, timeout: .zero)
      }
      left -= 1
      guard let event = nextEvent(), let before = flight?.machine, let state = flight?.state else {
        return
      }
      step(before, &context) { machine, context in
        try machine.handleEvent(event, state, &context)
      }
    }
  }

  private var hasNextEvent: Bool {
    flight?.entersNext == true || !queue.isEmpty || timers.hasFirst
  }

  /// The event of the next callback, with a flight for it; nil when there is none.
  private mutating func nextEvent() -> Event? {
    guard let state else { return nil }
    if flight?.entersNext == true {
      flight?.entersNext = false
      flight?.isEntering = true
      return .enter(from: state)
    }
    guard let event = queue.popLast() ?? timers.popFirst().map({ .timeout($0.0, $0.1) }) else {
      return nil
    }
    flight = Flight(event: event, state: state, machine: machine)
    return event
  }

  /// Runs a callback, or goes on with one that waited.
  private mutating func step(
    _ before: Machine, _ context: inout ProcessContext,
    _ callback: (inout Machine, inout ProcessContext) throws -> StateResult<Machine>
  ) {
    guard var flight else { return }
    self.flight = nil
    do {
      let result = try callback(&flight.machine, &context)
      self.flight = flight
      handled(result, before, &context)
    } catch {
      end(StateMachineEnding(raised: error), &context)
    }
  }

  /// Completes a transition.
  mutating func commit(_ context: inout ProcessContext) {
    guard let flight, let old = state else { return }
    self.flight = nil
    state = flight.state
    machine = flight.machine
    if flight.isPostponed, let event = flight.event { postponed.append(event) }
    timers.cancel(.event, &context)
    if flight.state != old {
      timers.cancel(.state, &context)
      queue.append(contentsOf: postponed.reversed())
      postponed = []
      note(from: old, to: flight.state, by: flight.text, &context)
    }
    do {
      try start(flight.timeouts, &context)
    } catch {
      end(StateMachineEnding(raised: error), &context)
    }
    queue.append(contentsOf: flight.inserted.reversed())
  }

  private mutating func note(
    from old: Machine.State, to new: Machine.State, by event: String,
    _ context: inout ProcessContext
  ) {
    let previous = Term(reflecting: old)
    let state = Term(reflecting: new)
    context.post(.process(context.pid, .stateEntered(state, previous: previous, by: event)))
    let transition = Transition(
      from: previous.description, to: state.description, event: event)
    transitions.insert(transition, at: 0)
    if transitions.count > Self.shownTransitions { transitions.removeLast() }
  }
}

extension GenStateMachineBody.Flight {
  /// The event as the inspector shows it.
  var text: String { event?.description ?? "start" }
}

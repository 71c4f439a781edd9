import BubbleEvents
import BubbleKernel
import BubbleOTP

/// A worker of a scenario that is a gen_statem, and changes its state as its file says.
///
/// Calls, casts and plain messages are events by their first word; a call is answered when its
/// event is handled, which is later for a postponed one.
struct ScenarioStateMachine: GenStateMachine {
  var blueprint: ScenarioWorker.Blueprint
  /// Events handled; a postponed one counts each time.
  private(set) var events = 0

  init(_ blueprint: ScenarioWorker.Blueprint) {
    self.blueprint = blueprint
  }

  private var plan: Scenario.Worker { blueprint.worker }

  var behaviour: String { "gen_statem \(blueprint.id)" }

  var entersStates: Bool { true }

  mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> StateMachineStart<ScenarioStateMachine> {
    context.trapsExits = plan.trapsExits
    let isCounted = plan.start.fails != nil || plan.start.ignores != nil
    let start = isCounted ? context.count(blueprint.counter) : 1
    let duration = context.draw(plan.start.takes)
    guard duration > .zero else { return try begin(start) }
    return .wait(.sleeping(duration) { machine, _ in try machine.begin(start) })
  }

  private func begin(_ start: Int) throws -> StateMachineStart<ScenarioStateMachine> {
    if plan.start.ignores?.contains(start) == true { return .ignore }
    if plan.start.fails?.contains(start) == true {
      return .stop(try plan.start.manner.end(plan.start.reason))
    }
    return .running(.atom(plan.states.first?.name ?? ""))
  }

  mutating func handleEvent(
    _ event: StateEvent<ScenarioStateMachine>, _ state: Term, _ context: inout ProcessContext
  ) throws -> StateResult<ScenarioStateMachine> {
    let present = plan.states.first { .atom($0.name) == state }
    switch event {
    case .enter: return enter(present, &context)
    case .timeout: return .nextState((present?.timeout?.next).map(Term.atom) ?? state)
    case .call(let request, let caller):
      return try work(on: request, present, [.reply(caller, "ok")], &context)
    case .cast(let request): return try work(on: request, present, [], &context)
    case .info(.message(let payload)):
      return try work(on: payload as? Term ?? "message", present, [], &context)
    case .info, .internal: return .keepState()
    }
  }

  /// Takes its time to enter a state; the time-out of the state counts from then on.
  private func enter(
    _ state: Scenario.Worker.State?, _ context: inout ProcessContext
  ) -> StateResult<ScenarioStateMachine> {
    let actions: [StateAction<ScenarioStateMachine>] =
      (state?.timeout).map { [.timeout(.state, context.draw($0.after), .atom($0.next))] } ?? []
    let duration = context.draw(state?.enter ?? .zero)
    guard duration > .zero else { return .keepState(actions) }
    return .wait(.sleeping(duration) { _, _ in .keepState(actions) })
  }

  private mutating func work(
    on message: Term, _ state: Scenario.Worker.State?,
    _ actions: [StateAction<ScenarioStateMachine>], _ context: inout ProcessContext
  ) throws -> StateResult<ScenarioStateMachine> {
    events += 1
    let word = Self.word(of: message)
    let transition = state?.reactions.first { $0.event == word }?.transition ?? .stay
    if transition == .postpone { return .keepState([.postpone]) }
    let duration = context.draw(plan.work)
    guard duration > .zero else { return try result(transition, word, actions) }
    return .wait(
      .sleeping(duration) { machine, _ in try machine.result(transition, word, actions) })
  }

  private func result(
    _ transition: Scenario.Worker.Reaction.Transition, _ word: String,
    _ actions: [StateAction<ScenarioStateMachine>]
  ) throws -> StateResult<ScenarioStateMachine> {
    switch transition {
    case .go(let next): return .nextState(.atom(next), actions)
    case .stay: return .keepState(actions)
    case .postpone: return .keepState([.postpone])
    case .crash: throw RaisedError(.tuple(["crash", .atom(word)]))
    }
  }

  mutating func terminate(
    _ reason: ExitReason, _ state: Term, _ context: inout ProcessContext
  ) throws -> TerminateResult<ScenarioStateMachine> {
    plan.stop.result(&context)
  }

  /// The word of a message: itself, or what its tuple begins with.
  private static func word(of message: Term) -> String {
    if case .tuple(let parts) = message, let first = parts.first { return first.description }
    return message.description
  }

  mutating func replaceState(
    _ field: String, with value: Term, _ state: Term
  ) throws -> Term {
    switch (field, value) {
    case ("state", .atom(let name)) where plan.states.contains { $0.name == name }: return value
    case ("events", .integer(let number)) where Scenario.Limits.counts.contains(number):
      events = number
      return state
    case ("state", _), ("events", _): throw RaisedError.badArgument
    default: throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "events", value: "\(events)")]
  }
}

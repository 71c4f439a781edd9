import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// Runs a scenario of one state machine, as Tests/Oracle/src/oracle_statem.erl does.
struct StateMachineRunner {
  /// One unit of a scenario's time, and the time from one step to the next.
  static let unit = Duration.milliseconds(10)
  static let step = unit * 20

  private var simulation = Simulation(seed: 1)
  private let witness: PID

  private init() {
    witness = simulation.spawn(BehaviourWitness())
    simulation.runUntilIdle()
  }

  static func trace(of scenario: JSONValue) -> [JSONValue] {
    var runner = StateMachineRunner()
    return BehaviourText.trace(of: scenario, runner.lines(of: scenario))
  }

  private mutating func lines(of scenario: JSONValue) -> [String] {
    let machine = OracleMachine(plan: .init(scenario: scenario, owner: witness))
    order { witness, context in
      guard case .spawned(let pid, _) = context.startStateMachine(machine) else { return }
      witness.subject = pid
    }
    while simulation.takeTurn() {}
    let start = simulation.now
    for (index, messages) in (scenario["steps"]?.array ?? []).enumerated() {
      guard subject != nil else { break }
      order { witness, context in
        witness.lines.append("step \(index + 1)")
        for message in messages.array ?? [] { witness.send(message, &context) }
      }
      simulation.run(until: start + Self.step * (index + 1))
    }
    if let subject {
      simulation.stop(subject, reason: ExitReason(.atom(scenario["end"]?.string ?? "normal")))
      simulation.runUntilIdle(for: .zero)
    }
    return all("line")
  }

  private mutating func order(
    _ deed: @escaping @Sendable (inout BehaviourWitness, inout ProcessContext) -> Void
  ) {
    simulation.send(BehaviourWitness.Order(deed: deed), to: witness)
  }

  private func all(_ name: String) -> [String] {
    (simulation.inspect(witness)?.state ?? []).filter { $0.name == name }.map(\.value)
  }

  private var subject: PID? { all("subject").first.flatMap { PID($0) } }
}

extension BehaviourWitness {
  /// Sends one message of a step.
  fileprivate mutating func send(_ message: JSONValue, _ context: inout ProcessContext) {
    let words = (message.array ?? []).compactMap(\.string)
    guard let subject, words.count == 2 else { return }
    switch words[0] {
    case "cast": context.cast(Term.atom(words[1]), to: subject)
    case "call": calls[context.call(Term.atom(words[1]), to: subject)] = words[1]
    default: context.send(Term.atom(words[1]), to: subject)
    }
  }
}

/// A state machine whose behaviour is data.
struct OracleMachine: GenStateMachine {
  final class Plan: Sendable {
    let scenario: JSONValue
    let owner: PID

    init(scenario: JSONValue, owner: PID) {
      self.scenario = scenario
      self.owner = owner
    }
  }

  let plan: Plan
  var count = 0

  init(plan: Plan) {
    self.plan = plan
  }

  var entersStates: Bool { plan.scenario["enter"]?.bool ?? false }

  mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> StateMachineStart<OracleMachine> {
    tell("init", &context)
    let rule = plan.scenario["init"] ?? .null
    switch rule["do"]?.string {
    case "ok": return .running(rule.state, actions(rule, nil))
    case "ignore": return .ignore
    case "stop_init": return .stop(rule.reason)
    default: return .invalid(.tuple(["odd", rule.reason.term]))
    }
  }

  mutating func handleEvent(
    _ event: StateEvent<OracleMachine>, _ state: Term, _ context: inout ProcessContext
  ) throws -> StateResult<OracleMachine> {
    let key = "\(state) \(event)"
    tell("\(key) #\(count)", &context)
    var caller: Caller?
    if case .call(_, let from) = event { caller = from }
    count += 1
    guard let rule = plan.scenario["rules"]?[key] else {
      return .keepState(caller.map { [.reply($0, .integer(count))] } ?? [])
    }
    return try result(rule, caller)
  }

  mutating func terminate(
    _ reason: ExitReason, _ state: Term, _ context: inout ProcessContext
  ) throws -> TerminateResult<OracleMachine> {
    tell("terminate \(BehaviourText.reason(reason.term)) in \(state) #\(count)", &context)
    if let rule = plan.scenario["rules"]?["terminate"] {
      if case .wait = try result(rule, nil) { preconditionFailure("no rule waits") }
    }
    return .done
  }

  private func tell(_ line: String, _ context: inout ProcessContext) {
    context.send(line, to: plan.owner)
  }

  private func result(
    _ rule: JSONValue, _ caller: Caller?
  ) throws -> StateResult<OracleMachine> {
    let actions = actions(rule, caller)
    switch rule["do"]?.string ?? "keep" {
    case "next": return .nextState(rule.state, actions)
    case "keep": return .keepState(actions)
    case "keep_data": return .keepStateAndData(actions)
    case "repeat": return .repeatState(actions)
    case "repeat_data": return .repeatStateAndData(actions)
    case "stop": return .stop(rule.reason)
    case "stop_and_reply":
      return .stopAndReply(
        rule.reason, caller.map { [(caller: $0, reply: Term.atom("gone"))] } ?? [])
    case "raise": throw RaisedError(rule.reason.term)
    case "exit": throw ProcessExit(rule.reason)
    default: return .invalid(.tuple(["odd", rule.reason.term]))
    }
  }

  private func actions(
    _ rule: JSONValue, _ caller: Caller?
  ) -> [StateAction<OracleMachine>] {
    (rule["actions"]?.array ?? []).compactMap { action(($0.array ?? []), caller) }
  }

  private func action(
    _ parts: [JSONValue], _ caller: Caller?
  ) -> StateAction<OracleMachine>? {
    let words = parts.map { $0.string ?? "" }
    let content = Term.atom(words.last ?? "")
    switch words[0] {
    case "postpone": return .postpone
    case "hibernate": return .hibernate
    case "reply": return caller.map { .reply($0, .integer(count)) }
    case "next_event": return .nextEvent(event(words[1], content))
    case "timeout":
      return .timeout(timer(words[1]), StateMachineRunner.unit * (parts[2].integer ?? 0), content)
    case "cancel": return .cancel(timer(words[1]))
    default: return .update(timer(words[1]), content)
    }
  }

  private func event(_ type: String, _ content: Term) -> StateEvent<OracleMachine> {
    switch type {
    case "internal": .internal(content)
    case "cast": .cast(content)
    case "enter": .enter(from: content)
    default: .info(.message(content))
    }
  }

  private func timer(_ name: String) -> StateTimeout {
    switch name {
    case "event": .event
    case "state": .state
    default: .named(.atom(name))
    }
  }
}

extension JSONValue {
  fileprivate var state: Term { .atom(self["state"]?.string ?? "") }
  fileprivate var reason: ExitReason { ExitReason(.atom(self["reason"]?.string ?? "normal")) }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP

/// A worker of a scenario: a gen_server that behaves as its file says.
///
/// Time passes for it only inside `Wait.sleeping` and through its timers, and all its chance comes
/// from the machine's generator.
struct ScenarioWorker: GenServer {
  /// What all incarnations of a worker, and all children of a template, have in common.
  final class Blueprint: Sendable {
    let id: String
    let worker: Scenario.Worker
    /// Where its starts are counted.
    let counter: String
    /// Its place, which tells it from others of its module; empty outside of releases.
    let place: String

    init(id: String, worker: Scenario.Worker, counter: String, place: String = "") {
      self.place = place
      self.id = id
      self.worker = worker
      self.counter = counter
    }
  }

  private(set) var blueprint: Blueprint
  /// Messages handled, its own timers among them.
  var messages = 0
  /// The present values of the parts of its state that chance makes.
  var values: [Int]
  /// The parts of its state that were replaced, and how many messages it had handled then.
  var replaced: [String: (value: Term, messages: Int)] = [:]
  /// What has come of its tasks.
  var tasks = TaskTally()
  /// The keys that it has registered.
  var registered: [String] = []
  /// What it does at the end of those it watches.
  var reactions = Reactions()
  /// What it has to do with its global name.
  var crown = Crown.none
  /// The monitor of whoever has the name that it waits for.
  var ownerMark: Reference?
  /// The last messages, as many as it remembers.
  var remembered: [Term] = []
  /// Why its last call failed that it has survived.
  var lastFailure: Term?
  /// Whether it has told that the machine is too full for further children.
  var hasToldLimit = false
  /// How many messages it has sent along each of its calls and casts.
  private var sent: [Alarm: Int] = [:]

  init(_ blueprint: Blueprint) {
    self.blueprint = blueprint
    values = []
  }

  var plan: Scenario.Worker { blueprint.worker }

  var behaviour: String { "gen_server \(blueprint.id)" }

  // MARK: - Beginning and end

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<ScenarioWorker> {
    context.trapsExits = plan.trapsExits
    let isCounted = plan.start.fails != nil || plan.start.ignores != nil
    let start = isCounted ? context.count(blueprint.counter) : 1
    let duration = context.draw(plan.start.takes)
    guard duration > .zero else { return try begin(start, &context) }
    return .wait(.sleeping(duration) { server, context in try server.begin(start, &context) })
  }

  private mutating func begin(
    _ start: Int, _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    if plan.start.ignores?.contains(start) == true { return .ignore }
    if plan.start.fails?.contains(start) == true {
      return .stop(try plan.start.manner.end(plan.start.reason))
    }
    drawValues(&context)
    if let reason = try registerKeys(&context) { return .stop(reason) }
    return try watchOthers(plan.links[...], &context)
  }

  /// The end of a start, when everybody has answered whom it asks.
  mutating func started(_ context: inout ProcessContext) throws -> InitResult<ScenarioWorker> {
    for alarm in Alarm.all(of: plan) { try set(alarm, &context) }
    return try guardHandler(&context)
  }

  /// Takes its time, or refuses to end, whatever it ends of.
  mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<ScenarioWorker> {
    plan.stop.result(&context)
  }

  // MARK: - Messages

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<ScenarioWorker> {
    try take(request, &context)
    let duration = take(&context)
    guard duration > .zero else { return try answer(&context) }
    return .wait(.sleeping(duration) { server, context in try server.answer(&context) })
  }

  mutating func handleCast(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    try take(request, &context)
    return try work(&context)
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    if case .message(let exit as HandlerExit) = message {
      return .stop(.failure(.tuple(["handler_gone", exit.handler.term])))
    }
    if let reason = reaction(to: message) { return .stop(reason) }
    if let result = try heedName(message, &context) { return result }
    if case .message(let term as Term) = message { try take(term, &context) }
    guard case .timer(_, let payload) = message, let alarm = payload as? Alarm else {
      return try work(&context)
    }
    return try ring(alarm, &context)
  }

  /// Counts a message, and says how long the work on it takes.
  private mutating func take(_ context: inout ProcessContext) -> Duration {
    count(&context)
    return context.draw(plan.work)
  }

  mutating func count(_ context: inout ProcessContext) {
    messages += 1
    drawValues(&context)
  }

  mutating func work(
    _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    let duration = take(&context)
    guard duration > .zero else { return try goOn(&context) }
    return .wait(.sleeping(duration) { server, context in try server.goOn(&context) })
  }

  private mutating func answer(
    _ context: inout ProcessContext
  ) throws -> CallResult<ScenarioWorker> {
    if let reason = try lastMessage(&context) { return .stop(reason, reply: nil) }
    return .reply("ok")
  }

  private mutating func goOn(
    _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    if let reason = try lastMessage(&context) { return .stop(reason) }
    return .noReply
  }

  /// The reason to end with, if the message just handled is the last one.
  private mutating func lastMessage(_ context: inout ProcessContext) throws -> ExitReason? {
    guard let end = plan.end else { return nil }
    var isLast = messages == end.onMessage
    if let chance = end.chance, Double.random(in: 0..<1, using: &context.generator) < chance {
      isLast = true
    }
    return isLast ? try end.manner.end(end.reason) : nil
  }

  // MARK: - Alarms

  private func set(_ alarm: Alarm, _ context: inout ProcessContext) throws {
    let delay = context.draw(alarm.span(of: plan))
    _ = try context.startTimer(delay, alarm, to: .pid(context.pid))
  }

  private mutating func ring(
    _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    if alarm == .claim { return try claimAgain(&context) }
    // Another version of the worker may have set it.
    guard Alarm.all(of: plan).contains(alarm) else { return .noReply }
    switch alarm {
    case .end:
      guard let end = plan.end else { return .noReply }
      return .stop(try end.manner.end(end.reason))
    case .tick:
      try set(alarm, &context)
      return try work(&context)
    case .cast(let index):
      let cast = plan.casts[index]
      try send(cast, request(cast, alarm), &context)
      return try repeated(alarm, &context)
    case .call(let index):
      return try call(plan.calls[index], alarm, &context)
    case .start(let index):
      return try start(plan.starts[index], alarm, &context)
    case .task(let index):
      return try begin(plan.tasks[index], alarm, &context)
    case .handlerChange(let index):
      return try change(plan.handlerChanges[index], &context)
    case .claim: return .noReply
    }
  }

  mutating func repeated(
    _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    count(&context)
    try set(alarm, &context)
    return try goOn(&context)
  }

  private mutating func request(
    _ traffic: Scenario.Worker.Traffic, _ alarm: Alarm
  ) -> any Sendable {
    if let deed = traffic.deed { return deed.request }
    sent[alarm, default: 0] += 1
    return Term.tuple([traffic.message, .integer(sent[alarm, default: 0])])
  }

  private mutating func call(
    _ call: Scenario.Worker.Traffic, _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    if call.survivesFailure || call.isOrder {
      return try callCarefully(call, request(call, alarm), alarm, &context)
    }
    return .wait(
      try calling(request(call, alarm), call, &context) { server, _, context in
        try server.repeated(alarm, &context)
      })
  }

  // MARK: - Change of code

  /// The worker as another version has it: it keeps what it has counted, and its timers.
  func changed(
    to blueprint: Blueprint, _ context: inout ProcessContext
  ) throws -> ScenarioWorker {
    var worker = self
    let known = Alarm.all(of: plan)
    worker.blueprint = blueprint
    for alarm in Alarm.all(of: worker.plan) where !known.contains(alarm) {
      try worker.set(alarm, &context)
    }
    worker.replaced = replaced.filter { name, _ in
      worker.plan.state.contains { $0.name == name }
    }
    worker.drawValues(&context)
    return worker
  }

  // MARK: - State

  private mutating func drawValues(_ context: inout ProcessContext) {
    values.removeAll(keepingCapacity: true)
    for field in plan.state {
      guard case .anyOf(let range) = field.value else { continue }
      values.append(Int.random(in: range, using: &context.generator))
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    var values = values[...]
    let fields = plan.state.map { field in
      let value =
        switch field.value {
        case _ where replaced[field.name] != nil: replacedValue(of: field)
        case .constant(let text): text
        case .grows(let step): String(messages.multipliedReportingOverflow(by: step).partialValue)
        case .anyOf: values.popFirst().map(String.init) ?? ""
        }
      return ProcessInspection.Field(name: field.name, value: value)
    }
    return fields + tasks.fields + clusterFields
      + registered.map { ProcessInspection.Field(name: "registered", value: $0) }
      + [ProcessInspection.Field(name: "messages", value: String(messages))]
  }
}

extension Scenario.Worker.Stop {
  /// What terminate does.
  func result<Server: Sendable>(_ context: inout ProcessContext) -> TerminateResult<Server> {
    switch self {
    case .atOnce: .done
    case .takes(let span, let reason):
      .wait(
        .sleeping(context.draw(span)) { _, _ in
          if let reason { throw ProcessExit(reason) }
          return .done
        })
    case .refuses: .wait(.sleeping(nil) { _, _ in .done })
    }
  }
}

extension Scenario.Worker.Manner {
  /// Ends a callback with `reason` in this manner: by returning it, or by throwing.
  func end(_ reason: ExitReason) throws -> ExitReason {
    switch self {
    case .stop: return reason
    case .exit: throw ProcessExit(reason)
    case .error: throw RaisedError(reason.term)
    }
  }
}

extension ProcessContext {
  /// A duration within `span`, by the machine's chance.
  mutating func draw(_ span: Scenario.Span) -> Duration {
    guard span.lower < span.upper else { return span.lower }
    let range = span.lower.wholeNanoseconds...span.upper.wholeNanoseconds
    return .nanoseconds(Int64.random(in: range, using: &generator))
  }
}

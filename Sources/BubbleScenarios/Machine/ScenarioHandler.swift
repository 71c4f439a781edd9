import BubbleEvents
import BubbleKernel
import BubbleOTP

/// A handler of a scenario's event manager: it counts events, and fails on some.
struct ScenarioHandler: GenEventHandler {
  let plan: Scenario.Worker.Handler
  private(set) var events = 0
  private(set) var last: Term?

  init(_ plan: Scenario.Worker.Handler) {
    self.plan = plan
  }

  var id: HandlerID { HandlerID(plan.id) }

  /// Who takes the place of another handler goes on counting where that one was.
  mutating func initialize(
    _ predecessor: Term?, _ context: inout ProcessContext
  ) throws -> HandlerStart {
    if case .integer(let count)? = predecessor { events = count }
    return .ok
  }

  /// What is told to the one that takes its place.
  mutating func terminate(_ end: HandlerEnd, _ context: inout ProcessContext) throws -> Term {
    .integer(events)
  }

  mutating func handleEvent(
    _ event: Term, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    events += 1
    last = event
    if plan.fails?.contains(events) == true {
      throw RaisedError(.tuple(["failed_on_event", .integer(events)]))
    }
    return .ok
  }

  /// What a script or a fault sends is an event like any other.
  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    guard case .message(let payload as Term) = message else { return .ok }
    return try handleEvent(payload, &context)
  }

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "events", value: "\(events)")]
      + (last.map { [ProcessInspection.Field(name: "last", value: $0.description)] } ?? [])
  }
}

extension ScenarioWorker {
  /// Adds the handler that it guards, if there is one, and goes on when the manager has answered.
  ///
  /// A manager that is not there, or does not take the handler, fails the start.
  func guardHandler(
    _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let guarding = plan.guarding else { return .ok }
    let handler = ScenarioHandler(guarding.handler)
    guard let manager = context.whereis(guarding.target) else {
      return .stop(.failure(.tuple(["no_event_manager", .atom(guarding.target)])))
    }
    return .wait(
      try .callingEventManager(
        .add(handler.id, handler, isSupervised: true), to: .pid(manager), &context
      ) { _, answer, _ in
        answer == "ok" ? .ok : .stop(.failure(.tuple(["handler_refused", answer])))
      })
  }

  /// Deletes a handler, or swaps it for another one, and goes on whatever the manager answers.
  mutating func change(
    _ change: Scenario.Worker.HandlerChange, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    let old = HandlerID(change.handler)
    let request: GenEventRequest
    if let replacement = change.replacement.map({ ScenarioHandler($0) }) {
      request = .swap(old, "swap", to: replacement.id, replacement)
    } else {
      request = .delete(old, "delete")
    }
    return .wait(
      try .callingEventManager(request, to: .local(change.target), &context) {
        server, _, context in try server.work(&context)
      })
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP

/// The workers of a module in one version, by their places.
struct ModuleWorkers: Sendable {
  private let blueprints: [String: ScenarioWorker.Blueprint]

  init(_ parts: [String: ReleaseBuilder.Part]) {
    blueprints = parts.compactMapValues { part in
      guard case .worker(let worker) = part.child.content else { return nil }
      return ScenarioWorker.Blueprint(
        id: part.child.id, worker: worker, counter: "starts of \(part.place)", place: part.place)
    }
  }

  private func blueprint(_ arguments: [Term]) throws -> ScenarioWorker.Blueprint {
    guard let found = arguments.place.flatMap({ blueprints[$0] }) else {
      throw RaisedError("function_clause")
    }
    return found
  }

  /// The first version of the module; all its workers have the behaviour of `worker`.
  func first(
    _ name: String, version: Term, like worker: Scenario.Worker,
    _ named: @escaping ModuleCode.Naming
  ) -> ModuleCode {
    if !worker.states.isEmpty {
      return .genStateMachine(name, version: version, named: named) {
        ScenarioStateMachine(try blueprint($0))
      }
    }
    guard worker.isServer else {
      return ModuleCode(name, version: version, start: start(named))
    }
    return .genServer(name, version: version, named: named) {
      ScenarioWorker(try blueprint($0))
    }
  }

  /// The version after `before`, whose workers are `old`.
  ///
  /// A server and a state machine keep what they have counted; an event manager keeps its handlers,
  /// and an agent its state.
  func next(
    after before: ModuleCode, _ old: ModuleWorkers?, version: Term, like worker: Scenario.Worker,
    _ named: @escaping ModuleCode.Naming
  ) -> ModuleCode {
    if !worker.states.isEmpty {
      return before.nextStateMachine(
        version: version, named: named,
        up: { (machine: inout ScenarioStateMachine, _, _, _) in try machine.change(to: self) },
        down: { machine, _, _, _ in try machine.change(to: old) }
      ) { ScenarioStateMachine(try blueprint($0)) }
    }
    guard worker.isServer else {
      return ModuleCode(
        after: before, version: version, start: start(named), up: ModuleCode.askBody,
        down: ModuleCode.askBody)
    }
    return before.next(
      version: version, named: named,
      up: { (worker: ScenarioWorker, _: Term, context: inout ProcessContext) in
        let plan = try counterpart(of: worker.blueprint)
        if let reason = plan.worker.refusal { throw CodeChangeRefusal(reason) }
        return try worker.changed(to: plan, &context)
      },
      down: { (worker: ScenarioWorker, _: Term, context: inout ProcessContext) in
        guard let plan = try old?.counterpart(of: worker.blueprint) else {
          throw RaisedError("function_clause")
        }
        return try worker.changed(to: plan, &context)
      }
    ) { ScenarioWorker(try blueprint($0)) }
  }

  /// What a worker is in this version.
  func counterpart(
    of blueprint: ScenarioWorker.Blueprint
  ) throws -> ScenarioWorker.Blueprint {
    guard let plan = blueprints[blueprint.place] else { throw RaisedError("function_clause") }
    return plan
  }

  private func start(_ named: @escaping ModuleCode.Naming) -> ProcessStart {
    ProcessStart { context, arguments in
      let plan = try blueprint(arguments)
      let start = ScenarioBuilder.start(plan.worker, plan, name: named(arguments))
      return try start.run(&context, [])
    }
  }
}

extension Scenario.Worker {
  /// Whether it is a gen_server that behaves as told; others keep what they are across versions.
  fileprivate var isServer: Bool { states.isEmpty && handlers == nil && agent == nil }
}

extension ScenarioStateMachine {
  /// Goes on in the present state with what the other version says.
  fileprivate mutating func change(to workers: ModuleWorkers?) throws {
    guard let plan = try workers?.counterpart(of: blueprint) else {
      throw RaisedError("function_clause")
    }
    if let reason = plan.worker.refusal { throw CodeChangeRefusal(reason) }
    blueprint = plan
  }
}

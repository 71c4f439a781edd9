import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Makes supervisors and child specifications of a scenario's tree.
struct ScenarioBuilder {
  /// The number of the place built last; it tells the counters of places apart.
  private var number = 0
  /// What the names of the counters begin with, where several builders make one machine.
  private let part: String

  init(part: String = "") {
    self.part = part
  }

  /// The root supervisor, or the worker that stands alone in its place.
  mutating func start(_ child: Scenario.Child) -> ProcessStart {
    number += 1
    switch child.content {
    case .worker(let worker):
      let blueprint = ScenarioWorker.Blueprint(
        id: child.id, worker: worker, counter: "\(part)starts of place \(number)")
      return Self.start(worker, blueprint, name: child.registeredName)
    case .supervisor(let flags, let children):
      let specs = children.map { specification($0) }
      var supervisor = Supervisor(
        child.id, name: child.registeredName, flags: flags, children: specs)
      supervisor.offers = offers(child.offers)
      return supervisor.start
    case .dynamic(let flags, let template, let count):
      let filling = filling(count)
      var spec = specification(template)
      spec.start = filling.continuing(spec.start)
      return Supervisor(child.id, name: child.registeredName) { [spec] context in
        filling.begin(&context)
        return .supervise(flags, [spec])
      }.start
    case .applications(let applications): return start(applications)
    case .nodes: preconditionFailure("nodes have no process in common")
    case .special(let flags, .own(let children, let most)):
      return start(child, flags, children, most: most)
    case .special(let flags, .limited(let template, let count, let most)):
      return start(child, flags, template, count: count, most: most)
    case .special(let flags, let special):
      return start(special, child.registeredName ?? child.id, flags)
    }
  }

  /// A supervisor that finds its children by itself.
  private mutating func start(
    _ special: Scenario.Special, _ name: String, _ flags: SupervisorFlags
  ) -> ProcessStart {
    switch special {
    case .registry(let keys, let partitions):
      var registry = Registry(name, keys: keys, partitions: partitions)
      registry.intensity = flags.intensity
      return registry.supervisor.start
    case .tasks(let most):
      return TaskSupervisor(intensity: flags.intensity, maximumChildren: most)
        .supervisor(name, name: name).start
    case .partitions(let template, let count):
      return PartitionSupervisor(
        name, child: specification(template), partitions: count, strategy: flags.strategy,
        intensity: flags.intensity
      ).supervisor(name).start
    case .own, .limited: preconditionFailure("a supervisor of added children is started as a child")
    }
  }

  private mutating func start(_ applications: [Scenario.Application]) -> ProcessStart {
    var boot: [(name: String, restart: ApplicationRestart)] = []
    var loaded: [String] = []
    var definitions: [ApplicationDefinition] = []
    for application in applications {
      number += 1
      let counter = "starts of place \(number)"
      let code = application.tree.map {
        ScenarioApplication(plan: application, top: start($0), counter: counter)
      }
      definitions.append(ApplicationDefinition(application.resource, code))
      switch application.boot {
      case .start(let restart): boot.append((application.name, restart))
      case .load: loaded.append(application.name)
      case .none, .included: break
      }
    }
    return ApplicationController.start(available: definitions, boot: boot, loaded: loaded)
  }

  /// A worker's start, by its behaviour.
  static func start(
    _ worker: Scenario.Worker, _ blueprint: ScenarioWorker.Blueprint, name: String?
  ) -> ProcessStart {
    if let agent = worker.agent {
      return .genServer(name: name) { Agent<Term>(blueprint.id) { agent } }
    }
    if let leading = worker.leads {
      var options = LeaderOptions(candidates: leading.candidates, workers: leading.workers)
      options.heartbeat = leading.heartbeat
      options.needsMajority = leading.needsMajority
      return .genLeader(name: blueprint.id, options) { ScenarioLeader(blueprint.id) }
    }
    if !worker.states.isEmpty {
      return .genStateMachine(name: name) { ScenarioStateMachine(blueprint) }
    }
    if let handlers = worker.handlers {
      // The first in the file is the first that hears of an event, so it is added last.
      return .genEvent(name: name, module: blueprint.id) {
        handlers.reversed().map { (HandlerID($0.id), ScenarioHandler($0)) }
      }
    }
    return .genServer(name: name) { ScenarioWorker(blueprint) }
  }

  /// The first children of the place that is being built.
  func filling(_ count: Int) -> Filling {
    Filling(count: count, counter: "\(part)fillings of place \(number)")
  }

  mutating func specification(_ child: Scenario.Child) -> ChildSpec {
    ChildSpec(
      id: .atom(child.id), start: start(child), restart: child.restart, shutdown: child.shutdown,
      kind: child.kind, isSignificant: child.isSignificant, modules: .list([.atom(child.id)]))
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Makes supervisors and child specifications of a scenario's tree.
struct ScenarioBuilder {
  /// The number of the place built last; it tells the counters of places apart.
  private var number = 0

  /// The root supervisor, or the worker that stands alone in its place.
  mutating func start(_ child: Scenario.Child) -> ProcessStart {
    number += 1
    switch child.content {
    case .worker(let worker):
      let blueprint = ScenarioWorker.Blueprint(
        id: child.id, worker: worker, counter: "starts of place \(number)")
      return .genServer(name: child.registeredName) { ScenarioWorker(blueprint) }
    case .supervisor(let flags, let children):
      let specs = children.map { specification($0) }
      return Supervisor(
        child.id, name: child.registeredName, flags: flags, children: specs
      ).start
    case .dynamic(let flags, let template, let count):
      let filling = Filling(count: count, counter: "fillings of place \(number)")
      var spec = specification(template)
      spec.start = filling.continuing(spec.start)
      return Supervisor(child.id, name: child.registeredName) { [spec] context in
        filling.begin(&context)
        return .supervise(flags, [spec])
      }.start
    }
  }

  private mutating func specification(_ child: Scenario.Child) -> ChildSpec {
    ChildSpec(
      id: .atom(child.id), start: start(child), restart: child.restart, shutdown: child.shutdown,
      kind: child.kind, isSignificant: child.isSignificant, modules: .list([.atom(child.id)]))
  }
}

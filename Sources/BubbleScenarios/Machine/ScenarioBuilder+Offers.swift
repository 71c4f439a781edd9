import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Supervisors to which children are added while they run.
extension ScenarioBuilder {
  /// What is started when a child is asked for by its id: one that the file describes, or a worker
  /// without properties.
  mutating func offers(
    _ children: [Scenario.Child]
  ) -> @Sendable ([Term]) -> ChildSpec? {
    offers(Dictionary(children.map { (.atom($0.id), specification($0)) }) { first, _ in first })
  }

  private func offers(_ specs: [Term: ChildSpec]) -> @Sendable ([Term]) -> ChildSpec? {
    { arguments in
      guard arguments.count == 1, let id = arguments.first else { return nil }
      if let spec = specs[id] { return spec }
      guard case .atom(let name) = id, !name.isEmpty else { return nil }
      let blueprint = ScenarioWorker.Blueprint(
        id: name, worker: Scenario.Worker(), counter: "starts of \(name)")
      return ChildSpec(
        id: id, start: Self.start(blueprint.worker, blueprint, name: nil), modules: .list([id]))
    }
  }

  /// A supervisor of children that bring their own specifications.
  mutating func start(
    _ child: Scenario.Child, _ flags: SupervisorFlags, _ children: [Scenario.Child], most: Int?
  ) -> ProcessStart {
    let filling = filling(children.count)
    let first = children.enumerated().map { index, child in
      var spec = specification(child)
      spec.start = filling.continuing(spec.start, number: index + 1)
      return spec
    }
    let known = offers(children + child.offers)
    return dynamic(child, flags, filling, most: most) { arguments in
      if case .integer(let number)? = arguments.first, first.indices.contains(number - 1) {
        return first[number - 1]
      }
      return known(arguments)
    }
  }

  /// A supervisor of copies of one child, at most so many.
  mutating func start(
    _ child: Scenario.Child, _ flags: SupervisorFlags, _ template: Scenario.Child, count: Int,
    most: Int
  ) -> ProcessStart {
    let filling = filling(count)
    let spec = specification(template)
    return dynamic(child, flags, filling, most: most) { arguments in
      guard case .integer(let number)? = arguments.first else { return spec }
      var numbered = spec
      numbered.start = filling.continuing(spec.start, number: number)
      return numbered
    }
  }

  private func dynamic(
    _ child: Scenario.Child, _ flags: SupervisorFlags, _ filling: Filling, most: Int?,
    offers: @escaping @Sendable ([Term]) -> ChildSpec?
  ) -> ProcessStart {
    var supervisor = Supervisor(child.id, name: child.registeredName) { context in
      filling.begin(&context)
      return .dynamic(DynamicSupervisor(intensity: flags.intensity, maximumChildren: most))
    }
    supervisor.offers = offers
    return supervisor.start
  }
}

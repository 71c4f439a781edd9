internal import BubbleEvents
internal import BubbleKernel

extension SupervisorStateMachine {
  mutating func requested(
    _ request: SupervisorRequest, _ caller: Caller?, isAlive: (PID) -> Bool
  ) -> [SupervisorAction] {
    switch request {
    case .startChild(let spec):
      return add(caller) { mode throws(SpecificationError) in
        try spec.checked(autoShutdown: mode)
      }
    case .startUnchecked(let spec):
      return add(caller) { mode throws(SpecificationError) in
        try spec.checked(autoShutdown: mode)
      }
    case .startDynamic(let arguments):
      let error = Term.tuple(["invalid_child_spec", .list(arguments)])
      return [.reply(caller, .failure(.badSpec(error)))]
    case .terminateChild(let id): return terminate(id, caller)
    case .restartChild(let id): return restartStopped(id, caller)
    case .deleteChild(let id): return delete(id, caller)
    case .getChildSpec(let id):
      guard let index = index(of: id) else { return [.reply(caller, .failure(.notFound))] }
      return [.reply(caller, .spec(children[index].spec))]
    case .whichChild(let id):
      guard let index = index(of: id) else { return [.reply(caller, .failure(.notFound))] }
      return [.reply(caller, .entry(children[index].entry))]
    case .whichChildren: return [.reply(caller, .children(children.reversed().map(\.entry)))]
    case .countChildren: return [.reply(caller, .counts(counts(isAlive)))]
    }
  }

  func hasPlace(_ id: ChildID) -> Bool { index(of: key(of: id)) != nil }

  func key(of id: ChildID) -> Term {
    switch id {
    case .named(let term): term
    case .dynamic(let number): .integer(number)
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "strategy", value: flags.strategy.rawValue),
      .init(
        name: "intensity", value: flags.intensity.description),
      .init(name: "auto_shutdown", value: flags.autoShutdown.rawValue),
      .init(name: "restarts", value: history.description),
      .init(name: "children", value: String(children.count)),
    ]
  }

  // MARK: - Requests, one by one

  /// A new id goes to the end of the start order; a known one is refused (S81).
  private mutating func add(
    _ caller: Caller?, _ check: (AutoShutdown) throws(SpecificationError) -> ChildSpec
  ) -> [SupervisorAction] {
    let checked: ChildSpec
    do {
      checked = try check(flags.autoShutdown)
    } catch {
      return [.reply(caller, .failure(.badSpec(error.term)))]
    }
    if let index = index(of: checked.id) {
      switch children[index].state {
      case .running(let pid): return [.reply(caller, .failure(.alreadyStarted(pid)))]
      case .empty, .restarting: return [.reply(caller, .failure(.alreadyPresent))]
      }
    }
    let position = children.count
    children.append(Child(spec: checked))
    activity = .starting(cursor: position, purpose: .adding(caller))
    return [.post(specified(children[position], position)), startAction(position)]
  }

  private mutating func terminate(_ id: Term, _ caller: Caller?) -> [SupervisorAction] {
    guard let index = index(of: id) else { return [.reply(caller, .failure(.notFound))] }
    activity = .stopping(cursor: index, lowest: index, then: .reply(caller))
    return stopNext()
  }

  /// Not counted against the intensity, and not tried again (S86, S45).
  private mutating func restartStopped(_ id: Term, _ caller: Caller?) -> [SupervisorAction] {
    guard let index = index(of: id) else { return [.reply(caller, .failure(.notFound))] }
    switch children[index].state {
    case .running: return [.reply(caller, .failure(.running))]
    case .restarting: return [.reply(caller, .failure(.restarting))]
    case .empty:
      activity = .starting(cursor: index, purpose: .again(caller))
      return [startAction(index)]
    }
  }

  private mutating func delete(_ id: Term, _ caller: Caller?) -> [SupervisorAction] {
    guard let index = index(of: id) else { return [.reply(caller, .failure(.notFound))] }
    switch children[index].state {
    case .running: return [.reply(caller, .failure(.running))]
    case .restarting: return [.reply(caller, .failure(.restarting))]
    case .empty:
      let child = children.remove(at: index)
      return [
        .post(.supervisor(supervisor, .childForgotten(child.id))), .reply(caller, .ok),
      ]
    }
  }

  private func counts(_ isAlive: (PID) -> Bool) -> ChildCounts {
    var counts = ChildCounts(specs: children.count, active: 0, supervisors: 0, workers: 0)
    for child in children {
      switch child.spec.kind {
      case .worker: counts.workers += 1
      case .supervisor: counts.supervisors += 1
      }
      if case .running(let pid) = child.state, isAlive(pid) { counts.active += 1 }
    }
    return counts
  }

  private func index(of id: Term) -> Int? {
    children.firstIndex { $0.spec.id == id }
  }

  // MARK: - Code change

  mutating func flagsChanged(_ new: SupervisorFlags) -> Event.Kind {
    let old = flags.strategy
    flags = new
    if new.strategy == .simpleOneForOne { flags.strategy = old }
    return configured
  }

  /// Known ids take the new specification and keep their process; new ones are added without being
  /// started; those no longer listed stay, at the end of the start order (S112).
  mutating func specsChanged(_ specs: [ChildSpec]) -> [Event.Kind] {
    let oldOrder = children.map(\.id)
    var old: [Term: Child] = [:]
    for child in children { old[child.spec.id] = child }
    let listed = Set(specs.map(\.id))
    let kept = children.filter { !listed.contains($0.spec.id) }
    children = specs.map { Child(spec: $0, state: old[$0.id]?.state ?? .empty) } + kept
    var events = children.prefix(specs.count).enumerated().map { position, child in
      specified(child, position)
    }
    let order = children.map(\.id)
    if order != oldOrder {
      events.append(.supervisor(supervisor, .childrenReordered(order)))
    }
    return events
  }
}

extension SupervisorStateMachine.Child {
  /// The child as which_children shows it.
  var entry: ChildEntry {
    let state: ChildEntry.State =
      switch state {
      case .empty: .undefined
      case .running(let pid): .pid(pid)
      case .restarting: .restarting
      }
    return ChildEntry(id: spec.id, child: state, kind: spec.kind, modules: spec.modules)
  }
}

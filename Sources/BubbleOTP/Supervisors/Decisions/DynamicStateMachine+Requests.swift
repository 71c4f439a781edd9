internal import BubbleEvents
internal import BubbleKernel

extension DynamicStateMachine {
  mutating func requested(
    _ request: SupervisorRequest, _ caller: Caller?, isAlive: (PID) -> Bool
  ) -> [SupervisorAction] {
    switch request {
    case .startChild(let spec):
      return add(spec.id, caller) { () throws(SpecificationError) in
        try spec.checkedAsDynamic()
      }
    case .startUnchecked(let spec):
      return add(spec.id ?? spec.raw ?? "undefined", caller) { () throws(SpecificationError) in
        try spec.checkedAsDynamic()
      }
    case .startDynamic(let arguments): return add(arguments, caller)
    case .terminateChild(let key): return terminate(key, caller, isAlive)
    case .restartChild, .deleteChild: return [.reply(caller, .failure(.simpleOneForOne))]
    case .getChildSpec(let key): return [.reply(caller, specification(key, isAlive))]
    case .whichChild(let key): return [.reply(caller, entry(key))]
    case .whichChildren: return [.reply(caller, .children(entries))]
    case .countChildren: return [.reply(caller, .counts(counts))]
    }
  }

  func hasPlace(_ id: ChildID) -> Bool {
    guard case .dynamic(let number) = id, number < children.count else { return false }
    return children[number] != nil
  }

  func key(of id: ChildID) -> Term {
    switch id {
    case .named(let term): return term
    case .dynamic(let number):
      guard number < children.count else { return "undefined" }
      switch children[number]?.state {
      case .running(let pid), .restarting(let pid): return .pid(pid)
      case .starting, nil: return "undefined"
      }
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "strategy", value: flags.strategy.rawValue),
      .init(
        name: "intensity", value: flags.intensity.description),
      .init(name: "restarts", value: history.description),
      .init(name: "children", value: String(count)),
    ]
  }

  mutating func flagsChanged(_ new: SupervisorFlags) -> Event.Kind {
    flags = new
    flags.strategy = .simpleOneForOne
    return .supervisor(supervisor, .configured(flags))
  }

  /// The template is replaced; children that run use it at their next start and stop (S113).
  mutating func specsChanged(_ specs: [ChildSpec]) -> [Event.Kind] {
    guard let template = specs.first, specs.count == 1 else {
      preconditionFailure("a supervisor of one template is given none, or several")
    }
    source = .template(template)
    return children.indices.filter { children[$0] != nil }.map { number in
      .supervisor(supervisor, .childSpecified(description(number), position: number))
    }
  }

  // MARK: - Requests, one by one

  /// Extra arguments for the template (S83).
  private mutating func add(_ arguments: [Term], _ caller: Caller?) -> [SupervisorAction] {
    switch source {
    case .template: return start(arguments, nil, caller)
    case .own:
      let error = Term.tuple(["invalid_child_spec", .list(arguments)])
      return [.reply(caller, .failure(.badSpec(error)))]
    }
  }

  /// A specification of the child's own (DS1-DS3).
  private mutating func add(
    _ id: Term, _ caller: Caller?, _ check: () throws(SpecificationError) -> ChildSpec
  ) -> [SupervisorAction] {
    switch source {
    case .template:
      let error = Term.tuple(["badarg", id])
      return [.reply(caller, .failure(.badSpec(error)))]
    case .own(let supervisor):
      do {
        let checked = try check()
        if let maximum = supervisor.maximumChildren, count >= maximum {
          return [.reply(caller, .failure(.maximumChildren))]
        }
        return start(supervisor.extraArguments, SpecificationBox(checked), caller)
      } catch {
        return [.reply(caller, .failure(.badSpec(error.term)))]
      }
    }
  }

  private mutating func start(
    _ arguments: [Term], _ spec: SpecificationBox?, _ caller: Caller?
  ) -> [SupervisorAction] {
    let number = pool.take()
    let child = Child(state: .starting, arguments: arguments, spec: spec)
    if number == children.count { children.append(child) } else { children[number] = child }
    count += 1
    activity = .adding(number, caller)
    let specified = Event.Kind.supervisor(
      supervisor, .childSpecified(description(number), position: number))
    return [.post(specified), startAction(number)]
  }

  private mutating func terminate(
    _ key: Term, _ caller: Caller?, _ isAlive: (PID) -> Bool
  ) -> [SupervisorAction] {
    guard case .pid(let pid) = key else {
      return [.reply(caller, .failure(.simpleOneForOne))]
    }
    guard let number = numbers[pid] else {
      let isForgotten: Bool
      switch source {
      case .template: isForgotten = !isAlive(pid)
      case .own: isForgotten = false
      }
      return [.reply(caller, isForgotten ? .ok : .failure(.notFound))]
    }
    switch children[number]?.state {
    case .running:
      activity = .stopping(number, caller)
      return [.stop(.dynamic(number), pid, spec(number).shutdown)]
    case .restarting: return [forget(number), .reply(caller, .ok)]
    case .starting, nil: return [.reply(caller, .failure(.notFound))]
    }
  }

  private func specification(_ key: Term, _ isAlive: (PID) -> Bool) -> SupervisorReply {
    if case .pid(let pid) = key, let number = numbers[pid] { return .spec(spec(number)) }
    switch source {
    case .own: return .failure(.notFound)
    case .template(let template):
      if case .pid(let pid) = key {
        return isAlive(pid) ? .failure(.notFound) : .spec(template)
      }
      return key == template.id ? .spec(template) : .failure(.notFound)
    }
  }

  private var entries: [ChildEntry] {
    numbers.entries.map { pid, number in entry(pid, number) }
  }

  private func entry(_ pid: PID, _ number: Int) -> ChildEntry {
    let isRestarting =
      if case .restarting = children[number]?.state { true } else { false }
    let spec = spec(number)
    return ChildEntry(
      id: nil, child: isRestarting ? .restarting : .pid(pid), kind: spec.kind,
      modules: spec.modules)
  }

  /// A dynamic child is known by its process alone.
  private func entry(_ key: Term) -> SupervisorReply {
    guard case .pid(let pid) = key else { return .failure(.simpleOneForOne) }
    return numbers[pid].map { .entry(entry(pid, $0)) } ?? .failure(.notFound)
  }

  /// Children count as active without a look at whether they live (S89).
  private var counts: ChildCounts {
    switch source {
    case .template(let template):
      let supervisors = template.kind == .supervisor ? count : 0
      return ChildCounts(
        specs: 1, active: count - restartingCount, supervisors: supervisors,
        workers: count - supervisors)
    case .own:
      let supervisors = children.count { $0?.spec?.spec.kind == .supervisor }
      return ChildCounts(
        specs: count, active: count - restartingCount, supervisors: supervisors,
        workers: count - supervisors)
    }
  }

  // MARK: - The table

  /// Takes a child out of the table; its number becomes free.
  mutating func forget(_ number: Int) -> SupervisorAction {
    switch children[number]?.state {
    case .running(let pid): numbers.remove(pid)
    case .restarting(let pid):
      numbers.remove(pid)
      restartingCount -= 1
    case .starting, nil: break
    }
    children[number] = nil
    count -= 1
    pool.put(number)
    return .post(.supervisor(supervisor, .childForgotten(.dynamic(number))))
  }

  mutating func setState(_ number: Int, _ state: ChildState) {
    switch children[number]?.state {
    case .running(let pid): numbers.remove(pid)
    case .restarting(let pid):
      numbers.remove(pid)
      restartingCount -= 1
    case .starting, nil: break
    }
    children[number]?.state = state
    switch state {
    case .running(let pid): numbers.set(pid, number)
    case .restarting(let pid):
      numbers.set(pid, number)
      restartingCount += 1
    case .starting: break
    }
  }

  func startAction(_ number: Int) -> SupervisorAction {
    guard let arguments = children[number]?.arguments else {
      let failing = ProcessStart { _, _ in throw RaisedError.badArgument }
      return .start(.dynamic(number), failing, [])
    }
    return .start(.dynamic(number), spec(number).start, arguments)
  }

  func spec(_ number: Int) -> ChildSpec {
    switch source {
    case .template(let template): return template
    case .own:
      guard let box = children[number]?.spec else {
        preconditionFailure("a child that brings its own specification has none")
      }
      return box.spec
    }
  }

  func description(_ number: Int) -> ChildDescription {
    spec(number).described(as: .dynamic(number))
  }

  func offender(_ number: Int) -> Report.Offender {
    switch children[number]?.state {
    case .running(let pid): .process(pid)
    case .restarting(let pid): .restarting(pid)
    case .starting, nil: .process(nil)
    }
  }

  func isExpected(_ outcome: StopOutcome, _ number: Int) -> Bool {
    outcome != .unlinked && spec(number).expects(outcome.reason)
  }

  func stopped(_ number: Int, _ pid: PID, _ outcome: StopOutcome) -> SupervisorAction {
    .post(
      .child(of: supervisor, .dynamic(number), .stopped(pid, outcome.reason)))
  }

  func report(
    _ context: Report.Context, _ reason: Term, _ offender: Report.Offender, _ number: Int
  ) -> SupervisorAction {
    .post(
      .reported(
        .supervisor(
          supervisor: supervisor, context: context, reason: reason, offender: offender,
          child: description(number))))
  }
}

internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// How applications start.
extension ApplicationController {
  /// Begins a start; the reply when it is over at once.
  mutating func start(
    _ name: String, _ restart: ApplicationRestart, for requester: Requester,
    _ context: inout ProcessContext
  ) -> ApplicationReply? {
    guard let definition = available[name] else { return .error(Self.noFile(name)) }
    if isRunning(name) { return .error(.tuple(["already_started", .atom(name)])) }
    if let index = starting.firstIndex(where: { $0.name == name }) {
      starting[index].requesters.append(requester)
      return nil
    }
    if !loaded.contains(name) { _ = load(name, &context) }
    if let missing = missingNeed(of: definition.resource) {
      return .error(.tuple(["not_started", .atom(missing)]))
    }
    guard !definition.isLibrary else {
      context.post(.application(ApplicationEvent(name, .starting(restart))))
      running.insert(Running(name: name, restart: restart, master: nil), at: 0)
      context.post(.application(ApplicationEvent(name, .started(top: nil))))
      return .ok
    }
    guard distributions[name] == nil else {
      return startDistributed(name, restart, for: requester, &context)
    }
    return begin(definition, .normal, restart, [requester], &context)
  }

  /// Lets a master start an application; the reply when that cannot be.
  mutating func begin(
    _ definition: ApplicationDefinition, _ type: ApplicationStartType,
    _ restart: ApplicationRestart, _ requesters: [Requester], _ context: inout ProcessContext
  ) -> ApplicationReply? {
    let name = definition.resource.name
    let attempt = context.startProcess(ApplicationMaster(definition, type))
    guard case .spawned(let master, _) = attempt else { return .error("system_limit") }
    context.post(.application(ApplicationEvent(name, master: master, .starting(restart))))
    starting.append(
      Starting(name: name, restart: restart, master: master, requesters: requesters))
    return nil
  }

  /// The first need that does not run; optional ones that cannot be loaded count as running (A2).
  private func missingNeed(of resource: ApplicationResource) -> String? {
    resource.applications.first { need in
      let isPassedOver =
        resource.optionalApplications.contains(need) && available[need] == nil
      return !isRunning(need) && !isPassedOver
    }
  }

  /// A master said how its start went; a reason when the controller has to end.
  mutating func started(
    _ master: PID, _ result: StartResult, _ context: inout ProcessContext
  ) -> ExitReason? {
    guard let index = starting.firstIndex(where: { $0.master == master }) else { return nil }
    let entry = starting.remove(at: index)
    let reply: ApplicationReply
    switch result {
    case .ok:
      running.insert(Running(name: entry.name, restart: entry.restart, master: master), at: 0)
      reply = .ok
    case .error(let reason):
      post(.startFailed(reason), entry.name, master, &context)
      reply = .error(reason)
    case .ignore: reply = .error("ignore")
    }
    distributedStarted(entry.name, reply == .ok, &context)
    return answer(entry.requesters, entry.name, reply, &context)
  }

  /// Tells those who wait how a start went; a reason when the controller has to end.
  mutating func answer(
    _ requesters: [Requester], _ name: String, _ reply: ApplicationReply,
    _ context: inout ProcessContext
  ) -> ExitReason? {
    var ending: ExitReason?
    for requester in requesters {
      switch requester {
      case .caller(let caller): context.reply(to: caller, reply)
      case .outside: break
      case .job(let number): ending = ending ?? jobStarted(number, name, reply, &context)
      }
    }
    return ending
  }

  // MARK: - Several, one after the other

  /// Starts an application and what it needs (OTP: A3).
  mutating func ensure(
    _ name: String, _ restart: ApplicationRestart, _ caller: Caller,
    _ context: inout ProcessContext
  ) -> CallResult<ApplicationController> {
    do {
      let names = try order.ensuringStarted(name, running: Set(running.map(\.name)))
      let job = Job(caller: caller, restarts: names.map { ($0, restart) })
      _ = advance(begin(job), &context)
      return .noReply
    } catch {
      return .reply(.error(error.term))
    }
  }

  /// The applications of the boot in the order of a boot script (OTP: A22).
  func bootOrder() throws(StartOrder.Failure) -> [(
    name: String, restart: ApplicationRestart
  )] {
    let names = try order.boot(boot.map(\.name))
    let included = Set(names.flatMap { available[$0]?.resource.includedApplications ?? [] })
    let restarts = Dictionary(boot.map { ($0.name, $0.restart) }) { first, _ in first }
    return names.filter { !included.contains($0) }.map { ($0, restarts[$0] ?? .permanent) }
  }

  mutating func begin(_ job: Job) -> Int {
    lastJob += 1
    jobs[lastJob] = job
    return lastJob
  }

  /// Starts the next ones of a job until one of them takes time, or none is left.
  mutating func advance(_ number: Int, _ context: inout ProcessContext) -> ExitReason? {
    while var job = jobs[number] {
      guard let next = job.restarts.first else {
        jobs[number] = nil
        if let caller = job.caller {
          context.reply(to: caller, ApplicationReply.started(job.started))
        }
        return nil
      }
      if isRunning(next.name) {
        job.restarts.removeFirst()
        jobs[number] = job
        continue
      }
      guard let reply = start(next.name, next.restart, for: .job(number), &context) else {
        return nil
      }
      if let reason = jobStep(number, next.name, reply, &context) { return reason }
    }
    return nil
  }

  private mutating func jobStarted(
    _ number: Int, _ name: String, _ reply: ApplicationReply, _ context: inout ProcessContext
  ) -> ExitReason? {
    jobStep(number, name, reply, &context) ?? advance(number, &context)
  }

  /// Takes note of one start of a job; one that failed ends the job.
  private mutating func jobStep(
    _ number: Int, _ name: String, _ reply: ApplicationReply, _ context: inout ProcessContext
  ) -> ExitReason? {
    guard var job = jobs[number], let next = job.restarts.first else { return nil }
    job.restarts.removeFirst()
    guard case .error(let reason) = reply else {
      job.started.append(name)
      jobs[number] = job
      return nil
    }
    if let caller = job.caller {
      jobs[number] = nil
      let rollback = ApplicationRollback(
        names: job.started.reversed(), caller: caller, error: .tuple([.atom(name), reason]))
      context.cast(rollback, to: context.pid)
      return nil
    }
    jobs[number] = job
    guard next.restart == .permanent else { return nil }
    let failure = ExitReason.failure(
      .tuple(["application_start_failure", .atom(name), reason]))
    post(.endsMachine(next.restart, failure), name, nil, &context)
    return failure
  }

  func post(
    _ change: ApplicationEvent.Change, _ name: String, _ master: PID?,
    _ context: inout ProcessContext
  ) {
    context.post(.application(ApplicationEvent(name, master: master, change)))
  }
}

extension StartOrder.Failure {
  /// What ensure_all_started says.
  var term: Term {
    switch self {
    case .missing(let name, _): .tuple([.atom(name), ApplicationController.noFile(name)])
    case .cycle(let names): .tuple(["circular_dependencies", .list(names.map(Term.atom))])
    }
  }
}

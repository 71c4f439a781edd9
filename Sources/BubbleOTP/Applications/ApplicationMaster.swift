internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// Tells a master to stop its application.
struct ApplicationStopRequest: Sendable {}

/// The process that starts and stops one application (OTP: application_master).
///
/// It is the parent of the top supervisor. OTP has one more process between the two, in which the
/// callbacks run.
struct ApplicationMaster: ProcessBody {
  /// What it waits for inside its turn.
  enum Waiting: Sendable {
    case start(PID)
    case stop(PID, ExitReason)
    case callback(Callback)
  }

  /// What is called in it.
  enum Callback: Sendable {
    case start
    /// The phase of that index in the description.
    case phase(Int)
    case stop(ending: ExitReason)
  }

  var definition: ApplicationDefinition
  private let type: ApplicationStartType
  private var top: PID?
  private var state: Term = []
  private var waiting: Waiting?

  init(_ definition: ApplicationDefinition, _ type: ApplicationStartType) {
    self.definition = definition
    self.type = type
  }

  var behaviour: String { "application_master \(definition.resource.name)" }

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "application", value: definition.resource.name),
      .init(name: "vsn", value: definition.resource.version),
      .init(name: "top_supervisor", value: top?.description ?? "none"),
    ]
  }

  // MARK: - Callbacks

  /// Calls a callback once the time that it takes has passed.
  private mutating func begin(_ callback: Callback, _ context: inout ProcessContext) {
    let duration = duration(of: callback, &context)
    guard duration > .zero else { return perform(callback, &context) }
    waiting = .callback(callback)
    context.wait(for: .nothing, timeout: duration)
  }

  private func duration(of callback: Callback, _ context: inout ProcessContext) -> Duration {
    let known: ApplicationCallback =
      switch callback {
      case .start: .start
      case .phase(let index): .startPhase(phases[index].name)
      case .stop: .stop
      }
    return definition.application?.duration(of: known, &context) ?? .zero
  }

  private mutating func perform(_ callback: Callback, _ context: inout ProcessContext) {
    switch callback {
    case .start: runStart(&context)
    case .phase(let index): runPhase(index, &context)
    case .stop(let reason):
      runStop(&context)
      context.finish(reason)
    }
  }

  // MARK: - Start

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
    begin(.start, &context)
    context.setActing(waiting != nil)
  }

  private mutating func runStart(_ context: inout ProcessContext) {
    guard let application = definition.application else {
      return failStart("bad_return", value: Self.exit(.raised("undef")), &context)
    }
    do {
      let arguments = definition.resource.startModule?.arguments ?? []
      switch try application.start(type, arguments, &context) {
      case .failed(let reason): failStart(reason, &context)
      case .supervisor(let start, let state):
        self.state = state
        begin(try start.run(&context, []), &context)
      }
    } catch {
      failStart("bad_return", value: Self.exit(ExitReason(uncaught: error)), &context)
    }
  }

  private mutating func begin(
    _ attempt: ProcessStart.Attempt, _ context: inout ProcessContext
  ) {
    switch attempt {
    case .spawned(let pid, _):
      waiting = .start(pid)
      context.wait(for: .start(pid))
    case .finished(let result): started(result, &context)
    case .invalid(let value): failStart("bad_return", value: value, &context)
    }
  }

  private mutating func started(_ result: StartResult, _ context: inout ProcessContext) {
    switch result {
    case .ok(let pid, _):
      top = pid
      beginPhase(0, &context)
    case .ignore: failStart("bad_return", value: "ignore", &context)
    case .error(let reason): failStart(reason, &context)
    }
  }

  private var phases: [ApplicationResource.StartPhase] { definition.resource.startPhases ?? [] }

  private mutating func beginPhase(_ index: Int, _ context: inout ProcessContext) {
    guard phases.indices.contains(index) else {
      post(.started(top: top), &context)
      return context.acknowledgeStart()
    }
    post(.phase(phases[index].name), &context)
    begin(.phase(index), &context)
  }

  private mutating func runPhase(_ index: Int, _ context: inout ProcessContext) {
    let phase = phases[index]
    do {
      try definition.application?.startPhase(phase.name, type, phase.arguments, &context)
    } catch {
      let call = Term.tuple([
        .atom(definition.resource.name), "start_phase",
        [.atom(phase.name), type.term(context.nodeNames), phase.arguments],
      ])
      let reason = Term.tuple([
        "bad_return", .tuple([call, Self.exit(ExitReason(uncaught: error))]),
      ])
      return stopTop(ending: .failure(reason), &context)
    }
    beginPhase(index + 1, &context)
  }

  /// The start function gave an error (OTP: A4).
  private func failStart(_ reason: Term, _ context: inout ProcessContext) {
    context.finish(.failure(.tuple([reason, definition.startCall(type.term(context.nodeNames))])))
  }

  private func failStart(_ word: Term, value: Term, _ context: inout ProcessContext) {
    context.finish(
      .failure(
        .tuple([word, .tuple([definition.startCall(type.term(context.nodeNames)), value])])))
  }

  private static func exit(_ reason: ExitReason) -> Term { .tuple(["EXIT", reason.term]) }

  // MARK: - Stop

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .exit(let from?, let reason) where from == top:
      top = nil
      prepareStop(&context)
      begin(.stop(ending: reason), &context)
    case .exit(let from?, let reason) where from == context.parent:
      beginStop(ending: reason, &context)
    case .plain(let request) where request is ApplicationStopRequest:
      beginStop(ending: .normal, &context)
    case .plain(let change as ApplicationDefinitionChange): definition = change.definition
    case .call(let request, let caller) where request is ApplicationTopRequest:
      context.reply(to: caller, top.map(Term.pid) ?? "undefined")
    case .control: context.refuseRequest("not_a_supervisor")
    case .exit, .plain, .call, .cast, .down, .timer, .reply, .started, .system: break
    }
    context.setActing(waiting != nil)
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    let ended = waiting
    waiting = nil
    switch (ended, received) {
    case (.start, .message(.started(_, let result))): started(result, &context)
    case (.stop(let pid, let reason), .message(.down)):
      _ = context.takeExitMessage(from: pid)
      begin(.stop(ending: reason), &context)
    case (.callback(let callback), .timedOut): perform(callback, &context)
    case (.start, _), (.stop, _), (.callback, _), (nil, _): break
    }
    context.setActing(waiting != nil)
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    beginStop(ending: reason, &context)
  }

  private mutating func beginStop(ending reason: ExitReason, _ context: inout ProcessContext) {
    post(.stopping, &context)
    prepareStop(&context)
    stopTop(ending: reason, &context)
  }

  private mutating func prepareStop(_ context: inout ProcessContext) {
    do {
      state = try definition.application?.prepareStop(state, &context) ?? state
    } catch {
      report(error, &context)
    }
  }

  /// Ends the tree as any supervisor's child is ended, without a limit of time (OTP: A6).
  private mutating func stopTop(ending reason: ExitReason, _ context: inout ProcessContext) {
    guard let pid = top else { return begin(.stop(ending: reason), &context) }
    top = nil
    let mark = context.monitorQuietly(pid)
    context.exit(pid, reason: .shutdown)
    waiting = .stop(pid, reason)
    context.wait(for: .down(mark))
  }

  private func runStop(_ context: inout ProcessContext) {
    do {
      try definition.application?.stop(state, &context)
    } catch {
      report(error, &context)
    }
  }

  /// What a callback of the stop throws changes nothing.
  private func report(_ error: any Error, _ context: inout ProcessContext) {
    context.post(.reported(.crash(pid: context.pid, reason: ExitReason(uncaught: error))))
  }

  private func post(_ change: ApplicationEvent.Change, _ context: inout ProcessContext) {
    context.post(
      .application(ApplicationEvent(definition.resource.name, master: context.pid, change)))
  }
}

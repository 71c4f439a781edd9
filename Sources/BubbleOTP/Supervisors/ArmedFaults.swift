internal import BubbleEvents
internal import BubbleKernel

/// The faults that wait in a supervisor for the next start or stop of a child.
///
/// Usually there are none, and then asking costs one comparison.
struct ArmedFaults: Sendable {
  /// What waits in one place: at most one fault of each kind.
  private struct Place: Sendable {
    var delay: Duration?
    var failure: ExitReason?
    var isRefusing = false

    var isEmpty: Bool { delay == nil && failure == nil && !isRefusing }
  }

  private var places: [ChildID: Place] = [:]

  /// Remembers a fault; it replaces one of its kind.
  mutating func arm(_ fault: ChildFault, at id: ChildID) {
    var place = places[id] ?? Place()
    switch fault {
    case .slowStart(let delay): place.delay = delay
    case .failedStart(let reason): place.failure = reason
    case .refusedShutdown: place.isRefusing = true
    }
    places[id] = place
  }

  /// A start function has spawned `pid`, whose first turn is still to come.
  mutating func meetStart(of pid: PID, at id: ChildID, _ context: inout ProcessContext) {
    guard !places.isEmpty, let place = places[id] else { return }
    guard place.delay != nil || place.failure != nil else { return }
    take(id) { $0.delay = nil }
    take(id) { $0.failure = nil }
    context.replaceBody(of: pid) { body in
      FaultyStart(body: body, delay: place.delay, failure: place.failure)
    }
  }

  /// What a start function that spawned nobody returns instead.
  mutating func takeFailure(at id: ChildID) -> StartResult? {
    guard !places.isEmpty, let reason = places[id]?.failure else { return nil }
    take(id) { $0.failure = nil }
    return .error(reason.term)
  }

  /// A child is about to be told to end.
  mutating func meetStop(of pid: PID, at id: ChildID, _ context: inout ProcessContext) {
    guard !places.isEmpty, places[id]?.isRefusing == true else { return }
    take(id) { $0.isRefusing = false }
    context.replaceBody(of: pid, trapsExits: true) { RefusingBody(body: $0) }
  }

  private mutating func take(_ id: ChildID, _ clear: (inout Place) -> Void) {
    guard var place = places[id] else { return }
    clear(&place)
    places[id] = place.isEmpty ? nil : place
  }
}

/// A process whose start goes wrong: it comes late to its init, or ends there.
struct FaultyStart: ProcessBody {
  var body: any ProcessBody
  /// How long the init is put off; nil when it is not, or no longer.
  var delay: Duration?
  var failure: ExitReason?

  var behaviour: String { body.behaviour }
  var code: ModuleCode? { body.code }

  func describeState() -> [ProcessInspection.Field] { body.describeState() }

  mutating func start(_ context: inout ProcessContext) throws {
    guard let delay else { return try begin(&context) }
    context.wait(for: .nothing, timeout: delay)
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard delay != nil else { return try body.resume(received, &context) }
    delay = nil
    try begin(&context)
  }

  private mutating func begin(_ context: inout ProcessContext) throws {
    guard let failure else { return try body.start(&context) }
    if failure.isAbnormal {
      context.post(.reported(.crash(pid: context.pid, reason: failure)))
    }
    context.finish(failure)
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    try body.receive(message, &context)
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    try body.terminate(reason, &context)
  }

  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    try body.changeCode(version: version, extra: extra, &context)
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    try body.replaceState(field, with: value)
  }

  mutating func systemRequestServed(
    isSuspended: Bool, _ context: inout ProcessContext
  ) throws {
    try body.systemRequestServed(isSuspended: isSuspended, &context)
  }
}

/// A process that was told to end and does nothing any more, as if its terminate never returned.
struct RefusingBody: ProcessBody {
  /// What it was; still what is seen of it.
  let body: any ProcessBody

  var behaviour: String { body.behaviour }
  var code: ModuleCode? { body.code }

  func describeState() -> [ProcessInspection.Field] { body.describeState() }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {}
}

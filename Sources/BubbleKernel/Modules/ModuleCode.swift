public import BubbleEvents

/// The code of a module in one version: how its processes start, and how they come over from the
/// version before and go back to it (OTP: a module's object code).
///
/// Swift code is linked, never loaded: every version that a machine may come to is in the program.
/// What changes at run time is which of them a module's name stands for. A process that was started
/// through `ProcessStart.module` enters the current version with its next message, as Erlang's does
/// with its next call from outside the module; one that waits inside a callback goes on in the
/// version that it is in.
public final class ModuleCode: Sendable {
  /// Changes the body of a process from one version into the other's.
  ///
  /// The terms are the version as `code_change` gets it, `{down,Vsn}` on the way back, and what the
  /// upgrade says to it; `undefined` both when nobody announced the change. What it throws is the
  /// answer to a change of code, and ends a process that came over by itself.
  public typealias Conversion =
    @Sendable (any ProcessBody, (version: Term, extra: Term), inout ProcessContext) throws
    -> any ProcessBody

  /// The module's name.
  public let name: String
  /// Its version (OTP: the attribute vsn).
  public let version: Term
  /// Starts a process of it; the terms are its arguments.
  public let start: ProcessStart
  /// The version before, as far as there is a way from it.
  public let previous: ModuleCode?
  /// What the module's behaviour calls by name, as that behaviour keeps it.
  package let callbacks: (any Sendable)?
  let up: Conversion?
  let down: Conversion?

  /// The first version of a module.
  public init(
    _ name: String, version: Term, start: ProcessStart, callbacks: (any Sendable)? = nil
  ) {
    self.callbacks = callbacks
    self.name = name
    self.version = version
    self.start = start
    previous = nil
    up = nil
    down = nil
  }

  /// A later version of `previous`.
  public init(
    after previous: ModuleCode, version: Term, start: ProcessStart,
    callbacks: (any Sendable)? = nil, up: @escaping Conversion, down: @escaping Conversion
  ) {
    self.callbacks = callbacks
    name = previous.name
    self.version = version
    self.start = start
    self.previous = previous
    self.up = up
    self.down = down
  }

  /// The conversions on the way to `target`, in order; nil when no version of the one comes before
  /// the other.
  func way(to target: ModuleCode) -> [Conversion]? {
    if let ups = target.conversions(since: self, \.up) { return ups.reversed() }
    return conversions(since: target, \.down)
  }

  /// This version's own conversion first, and on back to `earlier`.
  private func conversions(
    since earlier: ModuleCode, _ direction: KeyPath<ModuleCode, Conversion?>
  ) -> [Conversion]? {
    var found: [Conversion] = []
    var code = self
    while code !== earlier {
      guard let next = code.previous, let conversion = code[keyPath: direction] else { return nil }
      found.append(conversion)
      code = next
    }
    return found
  }

  /// This version or an earlier one.
  func earlier(version: Term) -> ModuleCode? {
    var code: ModuleCode? = self
    while let next = code, next.version != version { code = next.previous }
    return code
  }
}

/// What a module's name stands for.
struct LoadedModule: Sendable {
  /// Who starts or comes over gets this version; nil once it was removed.
  var current: ModuleCode?
  /// The version before it, which processes may still run; nil once it was purged.
  var old: ModuleCode?
}

/// A process of a module: what it runs, and in which version.
struct VersionedBody: ProcessBody {
  private(set) var code: ModuleCode?
  private(set) var body: any ProcessBody

  init(_ body: any ProcessBody, _ code: ModuleCode) {
    self.body = body
    self.code = code
  }

  var behaviour: String { body.behaviour }

  func describeState() -> [ProcessInspection.Field] {
    body.describeState()
  }

  mutating func start(_ context: inout ProcessContext) throws { try body.start(&context) }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    if let code, let current = context.module(code.name), current !== code {
      try convert(to: current, (version: "undefined", extra: "undefined"), &context)
    }
    try body.receive(message, &context)
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    try body.resume(received, &context)
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    try body.terminate(reason, &context)
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    try body.replaceState(field, with: value)
  }

  /// Comes over to the version that the name stands for, or back to the one that `{down,Vsn}`
  /// names.
  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    guard let code, let current = context.module(code.name) else { return "ok" }
    var target = current
    if case .tuple(let parts) = version, parts.count == 2, parts[0] == "down" {
      target = code.earlier(version: parts[1]) ?? current
    }
    guard target !== code else {
      return try body.changeCode(version: version, extra: extra, &context)
    }
    let old = self
    do {
      try convert(to: target, (version: version, extra: extra), &context)
      return "ok"
    } catch let refusal as CodeChangeRefusal {
      self = old
      return .tuple(["error", refusal.reason])
    } catch {
      self = old
      return .tuple(["error", .tuple(["EXIT", ExitReason(uncaught: error).term])])
    }
  }

  private mutating func convert(
    to target: ModuleCode, _ change: (version: Term, extra: Term),
    _ context: inout ProcessContext
  ) throws {
    guard let way = code?.way(to: target) else { throw RaisedError("function_clause") }
    for conversion in way { body = try conversion(body, change, &context) }
    context.post(
      .process(
        context.pid,
        .codeEntered(module: target.name, version: target.version, previous: code?.version)))
    code = target
  }
}

/// A process answers `{error,Reason}` to a change of code, without having failed.
package struct CodeChangeRefusal: Error {
  /// The reason.
  package var reason: Term

  package init(_ reason: Term) {
    self.reason = reason
  }
}

extension ProcessStart {
  /// Starts a process of whatever version the module's name stands for at that time (OTP: a start
  /// function is named, not held).
  ///
  /// Under a name that stands for nothing the start fails with `undef`. The arguments go before
  /// those of a dynamic child.
  public static func module(_ name: String, _ arguments: [Term] = []) -> ProcessStart {
    ProcessStart { context, extra in
      guard let code = context.module(name) else {
        return .finished(.error(.tuple(["EXIT", ExitReason.raised("undef").term])))
      }
      let attempt = try code.start.run(&context, arguments + extra)
      if case .spawned(let pid, _) = attempt {
        context.replaceBody(of: pid) { VersionedBody($0, code) }
        context.post(
          .process(pid, .codeEntered(module: code.name, version: code.version, previous: nil)))
      }
      return attempt
    }
  }
}

extension ProcessContext {
  /// The version that a module's name stands for (OTP: code:is_loaded).
  public func module(_ name: String) -> ModuleCode? { core.modules[name]?.current }

  /// Has the module's name stand for this version; the one before it becomes old (OTP:
  /// code:load_binary).
  ///
  /// A version that is old already is forgotten. Whoever still runs it goes on in it, until they
  /// are purged.
  public mutating func load(_ code: ModuleCode) {
    core.modules[code.name] = LoadedModule(
      current: code, old: core.modules[code.name]?.current)
  }

  /// Has the module's name stand for nothing; its version becomes old (OTP: code:delete).
  public mutating func removeModule(_ name: String) {
    core.modules[name] = LoadedModule(current: nil, old: core.modules[name]?.current)
  }

  /// Forgets all modules, as a machine that is restarted does.
  package mutating func forgetModules() { core.modules = [:] }

  /// Who waits inside a callback of another version than the current one, and so runs old code.
  ///
  /// Linear in the number of processes (OTP: check_process_code).
  public func processesRunningOldCode(of name: String) -> [PID] {
    let current = core.modules[name]?.current
    return core.processes.livePIDs.filter { pid in
      guard let slot = core.processes.slot(of: pid) else { return false }
      let process = core.processes[slot]
      guard let code = process.body.code, code.name == name, code !== current else {
        return false
      }
      return process.flags.contains(.waiting)
    }
  }

  /// Forgets the old version of a module, and kills who runs it (OTP: code:purge).
  public mutating func purge(_ name: String) {
    for pid in processesRunningOldCode(of: name) { kill(pid) }
    core.modules[name]?.old = nil
  }

  /// Whether a process handles only system messages; false for a dead one.
  package func isSuspended(_ pid: PID) -> Bool {
    core.processes.slot(of: pid).map { core.processes.flags($0).contains(.suspended) } ?? false
  }

  /// The module of a process, if it was started through one.
  package func moduleName(of pid: PID) -> String? {
    core.processes.slot(of: pid).flatMap { core.processes[$0].body.code?.name }
  }

  /// Sends a system request that is answered; wait for `Awaited.reply` with the mark (OTP: sys).
  package mutating func system(_ request: SystemRequest, to target: PID) -> Reference {
    let mark = core.monitor(target, quietly: true)
    core.send(.system(request, Caller(pid: core.currentPID, tag: mark)), to: target)
    return mark
  }
}

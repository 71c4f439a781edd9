public import BubbleEvents

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

internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// A change from one release to another under way.
struct Installation: Sendable {
  let release: Release
  let from: Release
  let path: Release.Path
  let direction: ReleaseEvent.Direction
  /// How many instructions were begun.
  var begun = 0
  /// Behind the point of no return a failure restarts the machine.
  ///
  /// A way without such a point is behind it from its start.
  var isPastReturn: Bool
  /// Code that was read and not loaded yet.
  var objectCode: [String: ModuleCode] = [:]
  /// The versions of the modules that were read, before and after.
  var versions: [String: (before: Term, after: Term)] = [:]
  /// Who was suspended for a module; the last suspension first.
  var suspended: [(module: String, pids: [PID])] = []
  /// Who was stopped for a module; the last stop first.
  var stopped: [(module: String, children: [Supervised])] = []

  init(_ way: ReleaseWay) {
    release = way.release
    from = way.from
    path = way.path
    direction = way.direction
    isPastReturn = !path.instructions.contains(.pointOfNoReturn)
  }
}

/// A way from the release that runs to another one.
struct ReleaseWay: Sendable {
  var release: Release
  var from: Release
  var path: Release.Path
  var direction: ReleaseEvent.Direction
}

/// A process that a supervisor of an application knows, or a top supervisor.
struct Supervised: Hashable, Sendable {
  /// Nil for a top supervisor.
  var supervisor: PID?
  var key: Term
  var pid: PID
  var modules: [String]
}

/// How a release is installed (OTP: release_handler:install_release).
extension ReleaseHandler {
  func way(to version: String) -> Result<ReleaseWay, ReleaseRefusal> {
    guard let target = table.release(version), let current = table.current else {
      return .failure(ReleaseRefusal(reason: .tuple(["no_such_release", .text(version)])))
    }
    guard table.status(of: version) != .current else {
      return .failure(ReleaseRefusal(reason: .tuple(["already_installed", .text(version)])))
    }
    if let path = target.up.first(where: { $0.version == current.version }) {
      return .success(ReleaseWay(release: target, from: current, path: path, direction: .up))
    }
    if let path = current.down.first(where: { $0.version == version }) {
      return .success(ReleaseWay(release: target, from: current, path: path, direction: .down))
    }
    return .failure(
      ReleaseRefusal(
        reason: .tuple(["no_matching_relup", .text(version), .text(current.version)])))
  }

  /// The first thing that the target release does not have, as `load_object_code` would say.
  func missingCode(_ way: ReleaseWay) -> Term? {
    for case .loadObjectCode(let name, let version, let modules) in way.path.instructions {
      guard let definition = way.release.definition(of: name) else {
        return .tuple(["no_such_application", .atom(name)])
      }
      guard definition.resource.version == version else {
        return .tuple(["bad_lib_vsn", .atom(name), .text(definition.resource.version)])
      }
      for module in modules where !definition.modules.contains(where: { $0.name == module }) {
        return .tuple(["no_such_file", .text("\(module).beam")])
      }
    }
    return nil
  }

  /// Executes the instructions of the way, one after the other.
  mutating func install(_ version: String, _ context: inout ProcessContext) -> Progress {
    let way: ReleaseWay
    switch self.way(to: version) {
    case .failure(let refusal): return .reply(refuse(refusal.reason, version, &context))
    case .success(let found): way = found
    }
    post(.installing(from: way.from.version, way.direction), version, &context)
    installation = Installation(way)
    if let module = oldProcesses(way.path, &context) {
      return fail(.tuple(["old_processes", .atom(module)]), mayHaveChanged: false, &context)
    }
    return describing(way.release, &context) { handler, context in handler.next(&context) }
  }

  /// A module whose old version may not be purged, and still runs (OTP: soft_purge).
  private func oldProcesses(
    _ path: Release.Path, _ context: inout ProcessContext
  ) -> String? {
    for instruction in path.instructions {
      switch instruction {
      case .load(let loading), .remove(let loading):
        if loading.prePurge == .soft,
          !context.processesRunningOldCode(of: loading.module).isEmpty
        {
          return loading.module
        }
      default: break
      }
    }
    return nil
  }

  /// Has the application controller take the release's descriptions for those that are loaded.
  private func describing(
    _ release: Release, _ context: inout ProcessContext,
    then: @escaping @Sendable (inout ReleaseHandler, inout ProcessContext) -> Progress
  ) -> Progress {
    ask(ApplicationRequest.changeToRelease(release.version), controller, &context) {
      (handler: inout ReleaseHandler, _: ApplicationReply?, context) in then(&handler, &context)
    }
  }

  // MARK: - One after the other

  /// Goes on with the next instruction.
  mutating func next(_ context: inout ProcessContext) -> Progress {
    while let installation, installation.begun < installation.path.instructions.count {
      let instructions = installation.path.instructions
      let instruction = instructions[installation.begun]
      self.installation?.begun += 1
      post(
        .instruction(
          number: installation.begun + 1, count: instructions.count,
          text: instruction.term.description),
        installation.release.version, &context)
      do {
        if let step = try execute(instruction, &context) { return step }
      } catch {
        return fail(error, &context)
      }
    }
    return installed(&context)
  }

  /// Executes an instruction; what to wait for, or nil when it is done.
  private mutating func execute(
    _ instruction: ReleaseInstruction, _ context: inout ProcessContext
  ) throws -> Progress? {
    switch instruction {
    case .loadObjectCode(let name, let version, let modules):
      try read(name, version, modules, &context)
    case .pointOfNoReturn: installation?.isPastReturn = true
    case .load(let loading):
      guard let code = installation?.objectCode.removeValue(forKey: loading.module) else {
        throw RaisedError(.tuple(["badmatch", "false"]))
      }
      context.purge(loading.module)
      context.load(code)
      purgeLater(loading, &context)
    case .remove(let loading):
      context.purge(loading.module)
      context.removeModule(loading.module)
      purgeLater(loading, &context)
    case .purge(let modules):
      for module in modules { context.purge(module) }
    case .suspend(let suspensions): return try suspend(suspensions, &context)
    case .resume(let modules): return resume(modules[...], &context)
    case .codeChange(let direction, let changes):
      return try change(direction, changes, &context)
    case .stop(let modules): return try stop(modules, &context)
    case .start(let modules): return start(modules, &context)
    case .syncNodes(_, let nodes):
      guard nodes == [] else { throw RaisedError(.tuple(["sync_error", nodes])) }
    case .apply(let call): return try apply(call, &context)
    case .restartEmulator: return restart(&context)
    case .restartNewEmulator: throw ReleaseRefusal(reason: "restart_new_emulator")
    }
    return nil
  }

  private mutating func read(
    _ name: String, _ version: String, _ modules: [String], _ context: inout ProcessContext
  ) throws {
    guard let installation else { return }
    if installation.isPastReturn {
      let instruction = ReleaseInstruction.loadObjectCode(
        application: name, version: version, modules: modules)
      throw ReleaseRefusal(
        reason: .tuple(["illegal_instruction_after_point_of_no_return", instruction.term]))
    }
    let way = ReleaseWay(
      release: installation.release, from: installation.from,
      path: .init(
        "", [.loadObjectCode(application: name, version: version, modules: modules)]),
      direction: installation.direction)
    if let problem = missingCode(way) { throw ReleaseRefusal(reason: problem) }
    for code in installation.release.definition(of: name)?.modules ?? []
    where modules.contains(code.name) {
      let before = context.module(code.name)?.version ?? "undefined"
      self.installation?.objectCode[code.name] = code
      self.installation?.versions[code.name] = (before, code.version)
    }
  }

  /// Purges what was replaced at once when nobody runs it, and otherwise when the release is made
  /// permanent.
  private mutating func purgeLater(
    _ loading: ReleaseInstruction.Loading, _ context: inout ProcessContext
  ) {
    unpurged.removeAll { $0.module == loading.module }
    if context.processesRunningOldCode(of: loading.module).isEmpty {
      context.purge(loading.module)
    } else {
      unpurged.append(loading)
    }
  }

  // MARK: - How it ends

  private mutating func installed(_ context: inout ProcessContext) -> Progress {
    tellingConfigurationChange(&context) { handler, context in handler.becomeCurrent(&context) }
  }

  private mutating func becomeCurrent(_ context: inout ProcessContext) -> Progress {
    guard let installation else { return .noReply }
    table.setCurrent(installation.release.version)
    keepTable(&context)
    self.installation = nil
    post(.installed(from: installation.from.version), installation.release.version, &context)
    return .reply(
      .installed(from: installation.from.version, description: installation.path.description))
  }

  private func tellingConfigurationChange(
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout ReleaseHandler, inout ProcessContext) -> Progress
  ) -> Progress {
    ask(ApplicationRequest.tellConfigurationChange, controller, &context) {
      (handler: inout ReleaseHandler, _: ApplicationReply?, context) in then(&handler, &context)
    }
  }

  mutating func fail(_ error: any Error, _ context: inout ProcessContext) -> Progress {
    if let refusal = error as? ReleaseRefusal { return fail(refusal.reason, &context) }
    return fail(.tuple(["EXIT", ExitReason(uncaught: error).term]), &context)
  }

  /// Leaves the machine as it was, or restarts it with the permanent release (OTP: RL9).
  mutating func fail(
    _ reason: Term, mayHaveChanged: Bool = true, _ context: inout ProcessContext
  ) -> Progress {
    guard let installation else { return .noReply }
    let isPastReturn = installation.isPastReturn && mayHaveChanged
    post(
      .failed(reason, isPastReturn: isPastReturn), installation.release.version, &context)
    if isPastReturn {
      reboot(&context)
      return .reply(.error(reason))
    }
    self.installation = nil
    guard mayHaveChanged else { return .reply(.error(reason)) }
    return describing(installation.from, &context) { handler, context in
      handler.tellingConfigurationChange(&context) { _, _ in .reply(.error(reason)) }
    }
  }

  /// Restarts the machine with the new release (OTP: restart_emulator).
  private mutating func restart(_ context: inout ProcessContext) -> Progress {
    guard let installation else { return .noReply }
    let reply = ReleaseReply.installed(
      from: installation.from.version, description: installation.path.description)
    table.setCurrent(installation.release.version)
    reboot(&context, keepsCurrent: true)
    return .reply(reply)
  }
}

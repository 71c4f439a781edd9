package import BubbleEvents

/// A request of a script, to a process that is found by its path when the time comes.
package enum ScriptedRequest: Hashable, Sendable {
  case kill(ChildPath)
  case exit(ChildPath, ExitReason)
  case suspend(ChildPath)
  case resume(ChildPath)
  case send(ChildPath, Term)
  /// A part of the state gets another value.
  case set(ChildPath, field: String, Term)
  case restart(ChildPath)
  case terminate(ChildPath)
  case delete(ChildPath)
  /// One more child of a template, or the one of that id.
  case start(ChildPath, child: String? = nil)
  case change(ChildPath, FlagChange)
  /// Asks the root of the machine, or that of a node.
  case startApplication(String, ApplicationRestart, of: ChildPath = ChildPath())
  case stopApplication(String, of: ChildPath = ChildPath())
  case changeRelease(ControlRequest.ReleaseRequest, String)
  /// Cuts every cable between nodes of different sides, which are named in full.
  case cut([[String]])
  /// Makes every cable between nodes of different sides whole again.
  case heal([[String]])
  case stopNode(String)
  case startNode(String)

  /// The flags of a supervisor that get another value; the others stay as they are.
  package struct FlagChange: Hashable, Sendable {
    package var strategy: SupervisionStrategy?
    package var intensity: RestartIntensity?
    package var autoShutdown: AutoShutdown?

    /// Creates a change of what is not nil.
    package init(
      strategy: SupervisionStrategy? = nil, intensity: RestartIntensity? = nil,
      autoShutdown: AutoShutdown? = nil
    ) {
      self.strategy = strategy
      self.intensity = intensity
      self.autoShutdown = autoShutdown
    }
  }
}

extension ScriptedRequest {
  /// The process that it is about, or whose place it is about.
  package var path: ChildPath {
    switch self {
    case .kill(let path), .exit(let path, _), .suspend(let path), .resume(let path),
      .send(let path, _), .set(let path, _, _), .restart(let path), .terminate(let path),
      .delete(let path), .start(let path, _), .change(let path, _):
      path
    case .startApplication(_, _, let root), .stopApplication(_, let root): root
    case .changeRelease: .releaseHandler
    // It is the cluster that is asked.
    case .cut, .heal, .stopNode, .startNode: ChildPath()
    }
  }
}

// MARK: - Between paths and PIDs

extension ScriptedRequest {
  /// The request to whoever is there now.
  ///
  /// - Parameters:
  ///   - pid: Who lives at a path.
  ///   - flags: The flags of the supervisor at a path.
  ///   - node: The node of a name.
  /// - Returns: Nil when nobody is there to do it to.
  package func request(
    pid: (ChildPath) -> PID?, flags: (ChildPath) -> SupervisorFlags?,
    node: (String) -> NodeID? = { _ in nil }
  ) -> ControlRequest? {
    switch self {
    case .kill(let path): pid(path).map { .process($0, .kill) }
    case .exit(let path, let reason): pid(path).map { .process($0, .exit(reason)) }
    case .suspend(let path): pid(path).map { .process($0, .suspend) }
    case .resume(let path): pid(path).map { .process($0, .resume) }
    case .send(let path, let message): pid(path).map { .process($0, .send(message)) }
    case .set(let path, let field, let value):
      pid(path).map { .process($0, .replaceState(field: field, value)) }
    case .start(let path, let child):
      pid(path).map { .supervisor($0, .startChild(child.map { [.atom($0)] } ?? [])) }
    case .restart(let path): path.asChild(pid).map { .child(of: $0, $1, .restart) }
    case .terminate(let path): path.asChild(pid).map { .child(of: $0, $1, .terminate) }
    case .delete(let path): path.asChild(pid).map { .child(of: $0, $1, .delete) }
    case .change(let path, let change):
      pid(path).map { .supervisor($0, .changeFlags(change.applied(to: flags(path)))) }
    case .startApplication(let name, let restart, _):
      pid(path).map { .application(controller: $0, name, .start(restart)) }
    case .stopApplication(let name, _): pid(path).map { .application(controller: $0, name, .stop) }
    case .changeRelease(let change, let version):
      pid(path).map { .release(handler: $0, change, version: version) }
    case .cut(let sides): Self.ids(sides, node).map { .network(.cut($0)) }
    case .heal(let sides): Self.ids(sides, node).map { .network(.heal($0)) }
    case .stopNode(let name): node(name).map { .node($0, .stop) }
    case .startNode(let name): node(name).map { .node($0, .start) }
    }
  }

  /// The nodes of each side; nil when one of them is not known.
  private static func ids<Name, ID>(_ sides: [[Name]], _ id: (Name) -> ID?) -> [[ID]]? {
    let found = sides.map { $0.compactMap(id) }
    return zip(found, sides).allSatisfy { $0.count == $1.count } ? found : nil
  }

  /// The request as a script says it; nil when it has no words for it.
  ///
  /// There are none for faults, for changed and reordered children, for the arguments of a start,
  /// and for a process that has no path.
  ///
  /// - Parameters:
  ///   - request: What was asked for.
  ///   - path: Where a process lives.
  ///   - node: The name of a node.
  package init?(
    _ request: ControlRequest, path: (PID) -> ChildPath?, node: (NodeID) -> String? = { _ in nil }
  ) {
    let said: ScriptedRequest? =
      switch request {
      case .process(let pid, let request): path(pid).map { ScriptedRequest(request, to: $0) }
      case .child(let supervisor, let id, let request):
        path(supervisor).flatMap { ScriptedRequest(request, of: $0.appending(id)) }
      case .supervisor(let pid, let request):
        path(pid).flatMap { ScriptedRequest(request, to: $0) }
      case .application(let root, let name, .start(let restart)):
        .startApplication(name, restart, of: path(root) ?? ChildPath())
      case .application(let root, let name, .stop):
        .stopApplication(name, of: path(root) ?? ChildPath())
      case .release(_, let change, let version): .changeRelease(change, version)
      case .node(let id, .stop): node(id).map { .stopNode($0) }
      case .node(let id, .start): node(id).map { .startNode($0) }
      case .network(.cut(let sides)): Self.ids(sides, node).map { .cut($0) }
      case .network(.heal(let sides)): Self.ids(sides, node).map { .heal($0) }
      }
    guard let said else { return nil }
    self = said
  }

  private init(_ request: ControlRequest.ProcessRequest, to path: ChildPath) {
    self =
      switch request {
      case .kill: .kill(path)
      case .exit(let reason): .exit(path, reason)
      case .suspend: .suspend(path)
      case .resume: .resume(path)
      case .send(let message): .send(path, message)
      case .replaceState(let field, let value): .set(path, field: field, value)
      }
  }

  /// Only starting, stopping and deleting a child has words.
  private init?(_ request: ControlRequest.ChildRequest, of path: ChildPath) {
    if case .restart = request {
      self = .restart(path)
    } else if case .terminate = request {
      self = .terminate(path)
    } else if case .delete = request {
      self = .delete(path)
    } else {
      return nil
    }
  }

  /// Only a start without arguments or of one child, and other flags, have words.
  private init?(_ request: ControlRequest.SupervisorRequest, to path: ChildPath) {
    if case .startChild(let arguments) = request, arguments.isEmpty {
      self = .start(path)
    } else if case .startChild(let arguments) = request, arguments.count == 1,
      case .atom(let child)? = arguments.first
    {
      self = .start(path, child: child)
    } else if case .changeFlags(let flags) = request {
      self = .change(path, FlagChange(all: flags))
    } else {
      return nil
    }
  }
}

extension ChildPath {
  /// The supervisor of the child, and the id that the child has there.
  fileprivate func asChild(_ pid: (ChildPath) -> PID?) -> (PID, ChildID)? {
    guard let id = ids.last, let supervisor = pid(parent) else { return nil }
    return (supervisor, id)
  }
}

extension ScriptedRequest.FlagChange {
  /// A change to `flags`, whatever they were.
  fileprivate init(all flags: SupervisorFlags) {
    self.init(
      strategy: flags.strategy, intensity: flags.intensity, autoShutdown: flags.autoShutdown)
  }

  /// `flags` with the changed ones replaced.
  fileprivate func applied(to flags: SupervisorFlags?) -> SupervisorFlags {
    let old = flags ?? SupervisorFlags()
    return SupervisorFlags(
      strategy: strategy ?? old.strategy, intensity: intensity ?? old.intensity,
      autoShutdown: autoShutdown ?? old.autoShutdown)
  }
}

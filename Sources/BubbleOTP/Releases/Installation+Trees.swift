internal import BubbleEvents
internal import BubbleKernel

/// How an installation finds the processes of a module: the trees of all running applications.
extension ReleaseHandler {
  /// What is known of the trees so far.
  private struct Census: Sendable {
    /// Masters that were not asked yet, last started first.
    var masters: ArraySlice<PID>
    /// In the order of the masters.
    var tops: [PID] = []
    /// Supervisors that were not asked yet.
    var open: [PID] = []
    var children: [PID: [ChildEntry]] = [:]
  }

  typealias ThenSupervised =
    @Sendable (inout ReleaseHandler, [Supervised], inout ProcessContext) throws -> Progress

  /// Asks all supervisors for their children (OTP: RL7b).
  ///
  /// The order is OTP's: the applications in start order; of each the children of the top
  /// supervisor as which_children has them, then the children of these, and the top supervisor
  /// last.
  func walk(
    _ context: inout ProcessContext, then: @escaping ThenSupervised
  ) throws -> Progress {
    ask(ApplicationRequest.masters, controller, &context) {
      (handler: inout ReleaseHandler, reply: ApplicationReply?, context) in
      guard case .masters(let masters) = reply else { throw RaisedError("noproc") }
      return try handler.take(Census(masters: masters[...]), &context, then: then)
    }
  }

  private mutating func take(
    _ census: Census, _ context: inout ProcessContext, then: @escaping ThenSupervised
  ) throws -> Progress {
    var census = census
    if let master = census.masters.popFirst() {
      return ask(ApplicationTopRequest(), master, &context) {
        [census] (handler: inout ReleaseHandler, reply: Term?, context) in
        var census = census
        if case .pid(let top) = reply {
          census.tops.append(top)
          census.open.append(top)
        }
        return try handler.take(census, &context, then: then)
      }
    }
    guard let supervisor = census.open.popLast() else {
      return try then(&self, order(census, &context), &context)
    }
    // A suspended supervisor would not answer (OTP refuses to ask it).
    guard !context.isSuspended(supervisor) else { throw RaisedError("suspended_supervisor") }
    return ask(SupervisorRequest.whichChildren, supervisor, &context) {
      [census] (handler: inout ReleaseHandler, reply: SupervisorReply?, context) in
      var census = census
      var entries: [ChildEntry] = []
      if case .children(let children) = reply { entries = children }
      census.children[supervisor] = entries
      for case (.pid(let pid), .supervisor) in entries.map({ ($0.child, $0.kind) }) {
        census.open.append(pid)
      }
      return try handler.take(census, &context, then: then)
    }
  }

  private func order(_ census: Census, _ context: inout ProcessContext) -> [Supervised] {
    var found: [Supervised] = []
    for top in census.tops {
      let root = Supervised(
        key: "undefined", pid: top, modules: context.moduleName(of: top).map { [$0] } ?? [])
      found = below(top, census, &context) + [root] + found
    }
    return found
  }

  private func below(
    _ supervisor: PID, _ census: Census, _ context: inout ProcessContext
  ) -> [Supervised] {
    var found: [Supervised] = []
    var later: [PID] = []
    for entry in census.children[supervisor] ?? [] {
      guard case .pid(let pid) = entry.child else { continue }
      found.append(
        Supervised(
          supervisor: supervisor, key: entry.id ?? .pid(pid), pid: pid,
          modules: modules(of: pid, entry.modules, &context)))
      if entry.kind == .supervisor { later.append(pid) }
    }
    return found + later.reversed().flatMap { below($0, census, &context) }
  }

  private func modules(
    of pid: PID, _ modules: ChildSpec.Modules, _ context: inout ProcessContext
  ) -> [String] {
    switch modules {
    case .dynamic: context.moduleName(of: pid).map { [$0] } ?? []
    case .list(let terms):
      terms.compactMap { term in
        if case .atom(let name) = term { name } else { nil }
      }
    }
  }
}

package import BubbleEvents

extension ControlRequest {
  /// What a trace says of it, with the names of the nodes.
  func words(in cluster: ClusterFacts) -> String {
    switch self {
    case .process(let pid, let request): request.words(pid)
    case .child(let supervisor, let id, let request): request.words("child \(id) of \(supervisor)")
    case .supervisor(let supervisor, let request): request.words(supervisor)
    case .application(_, let name, let request): request.words(name)
    case .release(_, let request, let version): "\(request.words) \(version)"
    case .node(let node, let request): request.words + cluster.name(of: node)
    case .network(let request): request.words(in: cluster)
    }
  }
}

extension ProcessTree {
  /// What `request` asks for, in a few words: `kill cache`.
  package func title(of request: ControlRequest) -> String {
    spans(of: request, about: slot(of: request.subject)).map(\.text).joined()
  }

  /// What the log says of a request that was made.
  func tell(
    _ request: ControlRequest, by asker: Asker, in line: inout Narration
  ) {
    line.tell(
      .user, asker.spans + [.init(": ")] + spans(of: request, about: line.slot))
  }

  /// What the log says of a request that could not be served.
  func tellRefusal(_ reason: Term, _ event: Event, in line: inout Narration) {
    var asked: [Narration.Span] = []
    if case .requested(let request, _)? = event.cause.flatMap({ recent[$0] })?.kind {
      asked = spans(of: request, about: slot(of: request.subject)) + [.init(" ")]
    }
    line.tell(
      .state(.crashed),
      asked + [.init("is refused: ", .bad), .init(ExitReason(reason).short, .bad)]
    )
  }

  private func spans(of request: ControlRequest, about slot: SlotID?) -> [Narration.Span] {
    let who = slot.map { [title($0)] } ?? []
    switch request {
    case .process(_, let request): return request.spans(who)
    case .child(_, _, let request): return request.spans(who)
    case .supervisor(_, let request): return request.spans(who)
    case .application(_, let name, let request): return request.spans(name)
    case .release(_, let request, let version):
      return [.init(request.words + " "), .init(version, .name)]
    case .node(let node, let request): return [.init(request.words), title(node)]
    case .network(let request): return [.init(request.words(in: cluster))]
    }
  }
}

extension ControlRequest.ProcessRequest {
  fileprivate func words(_ pid: PID) -> String {
    switch self {
    case .exit(let reason): "exit \(pid) \(reason)"
    case .kill: "kill \(pid)"
    case .suspend: "suspend \(pid)"
    case .resume: "resume \(pid)"
    case .send(let message): "send \(pid) \(message)"
    case .replaceState(let field, let value): "replace \(field) of \(pid): \(value)"
    }
  }

  fileprivate func spans(_ who: [Narration.Span]) -> [Narration.Span] {
    switch self {
    case .exit(let reason): [.init("exit signal "), .init(reason: reason), .init(" to ")] + who
    case .kill: [.init("kill ")] + who
    case .suspend: [.init("suspend ")] + who
    case .resume: [.init("resume ")] + who
    case .send(let message): [.init("send \(message) to ")] + who
    case .replaceState(let field, let value):
      [.init("set \(field) of ")] + who + [.init(" to \(value)")]
    }
  }
}

extension ControlRequest.ChildRequest {
  fileprivate func words(_ child: String) -> String {
    switch self {
    case .restart: "restart \(child)"
    case .terminate: "terminate \(child)"
    case .delete: "delete \(child)"
    case .change(let settings):
      "change \(child) to \(settings.restart.rawValue), shutdown \(settings.shutdown)"
    case .injectFault(let fault): "inject into \(child): \(fault)"
    }
  }

  fileprivate func spans(_ who: [Narration.Span]) -> [Narration.Span] {
    switch self {
    case .restart: [.init("start ")] + who + [.init(" again")]
    case .terminate: [.init("stop ")] + who + [.init(" for good")]
    case .delete: [.init("delete ")] + who
    case .change(let settings):
      [.init("make ")] + who
        + [.init(": \(settings.restart.rawValue), shutdown \(settings.shutdown)")]
    case .injectFault(let fault): [.init("arm \(fault) for ")] + who
    }
  }
}

extension ControlRequest.SupervisorRequest {
  fileprivate func words(_ supervisor: PID) -> String {
    switch self {
    case .startChild(let arguments): "start a child of \(supervisor) with \(Term.list(arguments))"
    case .changeFlags(let flags): "change \(supervisor) to \(flags.words)"
    case .reorderChildren(let order):
      "order the children of \(supervisor): " + order.map(\.description).joined(separator: " ")
    }
  }

  fileprivate func spans(_ who: [Narration.Span]) -> [Narration.Span] {
    switch self {
    case .startChild: [.init("start one more child of ")] + who
    case .changeFlags(let flags):
      [.init("make ")] + who + [
        .init(": "), .init(flags.strategy.rawValue, .strategy),
        .init(", \(flags.intensity)"),
      ]
    case .reorderChildren: [.init("put the children of ")] + who + [.init(" in other order")]
    }
  }
}

extension ControlRequest.ApplicationRequest {
  fileprivate func words(_ name: String) -> String {
    switch self {
    case .start(let restart): "start application \(name), \(restart.rawValue)"
    case .stop: "stop application \(name)"
    }
  }

  fileprivate func spans(_ name: String) -> [Narration.Span] {
    switch self {
    case .start(let restart):
      [.init("start application "), .init(name, .name), .init(", \(restart.rawValue)")]
    case .stop: [.init("stop application "), .init(name, .name)]
    }
  }
}

extension ControlRequest.ReleaseRequest {
  /// What is asked for, in words that a version follows.
  fileprivate var words: String {
    switch self {
    case .install: "install release"
    case .makePermanent: "make permanent release"
    case .reboot: "reboot with release"
    }
  }
}

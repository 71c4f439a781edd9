package import BubbleEvents

extension NodeEvent {
  /// What a trace says of it besides its kind, with the names of the nodes.
  func words(in cluster: ClusterFacts) -> String {
    switch self {
    case .started(_, let isHidden): isHidden ? "hidden" : ""
    case .stopped: ""
    case .connected(let other, let isHidden): cluster.name(of: other) + (isHidden ? ", hidden" : "")
    case .disconnected(let other, let reason): "\(cluster.name(of: other)), \(reason)"
    case .cableCut(let other), .cableHealed(let other): "to \(cluster.name(of: other))"
    case .globalNameRegistered(let name, _), .globalNameReleased(let name, _): "\(name)"
    case .globalNameConflict(let name, let kept, let lost):
      "\(name): \(lost) loses it, " + (kept.map { "\($0) keeps it" } ?? "nobody keeps it")
    case .groupJoined(let group, _), .groupLeft(let group, _), .leaderResigned(let group, _):
      "\(group)"
    case .leaderElected(let group, _, let fence): "of \(group), fencing number \(fence)"
    case .leaderSurrendered(let group, _, let leader): "of \(group), to \(leader)"
    }
  }

  /// What the event is marked with.
  fileprivate var sign: Narration.Sign {
    switch self {
    case .started: .state(.starting)
    case .stopped: .state(.stopped)
    case .connected, .cableHealed: .state(.running)
    case .disconnected, .cableCut, .globalNameConflict: .state(.crashed)
    case .globalNameRegistered, .globalNameReleased, .groupJoined, .groupLeft, .leaderElected,
      .leaderSurrendered, .leaderResigned:
      .note
    }
  }
}

extension ProcessTree {
  /// What the log says of it.
  func tell(_ happening: NodeEvent, of node: NodeID, _ event: Event, in line: inout Narration) {
    line.tell(happening.sign, words(happening, of: node, event))
    line.right = because(event)
    if case .started = happening, let life = line.slot.map({ self[$0].life }), life > 1 {
      line.right = [.init("life \(life)", .dim)]
    }
  }

  /// What happened to a node or between nodes, as a sentence: `a@shop lost b@shop (cable cut)`.
  package func words(
    _ happening: NodeEvent, of node: NodeID, _ event: Event
  ) -> [Narration.Span] {
    let who = [title(node)]
    switch happening {
    case .started(_, let isHidden): return who + [.init(isHidden ? " starts, hidden" : " starts")]
    case .stopped: return who + [.init(" stops", .bad), .init(", and its processes are gone")]
    case .connected(let other, _): return who + [.init(" is connected with "), title(other)]
    case .disconnected(let other, let reason):
      return who + [.init(" lost ", .bad), title(other)]
        + [.init(" (\(loss(event, reason)))", .dim)]
    case .cableCut(let other):
      return [.init("the cable "), title(node), .init(" – "), title(other), .init(" is cut", .bad)]
    case .cableHealed(let other):
      return [
        .init("the cable "), title(node), .init(" – "), title(other), .init(" is whole", .calm),
      ]
    case .globalNameRegistered(let name, let pid):
      return named(pid) + [.init(" holds the global name "), .init(name.asTitle, .strategy)]
    case .globalNameReleased(let name, let pid):
      return named(pid) + [.init(" gives up the global name "), .init(name.asTitle, .strategy)]
    case .globalNameConflict(let name, let kept, let lost): return conflict(name, kept, lost)
    case .groupJoined(let group, let pid):
      return named(pid) + [.init(" joins the group "), .init(group.asTitle, .strategy)]
    case .groupLeft(let group, let pid):
      return named(pid) + [.init(" leaves the group "), .init(group.asTitle, .strategy)]
    case .leaderElected(let group, let pid, let fence):
      return [.init("leader of "), .init(group.asTitle, .strategy), .init(" is now ")]
        + named(pid) + [.init(" with fencing number \(fence)")]
    case .leaderResigned(let group, let pid):
      return named(pid) + [.init(" leads "), .init(group.asTitle, .strategy), .init(" no more")]
    case .leaderSurrendered(_, let pid, let leader):
      return named(pid) + [.init(" follows ")] + named(leader)
    }
  }

  /// What a node is called in a sentence.
  func title(_ node: NodeID) -> Narration.Span { .init(cluster.name(of: node), .supervisor) }

  /// What the event says as a cause of another one, in a few words; nil for one that explains
  /// nothing.
  func phrase(_ happening: NodeEvent, of node: NodeID) -> [Narration.Span]? {
    switch happening {
    case .started: [title(node), .init(" started", .dim)]
    case .stopped: [title(node), .init(" stopped", .dim)]
    case .connected(let other, _):
      [title(node), .init(" and ", .dim), title(other), .init(" connected", .dim)]
    case .disconnected(let other, _): [title(node), .init(" lost ", .dim), title(other)]
    case .cableCut: [.init("the cable was cut", .dim)]
    case .cableHealed: [.init("the cable was healed", .dim)]
    case .globalNameConflict(let name, _, _): [.init("two ", .dim), .init(name.asTitle, .strategy)]
    case .leaderElected(let group, let pid, _):
      [title(pid), .init(" leads ", .dim), .init(group.asTitle, .strategy)]
    case .globalNameRegistered, .globalNameReleased, .groupJoined, .groupLeft, .leaderSurrendered,
      .leaderResigned:
      nil
    }
  }

  // MARK: - Private helpers

  private func conflict(_ name: Term, _ kept: PID?, _ lost: PID) -> [Narration.Span] {
    let two: [Narration.Span] = [.init("two ", .bad), .init(name.asTitle, .strategy), .init(": ")]
    guard let kept else { return two + named(lost) + [.init(" loses it, and nobody keeps it")] }
    return two + named(kept) + [.init(" keeps it, ")] + named(lost) + [.init(" loses it")]
  }

  /// Why a node was lost, in a few words: what the nearest cause is that is about nodes.
  private func loss(_ event: Event, _ reason: Term) -> String {
    for cause in causes(of: event) {
      if case .requested(.network(.cut), _) = cause.kind { return "cable cut" }
      guard case .node(let node, let happening) = cause.kind else { continue }
      if case .cableCut = happening { return "cable cut" }
      if case .stopped = happening { return "it stopped" }
      guard case .disconnected(let other, _) = happening else { continue }
      return "since \(cluster.shortName(of: node)) lost \(cluster.shortName(of: other))"
    }
    return reason.asTitle
  }
}

extension Term {
  /// An atom or a text without quotes, or the term as it is written.
  package var asTitle: String {
    if case .atom(let name) = self { return name }
    if case .text(let name) = self { return name }
    return description
  }
}

// MARK: - Requests

extension ControlRequest.NodeRequest {
  /// What is asked, for the name of a node to follow.
  var words: String {
    switch self {
    case .stop: "stop "
    case .start: "start "
    }
  }
}

extension ControlRequest.NetworkRequest {
  /// `cut between a@shop and b@shop`; where there are more nodes, their short names: `cut between
  /// a b | c`.
  package func words(in cluster: ClusterFacts) -> String {
    let isPair = sides.count == 2 && sides.allSatisfy { $0.count == 1 }
    let names = sides.map { side in
      side.map { isPair ? cluster.name(of: $0) : cluster.shortName(of: $0) }
        .joined(separator: " ")
    }
    return "\(name) between \(names.joined(separator: isPair ? " and " : " | "))"
  }
}

import BubbleEvents

extension NodeEvent {
  /// What a trace says of it besides its kind.
  var words: String {
    switch self {
    case .started(let name, let isHidden): name + (isHidden ? ", hidden" : "")
    case .stopped: ""
    case .connected(let other, let isHidden): "\(other.pid)" + (isHidden ? ", hidden" : "")
    case .disconnected(let other, let reason): "\(other.pid), \(reason)"
    case .cableCut(let other), .cableHealed(let other): "\(other.pid)"
    case .globalNameRegistered(let name, _), .globalNameReleased(let name, _): "\(name)"
    case .globalNameConflict(let name, let kept, let lost):
      "\(name) of \(lost)" + (kept.map { ", now of \($0)" } ?? "")
    case .groupJoined(let group, _), .groupLeft(let group, _), .leaderResigned(let group, _):
      "\(group)"
    case .leaderElected(let group, _, let fence): "\(group), fencing number \(fence)"
    case .leaderSurrendered(let group, _, let leader): "\(group), to \(leader)"
    }
  }
}

extension ProcessTree {
  /// What the log says of it.
  func tell(_ happening: NodeEvent, of node: NodeID, in line: inout Narration) {
    let words = happening.name.replacing("_", with: " ")
    let who = happening.pid.map(named) ?? [.init("\(node.pid)", .name)]
    line.tell(.note, who + [.init(" \(words): \(happening.words)")])
  }
}

extension ControlRequest.NodeRequest {
  /// What is asked, for the name of a node to follow.
  var words: String {
    switch self {
    case .stop: "stop node"
    case .start: "start node"
    }
  }
}

extension ControlRequest.NetworkRequest {
  /// What a trace says of it.
  var words: String {
    let sides = sides.map { $0.map { "\($0.pid)" }.joined(separator: " ") }
    return "\(name) between \(sides.joined(separator: " and "))"
  }
}

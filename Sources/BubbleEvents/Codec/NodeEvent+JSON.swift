extension NodeEvent {
  /// Writes the fields that it has besides the node.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .started(let name, let isHidden):
      try sink.put(name, .name)
      try sink.put(isHidden, .hidden)
    case .stopped: break
    case .connected(let other, let isHidden):
      try sink.put(other, .other)
      try sink.put(isHidden, .hidden)
    case .disconnected(let other, let reason):
      try sink.put(other, .other)
      try sink.put(reason, .reason)
    case .cableCut(let other), .cableHealed(let other): try sink.put(other, .other)
    case .globalNameRegistered(let name, let pid), .globalNameReleased(let name, let pid),
      .groupJoined(let name, let pid), .groupLeft(let name, let pid),
      .leaderResigned(let name, let pid):
      try sink.put(name, .name)
      try sink.put(pid, .pid)
    case .globalNameConflict(let name, let kept, let lost):
      try sink.put(name, .name)
      try sink.put(kept, .to)
      try sink.put(lost, .pid)
    case .leaderElected(let name, let pid, let fence):
      try sink.put(name, .name)
      try sink.put(pid, .pid)
      try sink.put(fence, .fence)
    case .leaderSurrendered(let name, let pid, let leader):
      try sink.put(name, .name)
      try sink.put(pid, .pid)
      try sink.put(leader, .to)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "node_started":
      self = .started(name: try fields.text(.name), isHidden: try fields.flag(.hidden))
    case "node_stopped": self = .stopped
    case "node_connected":
      self = .connected(try fields.node(.other), isHidden: try fields.flag(.hidden))
    case "node_disconnected":
      self = .disconnected(try fields.node(.other), reason: try fields.term(.reason))
    case "cable_cut": self = .cableCut(try fields.node(.other))
    case "cable_healed": self = .cableHealed(try fields.node(.other))
    default:
      guard let event = try Self.agreement(name, fields) else { return nil }
      self = event
    }
  }

  /// What the nodes agree on.
  private static func agreement(_ name: String, _ fields: Fields) throws -> NodeEvent? {
    switch name {
    case "global_name_registered":
      .globalNameRegistered(try fields.term(.name), try fields.pid())
    case "global_name_released": .globalNameReleased(try fields.term(.name), try fields.pid())
    case "global_name_conflict":
      .globalNameConflict(
        try fields.term(.name), kept: try fields.pidIfPresent(.to), lost: try fields.pid())
    case "group_joined": .groupJoined(try fields.term(.name), try fields.pid())
    case "group_left": .groupLeft(try fields.term(.name), try fields.pid())
    case "leader_elected":
      .leaderElected(
        try fields.term(.name), try fields.pid(), fence: try fields.number(.fence, atLeast: 0))
    case "leader_surrendered":
      .leaderSurrendered(try fields.term(.name), try fields.pid(), to: try fields.pid(.to))
    case "leader_resigned": .leaderResigned(try fields.term(.name), try fields.pid())
    default: nil
    }
  }
}

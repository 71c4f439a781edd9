extension Event: Codable, FieldWriting {
  /// Writes the event flat: number, nanoseconds, cause, kind, and the kind's own fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: FieldName.self)
    try write(to: &container)
  }

  func write(to sink: inout some FieldSink) throws {
    try sink.put(id, .id)
    try sink.put(instant.nanoseconds, .at)
    if let cause { try sink.put(cause, .cause) }
    try sink.put(kind.name, .event)
    try kind.write(to: &sink)
  }

  /// Reads what `encode(to:)` writes; errors name the field and what was expected there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FieldName.self)
    self.init(
      id: try container.decode(ID.self, forKey: .id),
      instant: try container.instant(.at),
      cause: try container.decodeIfPresent(ID.self, forKey: .cause),
      kind: try Kind(container))
  }
}

extension Event.Kind {
  fileprivate func write(to sink: inout some FieldSink) throws {
    switch self {
    case .requested(let request, let asker):
      try sink.put(request, .request)
      try sink.put(asker)
    case .requestRefused(let pid, let reason):
      try sink.put(pid, .pid)
      try sink.put(reason, .reason)
    case .process(let pid, let event):
      try sink.put(pid, .pid)
      try event.write(to: &sink)
    case .signal(let event): try event.write(to: &sink)
    case .supervisor(let supervisor, let event):
      try sink.put(supervisor, .supervisor)
      try event.write(to: &sink)
    case .child(let supervisor, let id, let event):
      try sink.put(supervisor, .supervisor)
      try sink.put(id)
      try event.write(to: &sink)
    case .application(let event): try sink.put(event, .step)
    case .release(let event): try sink.put(event, .release)
    case .node(let node, let event):
      try sink.put(node, .node)
      try event.write(to: &sink)
    case .reported(let report): try sink.put(report, .report)
    case .message(let event): try event.write(to: &sink)
    case .limitReached(let pid, let limit):
      try sink.put(pid, .pid)
      try sink.put(limit, .limit)
    }
  }

  fileprivate init(_ fields: Fields) throws {
    let name = try fields.text(.event)
    if let event = try ProcessEvent(named: name, fields) {
      self = .process(try fields.pid(), event)
    } else if let event = try SignalEvent(named: name, fields) {
      self = .signal(event)
    } else if let event = try ChildEvent(named: name, fields) {
      self = .child(of: try fields.pid(.supervisor), try fields.child(), event)
    } else if let event = try SupervisorEvent(named: name, fields) {
      self = .supervisor(try fields.pid(.supervisor), event)
    } else if let event = try MessageEvent(named: name, fields) {
      self = .message(event)
    } else if let event = try NodeEvent(named: name, fields) {
      self = .node(try fields.node(.node), event)
    } else {
      self = try Self.other(name, fields)
    }
  }

  /// The kinds that have no group of their own, or whose group is an object.
  private static func other(_ name: String, _ fields: Fields) throws -> Self {
    switch name {
    case "requested":
      .requested(
        try fields.decode(ControlRequest.self, forKey: .request),
        by: try fields.asker())
    case "request_refused":
      .requestRefused(by: try fields.pid(), reason: try fields.term(.reason))
    case "application": .application(try fields.decode(ApplicationEvent.self, forKey: .step))
    case "release": .release(try fields.decode(ReleaseEvent.self, forKey: .release))
    case "reported": .reported(try fields.decode(Report.self, forKey: .report))
    case "limit_reached":
      .limitReached(pid: try fields.pidIfPresent(.pid), limit: try fields.text(.limit))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .event, in: fields, debugDescription: "there is no kind of event “\(name)”")
    }
  }
}

extension FieldSink {
  mutating func put(_ id: Event.ID, _ field: FieldName) throws {
    try put(Int64(clamping: id), field)
  }
}

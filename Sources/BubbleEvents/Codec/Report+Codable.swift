extension Report: Codable, FieldWriting {
  /// Writes the report flat: its name and its own fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    switch self {
    case .supervisor(let supervisor, let context, let reason, let offender, let child):
      try fields.put("supervisor", .report)
      try fields.put(supervisor, .supervisor)
      try fields.put(context.rawValue, .context)
      try fields.put(reason, .reason)
      try fields.put(child)
      switch offender {
      case .process(let pid):
        try fields.put("process", .offender)
        try fields.put(pid, .pid)
      case .restarting(let pid):
        try fields.put("restarting", .offender)
        try fields.put(pid, .pid)
      case .children(let count):
        try fields.put("children", .offender)
        try fields.put(count, .count)
      }
    case .progress(let supervisor, let child, let pid, let isRequested):
      try fields.put("progress", .report)
      try fields.put(supervisor, .supervisor)
      try fields.put(child)
      try fields.put(pid, .pid)
      if isRequested { try fields.put(true, .requested) }
    case .serverTerminated(let pid, let reason):
      try fields.put("server_terminated", .report)
      try fields.put(pid, .pid)
      try fields.put(reason)
    case .handlerTerminated(let manager, let handler, let reason):
      try fields.put("handler_terminated", .report)
      try fields.put(manager, .pid)
      try fields.put(handler, .id)
      try fields.put(reason, .reason)
    case .crash(let pid, let reason):
      try fields.put("crash", .report)
      try fields.put(pid, .pid)
      try fields.put(reason)
    case .unexpectedMessage(let pid, let message):
      try fields.put("unexpected_message", .report)
      try fields.put(pid, .pid)
      try fields.put(message, .text)
    }
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let name = try fields.text(.report)
    switch name {
    case "supervisor":
      self = .supervisor(
        supervisor: try fields.pid(.supervisor), context: try fields.word(.context),
        reason: try fields.term(.reason), offender: try Self.offender(fields),
        child: try fields.description())
    case "progress":
      self = .progress(
        supervisor: try fields.pid(.supervisor), child: try fields.description(),
        pid: try fields.pid(),
        isRequested: try fields.decodeIfPresent(Bool.self, forKey: .requested) ?? false)
    case "server_terminated":
      self = .serverTerminated(pid: try fields.pid(), reason: try fields.reason())
    case "handler_terminated":
      self = .handlerTerminated(
        manager: try fields.pid(), handler: try fields.term(.id), reason: try fields.term(.reason))
    case "crash": self = .crash(pid: try fields.pid(), reason: try fields.reason())
    case "unexpected_message":
      self = .unexpectedMessage(pid: try fields.pid(), message: try fields.text(.text))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .report, in: fields, debugDescription: "there is no report “\(name)”")
    }
  }

  private static func offender(_ fields: Fields) throws -> Offender {
    switch try fields.text(.offender) {
    case "restarting": .restarting(try fields.pidIfPresent(.pid))
    case "children": .children(try fields.number(.count))
    default: .process(try fields.pidIfPresent(.pid))
    }
  }
}

extension MessageEvent {
  /// Writes its fields.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .sent(let from, let to, let text):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(text, .text)
    case .handled(let pid, let text):
      try sink.put(pid, .pid)
      try sink.put(text, .text)
    case .callStarted(let from, let to, let text):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(text, .text)
    case .callReturned(let from, let to), .callTimedOut(let from, let to):
      try sink.put(from, .from)
      try sink.put(to, .to)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "message_sent":
      self = .sent(
        from: try fields.pidIfPresent(.from), to: try fields.pid(.to), text: try fields.text(.text))
    case "message_handled": self = .handled(by: try fields.pid(), text: try fields.text(.text))
    case "call_started":
      self = .callStarted(
        from: try fields.pid(.from), to: try fields.pid(.to), text: try fields.text(.text))
    case "call_returned":
      self = .callReturned(from: try fields.pid(.from), to: try fields.pid(.to))
    case "call_timed_out":
      self = .callTimedOut(from: try fields.pid(.from), to: try fields.pid(.to))
    default: return nil
    }
  }
}

extension ReleaseEvent: Codable, FieldWriting {
  /// Writes the event flat: the version, the handler, what happened, and its own fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    try fields.put(version, .version)
    try fields.put(handler, .by)
    try fields.put(change.name, .change)
    switch change {
    case .booting, .rebooting, .madePermanent, .removed: break
    case .installing(let from, let direction):
      try fields.put(from, .from)
      try fields.put(direction.rawValue, .direction)
    case .instruction(let number, let count, let text):
      try fields.put(number, .position)
      try fields.put(count, .count)
      try fields.put(text, .text)
    case .leftOut(let pid): try fields.put(pid, .pid)
    case .installed(let from): try fields.put(from, .from)
    case .refused(let reason): try fields.put(reason, .reason)
    case .failed(let reason, let isPastReturn):
      try fields.put(reason, .reason)
      try fields.put(isPastReturn, .isPastReturn)
    }
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let change: Change
    switch try fields.text(.change) {
    case "booting": change = .booting
    case "installing":
      change = .installing(from: try fields.text(.from), try fields.word(.direction))
    case "instruction":
      change = .instruction(
        number: try fields.number(.position), count: try fields.number(.count),
        text: try fields.text(.text))
    case "left_out": change = .leftOut(try fields.pid())
    case "installed": change = .installed(from: try fields.text(.from))
    case "failed":
      change = .failed(
        try fields.term(.reason),
        isPastReturn: try fields.decode(Bool.self, forKey: .isPastReturn))
    case "refused": change = .refused(try fields.term(.reason))
    case "rebooting": change = .rebooting
    case "made_permanent": change = .madePermanent
    case "removed": change = .removed
    case let name:
      throw DecodingError.dataCorruptedError(
        forKey: .change, in: fields, debugDescription: "there is no step “\(name)”")
    }
    self.init(try fields.text(.version), handler: try fields.pid(.by), change)
  }
}

extension ReleaseEvent.Change {
  /// The change's name in files.
  public var name: String {
    switch self {
    case .booting: "booting"
    case .installing: "installing"
    case .instruction: "instruction"
    case .leftOut: "left_out"
    case .installed: "installed"
    case .failed: "failed"
    case .refused: "refused"
    case .rebooting: "rebooting"
    case .madePermanent: "made_permanent"
    case .removed: "removed"
    }
  }
}

extension ApplicationEvent: Codable, FieldWriting {
  /// Writes the event flat: the application, its master, what happened, and its own fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    try fields.put(application, .name)
    try fields.put(master, .pid)
    try fields.put(change.name, .change)
    switch change {
    case .unloaded, .stopping: break
    case .loaded(let version): try fields.put(version, .version)
    case .starting(let restart): try fields.put(restart.rawValue, .restart)
    case .started(let top): try fields.put(top, .supervisor)
    case .startFailed(let reason), .refused(let reason): try fields.put(reason, .reason)
    case .phase(let phase): try fields.put(phase, .phase)
    case .stopped(let reason): try fields.put(reason)
    case .endsMachine(let restart, let reason):
      try fields.put(restart.rawValue, .restart)
      try fields.put(reason)
    }
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let change: Change
    switch try fields.text(.change) {
    case "loaded": change = .loaded(version: try fields.text(.version))
    case "unloaded": change = .unloaded
    case "starting": change = .starting(try fields.word(.restart))
    case "started": change = .started(top: try fields.pidIfPresent(.supervisor))
    case "start_failed": change = .startFailed(try fields.term(.reason))
    case "refused": change = .refused(try fields.term(.reason))
    case "phase": change = .phase(try fields.text(.phase))
    case "stopping": change = .stopping
    case "stopped": change = .stopped(try fields.reason())
    case "ends_machine":
      change = .endsMachine(try fields.word(.restart), try fields.reason())
    case let name:
      throw DecodingError.dataCorruptedError(
        forKey: .change, in: fields, debugDescription: "there is no step “\(name)”")
    }
    self.init(
      try fields.text(.name), master: try fields.pidIfPresent(.pid), change)
  }
}

extension ApplicationEvent.Change {
  /// The change's name in files.
  public var name: String {
    switch self {
    case .loaded: "loaded"
    case .unloaded: "unloaded"
    case .starting: "starting"
    case .started: "started"
    case .startFailed: "start_failed"
    case .refused: "refused"
    case .phase: "phase"
    case .stopping: "stopping"
    case .stopped: "stopped"
    case .endsMachine: "ends_machine"
    }
  }
}

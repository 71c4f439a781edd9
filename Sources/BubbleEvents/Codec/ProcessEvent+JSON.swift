extension ProcessEvent {
  /// Writes the fields that it has besides the process.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .spawned(let parent, let behaviour):
      try sink.put(parent, .parent)
      try sink.put(behaviour, .behaviour)
    case .exited(let reason): try sink.put(reason)
    case .suspended, .resumed: break
    case .nameRegistered(let name), .nameReleased(let name): try sink.put(name, .name)
    case .codeEntered(let module, let version, let previous):
      try sink.put(module, .module)
      try sink.put(version, .version)
      if let previous { try sink.put(previous, .previous) }
    case .stateEntered(let state, let previous, let event):
      try sink.put(state, .state)
      if let previous { try sink.put(previous, .previous) }
      try sink.put(event, .text)
    case .noted(let text): try sink.put(text, .text)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "process_spawned":
      self = .spawned(
        parent: try fields.pidIfPresent(.parent), behaviour: try fields.text(.behaviour))
    case "process_exited": self = .exited(try fields.reason())
    case "process_suspended": self = .suspended
    case "process_resumed": self = .resumed
    case "name_registered": self = .nameRegistered(try fields.text(.name))
    case "name_released": self = .nameReleased(try fields.text(.name))
    case "code_entered":
      self = .codeEntered(
        module: try fields.text(.module), version: try fields.term(.version),
        previous: fields.contains(.previous) ? try fields.term(.previous) : nil)
    case "state_entered":
      self = .stateEntered(
        try fields.term(.state),
        previous: fields.contains(.previous) ? try fields.term(.previous) : nil,
        by: try fields.text(.text))
    case "process_noted": self = .noted(try fields.text(.text))
    default: return nil
    }
  }
}

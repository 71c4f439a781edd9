extension ControlRequest.ProcessRequest {
  /// Writes the fields that it has besides the process.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .exit(let reason): try sink.put(reason)
    case .kill, .suspend, .resume: break
    case .send(let message): try sink.put(message, .message)
    case .replaceState(let field, let value):
      try sink.put(field, .name)
      try sink.put(value, .message)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "exit": self = .exit(try fields.reason())
    case "kill": self = .kill
    case "suspend": self = .suspend
    case "resume": self = .resume
    case "send": self = .send(try fields.term(.message))
    case "replace_state":
      self = .replaceState(field: try fields.text(.name), try fields.term(.message))
    default: return nil
    }
  }
}

extension ControlRequest.ChildRequest {
  /// Writes the fields that it has besides the supervisor and the child's id.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .restart, .terminate, .delete: break
    case .change(let settings):
      try sink.put(settings.restart.rawValue, .restart)
      try sink.put(settings.shutdown.description, .shutdown)
    case .injectFault(let fault): try sink.put(fault)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "restart_child": self = .restart
    case "terminate_child": self = .terminate
    case "delete_child": self = .delete
    case "change_child":
      self = .change(
        ChildSettings(restart: try fields.word(.restart), shutdown: try fields.shutdown()))
    case "inject_fault": self = .injectFault(try fields.fault())
    default: return nil
    }
  }
}

extension ControlRequest.SupervisorRequest {
  /// Writes the fields that it has besides the supervisor.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .startChild(let arguments): try sink.put(.list(arguments), .arguments)
    case .changeFlags(let flags): try sink.put(flags)
    case .reorderChildren(let order): try sink.put(order.map(\.typed), .order)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "start_child":
      guard case .list(let arguments) = try fields.term(.arguments) else {
        throw DecodingError.dataCorruptedError(
          forKey: .arguments, in: fields, debugDescription: "the arguments are not a list")
      }
      self = .startChild(arguments)
    case "change_flags": self = .changeFlags(try fields.flags())
    case "reorder_children": self = .reorderChildren(try fields.children(.order))
    default: return nil
    }
  }
}

extension ControlRequest.ApplicationRequest {
  /// Writes the fields that it has besides the controller and the application's name.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .start(let restart): try sink.put(restart.rawValue, .restart)
    case .stop: break
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "start_application": self = .start(try fields.word(.restart))
    case "stop_application": self = .stop
    default: return nil
    }
  }
}

extension FieldSink {
  fileprivate mutating func put(_ fault: ChildFault) throws {
    switch fault {
    case .slowStart(let delay):
      try put("slow_start", .fault)
      try put(delay.wholeNanoseconds, .delay)
    case .failedStart(let reason):
      try put("failed_start", .fault)
      try put(reason)
    case .refusedShutdown: try put("refused_shutdown", .fault)
    }
  }
}

extension Fields {
  fileprivate func fault() throws -> ChildFault {
    let name = try text(.fault)
    switch name {
    case "slow_start": return .slowStart(try delay())
    case "failed_start": return .failedStart(try reason())
    case "refused_shutdown": return .refusedShutdown
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .fault, in: self, debugDescription: "there is no fault “\(name)”")
    }
  }
}

extension ControlRequest: Codable, FieldWriting {
  /// Writes the request flat: its name and its own fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    switch self {
    case .exit(let pid, let reason):
      try fields.putProcess("exit", pid)
      try fields.put(reason)
    case .kill(let pid):
      try fields.putProcess("kill", pid)
    case .suspend(let pid):
      try fields.putProcess("suspend", pid)
    case .resume(let pid):
      try fields.putProcess("resume", pid)
    case .send(let pid, let message):
      try fields.putProcess("send", pid)
      try fields.put(message, .message)
    case .restartChild(let supervisor, let id):
      try fields.putChild("restart_child", supervisor, id)
    case .terminateChild(let supervisor, let id):
      try fields.putChild("terminate_child", supervisor, id)
    case .deleteChild(let supervisor, let id):
      try fields.putChild("delete_child", supervisor, id)
    case .startChild(let supervisor, let arguments):
      try fields.putSupervisor("start_child", supervisor)
      try fields.put(.list(arguments), .arguments)
    case .changeFlags(let supervisor, let flags):
      try fields.putSupervisor("change_flags", supervisor)
      try fields.put(flags)
    case .replaceState(let pid, let field, let value):
      try fields.putProcess("replace_state", pid)
      try fields.put(field, .name)
      try fields.put(value, .message)
    case .injectFault(let supervisor, let id, let fault):
      try fields.putChild("inject_fault", supervisor, id)
      try fields.put(fault)
    case .changeChild(let supervisor, let id, let settings):
      try fields.putChild("change_child", supervisor, id)
      try fields.put(settings.restart.rawValue, .restart)
      try fields.put(settings.shutdown.description, .shutdown)
    case .reorderChildren(let supervisor, let order):
      try fields.putSupervisor("reorder_children", supervisor)
      try fields.put(order.map(\.typed), .order)
    case .startApplication(let controller, let name, let restart):
      try fields.putApplication("start_application", controller, name)
      try fields.put(restart.rawValue, .restart)
    case .stopApplication(let controller, let name):
      try fields.putApplication("stop_application", controller, name)
    case .changeRelease(let handler, let deed, let version):
      try fields.putProcess("change_release", handler)
      try fields.put(deed.rawValue, .change)
      try fields.put(version, .version)
    }
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let name = try fields.text(.request)
    switch name {
    case "exit": self = .exit(try fields.pid(), try fields.reason())
    case "kill": self = .kill(try fields.pid())
    case "suspend": self = .suspend(try fields.pid())
    case "resume": self = .resume(try fields.pid())
    case "send": self = .send(try fields.pid(), try fields.term(.message))
    case "replace_state":
      self = .replaceState(
        try fields.pid(), field: try fields.text(.name), try fields.term(.message))
    case "restart_child":
      self = .restartChild(supervisor: try fields.pid(.supervisor), id: try fields.child())
    case "terminate_child":
      self = .terminateChild(supervisor: try fields.pid(.supervisor), id: try fields.child())
    case "delete_child":
      self = .deleteChild(supervisor: try fields.pid(.supervisor), id: try fields.child())
    case "start_child":
      guard case .list(let arguments) = try fields.term(.arguments) else {
        throw DecodingError.dataCorruptedError(
          forKey: .arguments, in: fields, debugDescription: "the arguments are no list")
      }
      self = .startChild(supervisor: try fields.pid(.supervisor), arguments: arguments)
    case "change_flags":
      self = .changeFlags(supervisor: try fields.pid(.supervisor), try fields.flags())
    case "inject_fault":
      self = .injectFault(
        supervisor: try fields.pid(.supervisor), id: try fields.child(), try fields.fault())
    case "change_child":
      self = .changeChild(
        supervisor: try fields.pid(.supervisor), id: try fields.child(),
        ChildSettings(restart: try fields.word(.restart), shutdown: try fields.shutdown()))
    case "reorder_children":
      self = .reorderChildren(
        supervisor: try fields.pid(.supervisor), try fields.children(.order))
    case "start_application":
      self = .startApplication(
        controller: try fields.pid(), try fields.text(.name), try fields.word(.restart))
    case "stop_application":
      self = .stopApplication(controller: try fields.pid(), try fields.text(.name))
    case "change_release":
      self = .changeRelease(
        handler: try fields.pid(), try fields.word(.change), version: try fields.text(.version))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .request, in: fields, debugDescription: "there is no request “\(name)”")
    }
  }
}

extension FieldSink {
  fileprivate mutating func putProcess(_ request: String, _ pid: PID) throws {
    try put(request, .request)
    try put(pid, .pid)
  }

  fileprivate mutating func putSupervisor(_ request: String, _ supervisor: PID) throws {
    try put(request, .request)
    try put(supervisor, .supervisor)
  }

  fileprivate mutating func putApplication(
    _ request: String, _ controller: PID, _ name: String
  ) throws {
    try putProcess(request, controller)
    try put(name, .name)
  }

  fileprivate mutating func putChild(_ name: String, _ supervisor: PID, _ id: ChildID) throws {
    try putSupervisor(name, supervisor)
    try put(id)
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

extension KeyedDecodingContainer<Field> {
  fileprivate func fault() throws -> ChildFault {
    let name = try text(.fault)
    switch name {
    case "slow_start":
      return .slowStart(try delay())
    case "failed_start": return .failedStart(try reason())
    case "refused_shutdown": return .refusedShutdown
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .fault, in: self, debugDescription: "there is no fault “\(name)”")
    }
  }
}

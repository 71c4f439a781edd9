extension ControlRequest: Codable, FieldWriting {
  /// Writes the request flat: its name and its own fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    try fields.put(name, .request)
    switch self {
    case .process(let pid, let request):
      try fields.put(pid, .pid)
      try request.write(to: &fields)
    case .child(let supervisor, let id, let request):
      try fields.put(supervisor, .supervisor)
      try fields.put(id)
      try request.write(to: &fields)
    case .supervisor(let supervisor, let request):
      try fields.put(supervisor, .supervisor)
      try request.write(to: &fields)
    case .application(let controller, let name, let request):
      try fields.put(controller, .pid)
      try fields.put(name, .name)
      try request.write(to: &fields)
    case .release(let handler, let request, let version):
      try fields.put(handler, .pid)
      try fields.put(request.rawValue, .change)
      try fields.put(version, .version)
    case .node(let node, _): try fields.put(node, .node)
    case .network(let request): try request.write(to: &fields)
    }
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let name = try fields.text(.request)
    if let request = try ProcessRequest(named: name, fields) {
      self = .process(try fields.pid(), request)
    } else if let request = try ChildRequest(named: name, fields) {
      self = .child(of: try fields.pid(.supervisor), try fields.child(), request)
    } else if let request = try SupervisorRequest(named: name, fields) {
      self = .supervisor(try fields.pid(.supervisor), request)
    } else if let request = try ApplicationRequest(named: name, fields) {
      self = .application(controller: try fields.pid(), try fields.text(.name), request)
    } else if let request = NodeRequest(rawValue: name) {
      self = .node(try fields.node(.node), request)
    } else if let request = try NetworkRequest(named: name, fields) {
      self = .network(request)
    } else if name == "change_release" {
      self = .release(
        handler: try fields.pid(), try fields.word(.change), version: try fields.text(.version))
    } else {
      throw DecodingError.dataCorruptedError(
        forKey: .request, in: fields, debugDescription: "there is no request “\(name)”")
    }
  }
}

/// Takes the fields of an object of JSON, in any order.
protocol FieldSink {
  mutating func put(_ text: String, _ field: FieldName) throws
  mutating func put(_ number: Int64, _ field: FieldName) throws
  mutating func put(_ flag: Bool, _ field: FieldName) throws
  mutating func put(_ texts: [String], _ field: FieldName) throws
  mutating func put(_ object: some FieldWriting, _ field: FieldName) throws
}

/// What is written as an object of JSON.
protocol FieldWriting: Encodable {
  func write(to sink: inout some FieldSink) throws
}

extension FieldSink {
  mutating func put(_ number: Int, _ field: FieldName) throws { try put(Int64(number), field) }
  mutating func put(_ pid: PID?, _ field: FieldName) throws {
    if let pid { try put(pid.description, field) }
  }
  mutating func put(_ node: NodeID, _ field: FieldName) throws {
    try put(Int64(node.number), field)
  }
  mutating func put(_ reason: ExitReason) throws { try put(reason.term, .reason) }
  mutating func put(_ term: Term, _ field: FieldName) throws { try put(term.typed, field) }
  mutating func put(_ id: ChildID, _ field: FieldName = .child) throws { try put(id.typed, field) }
  mutating func put(_ intensity: RestartIntensity) throws {
    try put(intensity.restarts, .restarts)
    try put(intensity.seconds, .seconds)
  }
  mutating func put(_ flags: SupervisorFlags) throws {
    try put(flags.strategy.rawValue, .strategy)
    try put(flags.intensity)
    try put(flags.autoShutdown.rawValue, .autoShutdown)
  }
  mutating func put(_ child: ChildDescription) throws {
    try put(child.id)
    try put(child.restart.rawValue, .restart)
    try put(child.shutdown.description, .shutdown)
    try put(child.kind.rawValue, .kind)
    try put(child.isSignificant, .significant)
  }
}

extension KeyedEncodingContainer<FieldName>: FieldSink {
  mutating func put(_ text: String, _ field: FieldName) throws { try encode(text, forKey: field) }
  mutating func put(_ number: Int64, _ field: FieldName) throws {
    try encode(number, forKey: field)
  }
  mutating func put(_ flag: Bool, _ field: FieldName) throws { try encode(flag, forKey: field) }
  mutating func put(_ texts: [String], _ field: FieldName) throws {
    try encode(texts, forKey: field)
  }
  mutating func put(_ object: some FieldWriting, _ field: FieldName) throws {
    try encode(object, forKey: field)
  }
}

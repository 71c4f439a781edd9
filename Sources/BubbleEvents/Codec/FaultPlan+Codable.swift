extension FaultPlan: Codable, FieldWriting {
  /// Writes the plan; numbers that need not be whole are text.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to fields: inout some FieldSink) throws {
    try fields.put(rate.description, .rate)
    try fields.put(reasons.map(\.reason.term.typed), .reasons)
    try fields.put(reasons.map { String($0.weight) }, .weights)
    try fields.put(targets.map(\.description), .targets)
    try fields.put(includesSupervisors, .supervisors)
    try fields.put(String(consequences.slowStart), .slowStart)
    try fields.put(consequences.delay.wholeNanoseconds, .delay)
    try fields.put(String(consequences.failedStart), .failedStart)
    try fields.put(consequences.failure)
    try fields.put(String(consequences.refusedShutdown), .refusedShutdown)
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let terms = try fields.values(.reasons, "an exit reason") { Term(typed: $0) }
    let weights = try fields.values(.weights, "a weight above 0") { text in
      Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }
    guard !terms.isEmpty, terms.count == weights.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: fields, debugDescription: "each reason has one weight")
    }
    self.init(
      rate: try fields.value(.rate, "a rate") { FaultRate(describedAs: $0) },
      reasons: zip(terms, weights).map { Reason(ExitReason($0), weight: $1) },
      targets: try fields.values(.targets, "a target") { FaultTarget($0) },
      includesSupervisors: try fields.decode(Bool.self, forKey: .supervisors))
    consequences.slowStart = try fields.chance(.slowStart)
    consequences.delay = try fields.delay()
    consequences.failedStart = try fields.chance(.failedStart)
    consequences.failure = try fields.reason()
    consequences.refusedShutdown = try fields.chance(.refusedShutdown)
  }
}

extension Fields {
  /// The time of a delay, which is not negative.
  func delay() throws -> Duration {
    let delay = try decode(Int64.self, forKey: .delay)
    guard delay >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .delay, in: self, debugDescription: "a delay of \(delay) ns is negative")
    }
    return .nanoseconds(delay)
  }

  /// A seed, which is text since not every reader of JSON takes all 64 bits.
  func seed() throws -> UInt64 { try value(.seed, "a seed") { UInt64($0) } }

  fileprivate func chance(_ field: FieldName) throws -> Double {
    try value(field, "a chance from 0 to 1") { text in
      Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    }
  }

  fileprivate func values<Value>(
    _ field: FieldName, _ expected: String, _ make: (String) -> Value?
  ) throws -> [Value] {
    try decode([String].self, forKey: field).map { text in
      guard let value = make(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: field, in: self, debugDescription: "“\(text)” is not \(expected)")
      }
      return value
    }
  }
}

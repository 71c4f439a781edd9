/// The names of the fields in the JSON of events, requests and reports.
enum FieldName: String, CodingKey {
  case id, at, cause, event, pid, parent, behaviour, reason, by, target, from, to, name, about
  case supervisor, child, position, shutdown, order, stops, starts, used, strategy, restarts
  case seconds, mode, text, limit, request, requested, message, arguments, restart, kind,
    significant
  case report, context, offender, count, other, act, acts, back, steps, end
  case origin, fault, delay, plan, seed, rate, reasons, weights, targets, supervisors
  case node, hidden, sides, fence
  case step, change, version, phase, release, direction, module, previous, state
  case isPastReturn = "past_return"
  case slowStart = "slow_start"
  case failedStart = "failed_start"
  case refusedShutdown = "refused_shutdown"
  case autoShutdown = "auto_shutdown"
  case isLink = "link"
}

/// The fields of an object of JSON that is read.
typealias Fields = KeyedDecodingContainer<FieldName>

extension Fields {
  func pid(_ field: FieldName = .pid) throws -> PID {
    try value(field, "a PID such as <42>") { PID($0) }
  }
  func pidIfPresent(_ field: FieldName) throws -> PID? {
    contains(field) ? try pid(field) : nil
  }
  func node(_ field: FieldName) throws -> NodeID {
    NodeID(UInt32(clamping: try number(field, atLeast: 0)))
  }
  func flag(_ field: FieldName) throws -> Bool { try decode(Bool.self, forKey: field) }
  func text(_ field: FieldName) throws -> String { try decode(String.self, forKey: field) }
  func number(_ field: FieldName) throws -> Int { try decode(Int.self, forKey: field) }
  func term(_ field: FieldName) throws -> Term { try value(field, "a term") { Term(typed: $0) } }
  func reason() throws -> ExitReason { ExitReason(try term(.reason)) }
  func word<Word: RawRepresentable<String> & CaseIterable>(_ field: FieldName) throws -> Word {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(field, "one of \(words)") { Word(rawValue: $0) }
  }
  func child(_ field: FieldName = .child) throws -> ChildID {
    try value(field, "a child id") { ChildID(typed: $0) }
  }
  func children(_ field: FieldName) throws -> [ChildID] {
    try decode([String].self, forKey: field).map { text in
      guard let id = ChildID(typed: text) else {
        throw DecodingError.dataCorruptedError(
          forKey: field, in: self, debugDescription: "“\(text)” is not a child id")
      }
      return id
    }
  }
  func shutdown() throws -> ChildShutdown {
    try value(.shutdown, "brutal_kill, infinity or milliseconds") { text in
      switch text {
      case "brutal_kill": .brutalKill
      case "infinity": .infinity
      default: Int(text).flatMap { $0 < 0 ? nil : .timeout($0) }
      }
    }
  }
  func intensity() throws -> RestartIntensity {
    RestartIntensity(
      try number(.restarts, atLeast: 0), in: try number(.seconds, atLeast: 1))
  }
  func number(_ field: FieldName, atLeast least: Int) throws -> Int {
    let number = try number(field)
    guard number >= least else {
      throw DecodingError.dataCorruptedError(
        forKey: field, in: self, debugDescription: "\(field.rawValue) \(number) is below \(least)")
    }
    return number
  }
  func instant(_ field: FieldName) throws -> RuntimeInstant {
    let instant = RuntimeInstant(nanoseconds: try decode(Int64.self, forKey: field))
    guard instant >= .zero else {
      throw DecodingError.dataCorruptedError(
        forKey: field, in: self, debugDescription: "a place in a run is not below 0")
    }
    return instant
  }
  func flags() throws -> SupervisorFlags {
    SupervisorFlags(
      strategy: try word(.strategy), intensity: try intensity(),
      autoShutdown: try word(.autoShutdown))
  }
  func description() throws -> ChildDescription {
    ChildDescription(
      id: try child(), restart: try word(.restart), shutdown: try shutdown(),
      kind: try word(.kind), isSignificant: try decode(Bool.self, forKey: .significant))
  }

  /// Reads a text and makes a value of it; the error says what was expected and what was there.
  func value<Value>(
    _ field: FieldName, _ expected: String, _ make: (String) -> Value?
  ) throws -> Value {
    let text = try decode(String.self, forKey: field)
    guard let value = make(text) else {
      throw DecodingError.dataCorruptedError(
        forKey: field, in: self, debugDescription: "“\(text)” is not \(expected)")
    }
    return value
  }
}

extension ChildID {
  /// The id as text that `init(typed:)` reads back: `#3` for the dynamic child 3, else the term.
  var typed: String {
    switch self {
    case .named(let term): term.typed
    case .dynamic(let number): "#\(number)"
    }
  }

  init?(typed text: String) {
    if text.hasPrefix("#"), let number = Int(text.dropFirst()), number >= 0 {
      self = .dynamic(number)
    } else if let term = Term(typed: text) {
      self = .named(term)
    } else {
      return nil
    }
  }
}

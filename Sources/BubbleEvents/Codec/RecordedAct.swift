/// Something that was done to a machine from outside, and where in its run: enough to do it again
/// exactly there.
public struct RecordedAct: Hashable, Sendable {
  /// A position in a run: the machine gets there again by taking as many turns and then waiting.
  public struct Position: Hashable, Sendable {
    /// Turns taken before; a move of the clock to what was due counts as one.
    public var turns: Int
    /// The machine's time.
    public var instant: RuntimeInstant

    /// Creates a position.
    public init(turns: Int, instant: RuntimeInstant) {
      self.turns = turns
      self.instant = instant
    }
  }

  /// What can be done to a machine.
  public enum Act: Hashable, Sendable {
    /// It is asked for something.
    case request(ControlRequest, by: Asker)
    /// Random faults begin; the faults themselves are no acts, since they follow from this.
    case startChaos(FaultPlan, seed: UInt64)
    /// Random faults end.
    case stopChaos
    /// Every message is told from now on, or no longer: events get other numbers.
    case tellMessages(Bool)
  }

  /// Where it was done.
  public var position: Position
  /// What was done.
  public var act: Act

  /// Creates an act at its position.
  public init(at position: Position, _ act: Act) {
    self.position = position
    self.act = act
  }
}

// MARK: - JSON

extension RecordedAct: Codable, FieldWriting {
  /// Reads what `encode(to:)` writes; errors name the field and what was expected there.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    let act = try Act(fields)
    position = Position(
      turns: try fields.number(.steps, atLeast: 0), instant: try fields.instant(.at))
    self.act = act
  }

  /// Writes position and act flat, as docs/RECORDINGS.md describes them.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try write(to: &fields)
  }

  func write(to sink: inout some FieldSink) throws {
    try sink.put(position.turns, .steps)
    try sink.put(position.instant.nanoseconds, .at)
    switch act {
    case .request(let request, let asker):
      try sink.put("request", .act)
      try sink.put(request, .request)
      try sink.put(asker)
    case .startChaos(let plan, let seed):
      try sink.put("start_chaos", .act)
      try sink.put(plan, .plan)
      try sink.put(String(seed), .seed)
    case .stopChaos: try sink.put("stop_chaos", .act)
    case .tellMessages(let isTold):
      try sink.put(isTold ? "tell_messages" : "tell_no_messages", .act)
    }
  }
}

extension RecordedAct.Act {
  fileprivate init(_ fields: Fields) throws {
    let name = try fields.text(.act)
    switch name {
    case "request":
      self = .request(
        try fields.decode(ControlRequest.self, forKey: .request), by: try fields.asker())
    case "start_chaos":
      self = .startChaos(
        try fields.decode(FaultPlan.self, forKey: .plan), seed: try fields.seed())
    case "stop_chaos": self = .stopChaos
    case "tell_messages": self = .tellMessages(true)
    case "tell_no_messages": self = .tellMessages(false)
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .act, in: fields, debugDescription: "there is no act “\(name)”")
    }
  }
}

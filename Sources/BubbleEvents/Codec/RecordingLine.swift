/// One line of a recording behind its header; docs/RECORDINGS.md describes them.
package enum RecordingLine: Hashable, Sendable {
  /// Something happened.
  case event(Event)
  /// The outside did something; what came of it follows.
  case act(RecordedAct)
  /// The run was taken back: what follows continues after event `event` and the first `acts` acts,
  /// and whatever stood there before has not happened.
  case back(event: Event.ID, acts: Int)
  /// The recording was ended in order, at that time of the machine.
  case end(RuntimeInstant)

  /// The line as UTF-8, with its line break.
  package var bytes: [UInt8] {
    let line =
      switch self {
      case .event(let event): JSONLine.bytes(of: event)
      case .act(let act): JSONLine.bytes(of: act)
      case .back(let event, let acts): JSONLine.bytes(of: Back(back: event, acts: acts))
      case .end(let instant): JSONLine.bytes(of: End(end: instant.nanoseconds))
      }
    return line + [UInt8(ascii: "\n")]
  }
}

/// Something that was done to a machine from outside, and its place in the run.
package struct RecordedAct: Hashable, Sendable {
  /// Steps of the machine before it.
  package var steps: Int
  /// The machine's time.
  package var instant: RuntimeInstant
  /// What was done.
  package var deed: Deed

  package init(steps: Int, instant: RuntimeInstant, deed: Deed) {
    self.steps = steps
    self.instant = instant
    self.deed = deed
  }

  /// What can be done to a machine.
  package enum Deed: Hashable, Sendable {
    /// It is asked for something.
    case request(ControlRequest)
    /// Faults by chance begin; those that come are no acts of their own.
    case startChaos(FaultPlan, seed: UInt64)
    /// Faults by chance end.
    case stopChaos
    /// Every message is told from now on, or no longer.
    case tellMessages(Bool)
  }
}

extension RecordingLine: Decodable {
  /// Reads what `bytes` gives; errors name the field and what was expected there.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    if fields.contains(.event) {
      self = .event(try Event(from: decoder))
    } else if fields.contains(.act) {
      self = .act(try RecordedAct(from: decoder))
    } else if fields.contains(.back) {
      let back = try Back(from: decoder)
      self = .back(event: back.back, acts: back.acts)
    } else {
      self = .end(RuntimeInstant(nanoseconds: try End(from: decoder).end))
    }
  }
}

extension RecordedAct: Codable, FieldWriting {
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let name = try fields.text(.act)
    let deed: Deed
    switch name {
    case "request": deed = .request(try fields.decode(ControlRequest.self, forKey: .request))
    case "start_chaos":
      deed = .startChaos(
        try fields.decode(FaultPlan.self, forKey: .plan), seed: try fields.seed())
    case "stop_chaos": deed = .stopChaos
    case "tell_messages": deed = .tellMessages(true)
    case "tell_no_messages": deed = .tellMessages(false)
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .act, in: fields, debugDescription: "there is no act “\(name)”")
    }
    self.init(
      steps: try fields.number(.steps),
      instant: RuntimeInstant(nanoseconds: try fields.decode(Int64.self, forKey: .at)),
      deed: deed)
    guard steps >= 0, instant >= .zero else {
      throw DecodingError.dataCorruptedError(
        forKey: .steps, in: fields, debugDescription: "a place in a run is not below 0")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try write(to: &fields)
  }

  func write(to sink: inout some FieldSink) throws {
    try sink.put(steps, .steps)
    try sink.put(instant.nanoseconds, .at)
    switch deed {
    case .request(let request):
      try sink.put("request", .act)
      try sink.put(request, .request)
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

/// The fields of `RecordingLine.back`.
private struct Back: Codable, FieldWriting {
  var back: Event.ID
  var acts: Int

  func write(to sink: inout some FieldSink) throws {
    try sink.put(back, .back)
    try sink.put(acts, .acts)
  }
}

/// The field of `RecordingLine.end`.
private struct End: Codable, FieldWriting {
  var end: Int64

  func write(to sink: inout some FieldSink) throws { try sink.put(end, .end) }
}

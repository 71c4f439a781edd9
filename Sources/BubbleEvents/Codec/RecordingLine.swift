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

extension RecordingLine: Decodable {
  /// Reads what `bytes` gives; errors name the field and what was expected there.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    if fields.contains(.event) {
      self = .event(try Event(from: decoder))
    } else if fields.contains(.act) {
      self = .act(try RecordedAct(from: decoder))
    } else if fields.contains(.back) {
      let back = try Back(from: decoder)
      self = .back(event: back.back, acts: back.acts)
    } else {
      self = .end(try fields.instant(.end))
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
private struct End: FieldWriting {
  var end: Int64

  func write(to sink: inout some FieldSink) throws { try sink.put(end, .end) }
}

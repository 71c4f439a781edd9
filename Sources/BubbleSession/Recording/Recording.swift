package import BubbleEvents
package import Foundation

/// A recording that was read: what was done, and where its events stand.
///
/// The bytes are not loaded when they are mapped from a file; only the acts are decoded. Events are
/// compared when they are run again, byte by byte.
package struct Recording: Sendable {
  /// What ran.
  package let header: RecordingHeader
  /// The scenario's file.
  package let source: String
  /// What was done, in its order.
  package private(set) var acts: [RecordedAct] = []
  /// The last event.
  package private(set) var lastEvent: Event.ID = 0
  /// The machine's time when it was ended, or that of the last event when it was not.
  package private(set) var end = RuntimeInstant.zero
  /// Whether it was ended in order.
  package private(set) var isWhole = false
  /// Whether the last line was cut off and is left out.
  package private(set) var isCut = false

  /// Events that stand one behind the other.
  struct Stretch {
    var firstEvent: Event.ID
    var firstLine: Int
    var bytes: Range<Int>
  }

  let data: Data
  let program: String
  /// The version of the format in which it is written.
  let format: RecordingFormat
  private(set) var stretches: [Stretch] = []

  /// Reads a recording; a last line without an end is left out.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - program: The version of the program that reads it.
  ///   - sourceLimit: How many bytes the file may have that it was made of.
  /// - Throws: What is wrong with the file, and where.
  package init(
    _ data: Data, program: String, sourceLimit: Int = .max
  ) throws(RecordingError) {
    self.data = data
    self.program = program
    let first = data.lineBreak(from: 0) ?? data.count
    guard data.leastTextLength(upTo: first) <= sourceLimit else {
      throw .damagedHeader("the scenario in it has more than \(sourceLimit) bytes")
    }
    // A mark of byte order, which some editors put on top of UTF-8.
    let mark = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    (header, format, source) = try Self.header(data.prefix(first).dropFirst(mark), program)
    try readLines(from: first + 1)
  }
}

// MARK: - The header

extension Recording {
  /// As much of a header as every version has.
  private struct Version: Decodable {
    var format: Int
    var program: String?
  }

  private static func header(
    _ line: Data, _ program: String
  ) throws(RecordingError) -> (RecordingHeader, RecordingFormat, String) {
    let version: Version
    do {
      version = try JSONDecoder().decode(Version.self, from: line)
    } catch {
      throw .noHeader
    }
    guard version.format <= RecordingFormat.newest.version else {
      throw .newerFormat(version.format, writtenBy: version.program, program: program)
    }
    guard let format = RecordingFormat(version: version.format) else {
      throw .damagedHeader("there is no format \(version.format)")
    }
    let header: RecordingHeader
    do {
      header = try JSONDecoder().decode(RecordingHeader.self, from: line)
    } catch {
      throw .damagedHeader(reason(error))
    }
    guard let source = header.source else { throw .trace }
    return (header, format, source)
  }
}

// MARK: - The lines

extension Recording {
  private mutating func readLines(from start: Int) throws(RecordingError) {
    var line = 2
    var offset = min(start, data.count)
    while offset < data.count {
      guard let end = data.lineBreak(from: offset) else {
        isCut = true
        break
      }
      if isWhole { throw .damaged(line: line, "something follows the end of the recording") }
      if let event = event(in: offset..<end) {
        try takeEvent(event, offset..<end, line)
      } else {
        try take(decode(offset..<end, line), offset..<end, line)
      }
      offset = end + 1
      line += 1
    }
    guard !isWhole else { return }
    if lastEvent > 0 {
      let last = lineOfEvent(lastEvent)
      if case .event(let event) = try decode(last.bytes, last.line) { end = event.instant }
    }
    // What came of the last act may be cut off.
    end = max(end, acts.last?.position.instant ?? .zero)
  }

  private func event(in bytes: Range<Int>) -> Event.ID? {
    data.withUnsafeBytes { format.event(in: UnsafeRawBufferPointer(rebasing: $0[bytes])) }
  }

  private mutating func takeEvent(
    _ event: Event.ID, _ bytes: Range<Int>, _ line: Int
  ) throws(RecordingError) {
    guard event == lastEvent + 1 else {
      throw .damaged(line: line, "event \(event) follows event \(lastEvent)")
    }
    lastEvent += 1
    if let last = stretches.indices.last, stretches[last].bytes.upperBound == bytes.lowerBound {
      stretches[last].bytes = stretches[last].bytes.lowerBound..<bytes.upperBound + 1
    } else {
      stretches.append(
        Stretch(
          firstEvent: lastEvent, firstLine: line, bytes: bytes.lowerBound..<bytes.upperBound + 1))
    }
  }

  private mutating func take(
    _ content: RecordingLine, _ bytes: Range<Int>, _ line: Int
  ) throws(RecordingError) {
    switch content {
    case .event(let event): try takeEvent(event.id, bytes, line)
    case .act(let act):
      guard acts.last.map({ $0.position.isBefore(act.position) }) ?? true else {
        throw .damaged(line: line, "the act was done before the one above it")
      }
      acts.append(act)
    case .back(let event, let count):
      guard event <= lastEvent, (0...acts.count).contains(count) else {
        throw .damaged(line: line, "it goes back to where the recording never was")
      }
      acts.removeSubrange(count...)
      cut(after: event)
    case .end(let instant):
      guard instant >= acts.last?.position.instant ?? .zero else {
        throw .damaged(line: line, "it ends before the last act was done")
      }
      end = instant
      isWhole = true
    }
  }

  /// Forgets the events after `event`.
  private mutating func cut(after event: Event.ID) {
    while let last = stretches.last, last.firstEvent > event { stretches.removeLast() }
    if let last = stretches.indices.last, event < lastEvent {
      stretches[last].bytes =
        stretches[last].bytes.lowerBound..<lineOfEvent(event).bytes.upperBound + 1
    }
    lastEvent = event
  }

  /// Where the line of event `id` stands, and which line of the file it is.
  private func lineOfEvent(_ id: Event.ID) -> (bytes: Range<Int>, line: Int) {
    guard let stretch = stretches.lastIndex(where: { $0.firstEvent <= id }) else {
      return (0..<0, 1)
    }
    var lines = EventLines(of: self, from: stretch)
    var found: (bytes: Range<Int>, line: Int) = (0..<0, 1)
    for _ in stretches[stretch].firstEvent...id { found = lines.next() ?? found }
    return found
  }

  func decode(_ bytes: Range<Int>, _ line: Int) throws(RecordingError) -> RecordingLine {
    do {
      return try JSONDecoder().decode(RecordingLine.self, from: data[bytes])
    } catch {
      throw .damaged(line: line, reason(error))
    }
  }
}

extension RecordedAct.Position {
  /// Whether a run can come from here to `later`, or is there.
  fileprivate func isBefore(_ later: Self) -> Bool {
    turns <= later.turns && instant <= later.instant
  }
}

/// What is wrong with JSON, in a few words.
private func reason(_ error: any Error) -> String {
  switch error as? DecodingError {
  case .keyNotFound(let key, _): "“\(key.stringValue)” is missing"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    "“\(context.codingPath.last?.stringValue ?? "it")” is of another kind"
  case .dataCorrupted(let context) where !context.codingPath.isEmpty: context.debugDescription
  default: "it is not JSON"
  }
}

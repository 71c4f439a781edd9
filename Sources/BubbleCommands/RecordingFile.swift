import BubbleCells
import BubbleEvents
import Foundation

/// A recording that was read: what was done, and where its events stand.
///
/// The file is mapped, not loaded; only the acts are decoded. Events are compared when they are run
/// again, byte by byte.
struct RecordingFile {
  /// Its name as it was asked for.
  let name: String
  /// What ran.
  let header: RecordingHeader
  /// The scenario's file.
  let source: String
  /// What was done, in its order.
  private(set) var acts: [RecordedAct] = []
  /// The last event.
  private(set) var lastEvent: Event.ID = 0
  /// The machine's time when it was ended, or that of the last event when it was not.
  private(set) var end = RuntimeInstant.zero
  /// Whether it was ended in order.
  private(set) var isWhole = false
  /// Whether the last line was cut off and is left out.
  private(set) var isCut = false

  /// Events that stand one behind the other.
  fileprivate struct Stretch {
    var firstEvent: Event.ID
    var firstLine: Int
    var bytes: Range<Int>
  }

  private let data: Data
  private var stretches: [Stretch] = []

  /// Reads the recording at `path`; a last line without an end is left out.
  init(at path: String) throws(Complaint) {
    name = sanitised(path)
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw .input("cannot read \(name): \(systemReason(error))")
    }
    let first = lineBreak(in: data, from: 0) ?? data.count
    (header, source) = try Self.header(data[..<first], of: name)
    try readLines(from: first + 1)
  }

  // MARK: - The header

  /// As much of a header as every version has.
  private struct Version: Decodable {
    var format: Int
    var program: String?
  }

  private static func header(
    _ line: Data, of name: String
  ) throws(Complaint) -> (RecordingHeader, String) {
    let version: Version
    do {
      version = try JSONDecoder().decode(Version.self, from: line)
    } catch {
      throw .data("\(name):1: this is no recording: it does not begin with the header of one")
    }
    let newest = RecordingHeader.currentFormat
    guard version.format <= newest else {
      let program = version.program.map { ", written by bubbles \(sanitised($0))" } ?? ""
      throw .data(
        "\(name):1: the recording has format \(version.format)\(program); this is bubbles "
          + "\(programVersion), which reads up to format \(newest)")
    }
    let header: RecordingHeader
    do {
      header = try JSONDecoder().decode(RecordingHeader.self, from: line)
    } catch {
      throw .data("\(name):1: the header is damaged: \(reason(error))")
    }
    guard let source = header.source else {
      throw .data(
        "\(name):1: this is a trace, which cannot be run again; --record FILE makes recordings")
    }
    return (header, source)
  }

  // MARK: - The lines

  private mutating func readLines(from start: Int) throws(Complaint) {
    var line = 2
    var offset = min(start, data.count)
    while offset < data.count {
      guard let end = lineBreak(in: data, from: offset) else {
        isCut = true
        break
      }
      if isWhole { throw damage(line, "something follows the end of the recording") }
      if isEvent(at: offset) {
        try takeEvent(offset..<end, line)
      } else {
        try take(decode(offset..<end, line), line)
      }
      offset = end + 1
      line += 1
    }
    guard !isWhole, lastEvent > 0 else { return }
    guard case .event(let event) = try decode(lineOfEvent(lastEvent).bytes, line - 1) else {
      return
    }
    end = event.instant
  }

  /// Whether an event stands there: only such a line begins with its time.
  private func isEvent(at offset: Int) -> Bool {
    data.withUnsafeBytes { $0[offset...].starts(with: Self.eventStart) }
  }

  private mutating func takeEvent(_ bytes: Range<Int>, _ line: Int) throws(Complaint) {
    guard eventNumber(in: bytes) == lastEvent + 1 else {
      if case .event(let event) = try decode(bytes, line) {
        throw damage(line, "event \(event.id) follows event \(lastEvent)")
      }
      throw damage(line, "there is no event in it")
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

  private mutating func take(_ content: RecordingLine, _ line: Int) throws(Complaint) {
    switch content {
    case .event: throw damage(line, "an event does not begin with its time")
    case .act(let act):
      let last = acts.last?.position
      guard last.map({ $0.turns <= act.position.turns && $0.instant <= act.position.instant }) ?? true
      else {
        throw damage(line, "the act was done before the one above it")
      }
      acts.append(act)
    case .back(let event, let count):
      guard event <= lastEvent, (0...acts.count).contains(count) else {
        throw damage(line, "it goes back to where the recording never was")
      }
      acts.removeSubrange(count...)
      try cut(after: event)
    case .end(let instant):
      end = instant
      isWhole = true
    }
  }

  /// Forgets the events after `event`.
  private mutating func cut(after event: Event.ID) throws(Complaint) {
    while let last = stretches.last, last.firstEvent > event { stretches.removeLast() }
    if let last = stretches.indices.last, event < lastEvent {
      stretches[last].bytes =
        stretches[last].bytes.lowerBound..<lineOfEvent(event).bytes.upperBound + 1
    }
    lastEvent = event
  }

  private static let eventStart = Array(#"{"at":"#.utf8)
  private static let numberKey = Array(#","id":"#.utf8)

  /// The number behind the first `"id":`, which no text before it can hold unescaped.
  private func eventNumber(in bytes: Range<Int>) -> Event.ID? {
    data.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      let line = UnsafeRawBufferPointer(rebasing: all[bytes])
      let start = line.indices.first { index in
        line[index] == UInt8(ascii: ",") && line[index...].starts(with: Self.numberKey)
      }
      guard let start else { return nil }
      var number: Event.ID = 0
      for byte in line[(start + Self.numberKey.count)...] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
        number = number &* 10 &+ Event.ID(byte - UInt8(ascii: "0"))
      }
      return number
    }
  }

  /// Where the line of event `id` stands, and which line of the file it is.
  private func lineOfEvent(_ id: Event.ID) -> (bytes: Range<Int>, line: Int) {
    guard let stretch = stretches.last(where: { $0.firstEvent <= id }) else { return (0..<0, 1) }
    var cursor = Cursor(self, at: stretch)
    var found: (bytes: Range<Int>, line: Int) = (0..<0, 1)
    for _ in stretch.firstEvent...id { found = cursor.next(in: self) ?? found }
    return found
  }

  private func decode(_ bytes: Range<Int>, _ line: Int) throws(Complaint) -> RecordingLine {
    do {
      return try JSONDecoder().decode(RecordingLine.self, from: data[bytes])
    } catch {
      throw damage(line, reason(error))
    }
  }

  private func damage(_ line: Int, _ reason: String) -> Complaint {
    .data("\(name):\(line): the recording is damaged: \(sanitised(reason))")
  }
}

// MARK: - Comparing

extension RecordingFile {
  /// A place between two events.
  struct Cursor {
    private var stretch = 0
    private var offset: Int
    private var line: Int

    /// Before the first event.
    init(_ file: RecordingFile) {
      self.init(file, at: file.stretches.first)
    }

    fileprivate init(_ file: RecordingFile, at stretch: Stretch?) {
      self.stretch =
        file.stretches.firstIndex { $0.firstEvent == stretch?.firstEvent } ?? 0
      offset = stretch?.bytes.lowerBound ?? 0
      line = stretch?.firstLine ?? 1
    }

    /// The next event's line, without its end; nil after the last one.
    fileprivate mutating func next(in file: RecordingFile) -> (bytes: Range<Int>, line: Int)? {
      while file.stretches.indices.contains(stretch),
        offset >= file.stretches[stretch].bytes.upperBound
      {
        stretch += 1
        guard file.stretches.indices.contains(stretch) else { return nil }
        offset = file.stretches[stretch].bytes.lowerBound
        line = file.stretches[stretch].firstLine
      }
      guard file.stretches.indices.contains(stretch),
        let end = lineBreak(in: file.data, from: offset)
      else { return nil }
      defer {
        offset = end + 1
        line += 1
      }
      return (offset..<end, line)
    }
  }

  /// Compares what happens now with what was recorded.
  ///
  /// - Parameters:
  ///   - events: The next events of the run; those behind the end of the recording pass.
  ///   - cursor: How far it has been compared.
  /// - Throws: Which line differs, and what that means.
  func compare(_ events: [Event], at cursor: inout Cursor) throws(Complaint) {
    for event in events where event.id <= lastEvent {
      guard let (bytes, line) = cursor.next(in: self) else { return }
      let now = RecordingLine.event(event)
      let isEqual = data.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
        now.bytes.dropLast().withUnsafeBytes {
          $0.isSame(as: UnsafeRawBufferPointer(rebasing: all[bytes]))
        }
      }
      guard !isEqual, try decode(bytes, line) != now else { continue }
      let program = header.program ?? "?"
      let maker =
        program == programVersion
        ? "the recording was changed" : "it was recorded by bubbles \(sanitised(program))"
      throw .data(
        "\(name):\(line): event \(event.id) comes out differently in this bubbles "
          + "\(programVersion); \(maker)")
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether both hold the same bytes.
  fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count, let mine = baseAddress, let theirs = other.baseAddress else {
      return count == other.count
    }
    return memcmp(mine, theirs, count) == 0
  }
}

/// Where the line that begins at `offset` ends; nil when it is cut off.
private func lineBreak(in data: Data, from offset: Int) -> Int? {
  data.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
    guard offset < all.count, let start = all.baseAddress,
      let found = memchr(start + offset, Int32(UInt8(ascii: "\n")), all.count - offset)
    else { return nil }
    return UnsafeRawPointer(found) - start
  }
}

/// What is wrong with JSON, in a few words.
private func reason(_ error: any Error) -> String {
  switch error as? DecodingError {
  case .keyNotFound(let key, _): "“\(key.stringValue)” is missing"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    "“\(context.codingPath.last?.stringValue ?? "it")” is of another kind"
  case .dataCorrupted(let context) where !context.codingPath.isEmpty: context.debugDescription
  default: "it is no JSON"
  }
}

/// The first line of a recording or a trace, with its line break.
func line(of header: RecordingHeader) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return Array(try encoder.encode(header)) + [UInt8(ascii: "\n")]
  } catch {
    preconditionFailure("a header can always be encoded: \(error)")
  }
}

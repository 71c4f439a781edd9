/// A version of the format of recordings, as their headers declare it: how lines are told apart.
package struct RecordingFormat: Hashable, Sendable {
  /// The newest version, which this program writes.
  package static let newest = RecordingFormat(checked: RecordingHeader.currentFormat)

  /// Its number, 1 for the first.
  package let version: Int

  /// The version of that number; nil when this program does not know it.
  package init?(version: Int) {
    guard (1...RecordingHeader.currentFormat).contains(version) else { return nil }
    self.init(checked: version)
  }

  private init(checked version: Int) { self.version = version }

  /// The number of the event that a line tells, without decoding all of it.
  ///
  /// In every version so far an event is an object with the fields `event` and `id`, wherever they
  /// stand in it.
  ///
  /// - Parameter line: A line, without its end.
  /// - Returns: Nil when the line tells no event, or has to be decoded to know.
  package func event(in line: UnsafeRawBufferPointer) -> Event.ID? {
    guard var fields = JSONFields(line) else { return nil }
    var isEvent = false
    var id: Event.ID?
    while let field = fields.next() {
      if line.holds(Self.eventName, at: field.name) {
        isEvent = true
      } else if line.holds(Self.idName, at: field.name) {
        id = line.number(at: field.value)
      }
      if isEvent, let id { return id }
    }
    return nil
  }

  /// An event as this version tells it.
  ///
  /// Before version 2 a progress report did not say whether its start was asked for.
  package func told(_ event: Event) -> Event {
    guard version < 2,
      case .reported(.progress(let supervisor, let child, let pid, isRequested: true)) = event.kind
    else { return event }
    var told = event
    told.kind = .reported(.progress(supervisor: supervisor, child: child, pid: pid))
    return told
  }

  private static let eventName = Array(FieldName.event.rawValue.utf8)
  private static let idName = Array(FieldName.id.rawValue.utf8)
}

extension UnsafeRawBufferPointer {
  fileprivate func holds(_ text: [UInt8], at place: Range<Int>) -> Bool {
    guard place.count == text.count else { return false }
    var offset = 0
    while offset < text.count, self[place.lowerBound + offset] == text[offset] { offset += 1 }
    return offset == text.count
  }

  /// The whole number at `place`; nil when something else is there.
  fileprivate func number(at place: Range<Int>) -> Event.ID? {
    guard (1...19).contains(place.count) else { return nil }
    var number: Event.ID = 0
    for index in place {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index]) else { return nil }
      number = number * 10 + Event.ID(self[index] - UInt8(ascii: "0"))
    }
    return number
  }
}

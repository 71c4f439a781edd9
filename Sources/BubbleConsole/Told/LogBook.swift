package import BubbleEvents
package import BubbleTree

/// The events that are told, in their order, each tied to what caused it.
///
/// Taking one in costs the same however many there are. The book keeps what the tree's ring of
/// events keeps.
package struct LogBook: EventFold, Sendable {
  package private(set) var rows: [LogRow] = []
  /// How many rows were dropped so far.
  package private(set) var droppedCount = 0
  /// The row of each event, or of the nearest of its causes that has one, from `firstEvent` on.
  private var rowOfEvent: [Int32] = []
  private var firstEvent: Event.ID = 1
  private var courses = LogCourses()

  package init() {}

  /// The row of an event, or of the nearest of its causes that has one.
  package func row(of event: Event.ID?) -> Int? {
    guard let event, event >= firstEvent, event - firstEvent < UInt64(rowOfEvent.count) else {
      return nil
    }
    let row = rowOfEvent[Int(event - firstEvent)]
    return row < 0 ? nil : Int(row)
  }

  /// Takes in the next event, which `tree` has just folded.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    if rowOfEvent.isEmpty { firstEvent = event.id }
    let cause = row(of: event.cause).map(Int32.init) ?? -1
    let row = tell(event, under: cause, tree)
    while firstEvent + UInt64(rowOfEvent.count) < event.id { rowOfEvent.append(-1) }
    rowOfEvent.append(row)
    if rowOfEvent.count > 2 * tree.recent.limit { dropOldest(keeping: tree.recent.limit) }
  }

  // MARK: - Private

  /// Adds a row if the event has one; answers the row that its consequences hang below.
  private mutating func tell(_ event: Event, under cause: Int32, _ tree: ProcessTree) -> Int32 {
    let telling = courses.telling(of: event, tree)
    if case .note(let note, let decision) = telling {
      if rows.indices.contains(decision) { rows[decision].note = note }
      return cause
    }
    guard case .row(let isMessage, let note) = telling else { return cause }
    let row = Int32(rows.count)
    if case .supervisor(let supervisor, .restartDecided) = event.kind {
      courses.decided(supervisor, inRow: Int(row), hasNote: note != .none)
    }
    let partner: PID? = if case .message(let message) = event.kind { message.partner } else { nil }
    let depth = cause < 0 ? 0 : min(rows[Int(cause)].depth, .max - 1) + 1
    if cause >= 0 { rows[Int(cause)].lastChild = row }
    rows.append(
      LogRow(
        event: event.id, instant: event.instant, slot: tree.subject(of: event),
        partner: partner.flatMap(tree.slot), parent: cause,
        depth: depth, isMessage: isMessage, note: note))
    return row
  }

  /// Forgets the oldest events, and ties what they caused to nothing.
  private mutating func dropOldest(keeping count: Int) {
    let gone = rowOfEvent.count - count
    firstEvent += UInt64(gone)
    rowOfEvent.removeFirst(gone)
    let rowsGone = Int32(rows.firstIndex { $0.event >= firstEvent } ?? rows.count)
    droppedCount += Int(rowsGone)
    rows.removeFirst(Int(rowsGone))
    courses.forgetRows()
    for index in rowOfEvent.indices { rowOfEvent[index] = max(-1, rowOfEvent[index] - rowsGone) }
    for index in rows.indices {
      rows[index].parent = max(-1, rows[index].parent - rowsGone)
      rows[index].lastChild = max(-1, rows[index].lastChild - rowsGone)
      let parent = rows[index].parent
      rows[index].depth = parent < 0 ? 0 : rows[Int(parent)].depth + 1
    }
  }
}

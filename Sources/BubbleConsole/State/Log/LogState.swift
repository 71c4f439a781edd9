package import BubbleEvents
package import BubbleTree

/// What the log view remembers between frames.
package struct LogState: Sendable {
  /// Whether messages are shown too.
  package var isVerbose = false
  /// The only place whose messages are shown; nil for all.
  package var traced: SlotID?
  /// Whether the chain of causes of the row under the cursor stands below the log.
  package var showsWhy = true
  /// The rows that are shown: indices into the book's rows, in order.
  package private(set) var shown: [Int32] = []
  /// The events of these rows.
  private var events: [Event.ID] = []
  /// Events whose consequences are folded away.
  package private(set) var folded: Set<Event.ID> = []
  /// The event under the cursor; nil to stay at the end, where the newest ones come in.
  package private(set) var cursor: Event.ID?
  /// The first row on the screen, counted in `shown`.
  package private(set) var top = 0
  /// For each row of the book the folded row that hides it; negative for none.
  private var hiders: [Int32] = []
  /// How many rows each folded row hides.
  private var hiddenCounts: [Int32: Int] = [:]
  private var known: Cause?

  /// What the shown rows were chosen for.
  private struct Cause: Hashable {
    var isVerbose: Bool
    var traced: SlotID?
    var filter: String
    var folded: Set<Event.ID>
    var dropped: Int
  }

  package init() {}

  /// Whether the end is shown, where no row is under a cursor.
  package var isFollowing: Bool { cursor == nil || shown.isEmpty }

  /// The row under the cursor, the last one while there is none; counted in `shown`.
  package var cursorRow: Int? {
    guard let cursor else { return shown.isEmpty ? nil : shown.count - 1 }
    var low = 0
    var high = shown.count
    while low < high {
      let middle = (low + high) / 2
      if events[middle] < cursor { low = middle + 1 } else { high = middle }
    }
    return shown.isEmpty ? nil : min(low, shown.count - 1)
  }

  /// How many rows a folded one hides.
  package func hiddenCount(below number: Int) -> Int { hiddenCounts[shown[number]] ?? 0 }

  // MARK: - Changing

  /// Forgets the rows: the book is another one, and is shown at its end.
  package mutating func forget() {
    known = nil
    cursor = nil
    top = 0
    forgetRows()
  }

  private mutating func forgetRows() {
    hiders = []
    hiddenCounts = [:]
    shown = []
    events = []
  }

  /// Moves the cursor; at the end it follows.
  package mutating func moveCursor(to number: Int) {
    guard !shown.isEmpty else { return }
    let number = min(max(0, number), shown.count - 1)
    cursor = number == shown.count - 1 ? nil : events[number]
  }

  /// Goes to the end and stays there.
  package mutating func follow() { cursor = nil }

  package mutating func setFolded(_ isFolded: Bool, _ event: Event.ID) {
    cursor = cursor ?? event
    if isFolded { folded.insert(event) } else { folded.remove(event) }
  }

  /// Shows what the book has got since the last time, and other rows when the user asked for them.
  package mutating func refresh(_ book: LogBook, filter: Filter) {
    let cause = Cause(
      isVerbose: isVerbose, traced: traced, filter: filter.text, folded: folded,
      dropped: book.droppedCount)
    if cause != known {
      known = cause
      forgetRows()
    }
    for row in hiders.count..<book.rows.count { show(row, of: book, filter) }
  }

  private mutating func show(_ index: Int, of book: LogBook, _ filter: Filter) {
    let row = book.rows[index]
    var hider: Int32 = -1
    if row.parent >= 0 {
      hider = hiders[Int(row.parent)]
      if hider < 0, folded.contains(book.rows[Int(row.parent)].event) { hider = row.parent }
    }
    hiders.append(hider)
    guard isVerbose || !row.isMessage else { return }
    if row.isMessage, let traced, !row.concerns(traced) { return }
    if filter.isActive {
      guard let slot = row.slot, filter.matches.contains(slot) else { return }
    }
    guard hider < 0 else {
      hiddenCounts[hider, default: 0] += 1
      return
    }
    shown.append(Int32(index))
    events.append(row.event)
  }

  /// Scrolls as little as needed to show the cursor.
  package mutating func reveal(rows: Int) {
    guard let cursor = cursorRow else {
      top = 0
      return
    }
    top = min(max(top, cursor - rows + 1), cursor)
    top = max(0, min(top, shown.count - rows))
  }

  /// The rows on a screen that has room for so many, counted in `shown`.
  package func visible(rows: Int) -> Range<Int> {
    let first = min(top, shown.count)
    return first..<min(first + max(0, rows), shown.count)
  }
}

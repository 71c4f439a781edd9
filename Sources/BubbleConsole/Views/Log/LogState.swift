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
  package private(set) var book = LogBook()
  /// The rows that are shown: indices into the book's rows, in order.
  package private(set) var shown: [Int32] = []
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

  package var isFollowing: Bool { cursor == nil }

  /// The row under the cursor, counted in `shown`.
  package var cursorRow: Int? {
    guard let cursor else { return shown.isEmpty ? nil : shown.count - 1 }
    var low = 0
    var high = shown.count
    while low < high {
      let middle = (low + high) / 2
      if row(middle).event < cursor { low = middle + 1 } else { high = middle }
    }
    return shown.isEmpty ? nil : min(low, shown.count - 1)
  }

  /// The row with that number among those that are shown.
  package func row(_ number: Int) -> LogRow { book.rows[Int(shown[number])] }

  /// How many rows a folded one hides.
  package func hiddenCount(below number: Int) -> Int { hiddenCounts[shown[number]] ?? 0 }

  // MARK: - Changing

  /// Shows what `other` tells, at its end.
  package mutating func reopen(_ other: LogState) {
    book = other.book
    known = nil
    cursor = nil
    top = 0
    hiders = []
    hiddenCounts = [:]
    shown = []
  }

  /// Moves the cursor; at the end it follows.
  package mutating func moveCursor(to number: Int) {
    guard !shown.isEmpty else { return }
    let number = min(max(0, number), shown.count - 1)
    cursor = number == shown.count - 1 ? nil : row(number).event
  }

  package mutating func setFolded(_ isFolded: Bool, _ event: Event.ID) {
    if cursor == nil, let row = cursorRow { cursor = self.row(row).event }
    if isFolded { folded.insert(event) } else { folded.remove(event) }
  }

  /// Takes in what happened, and shows other rows when the user asked for them.
  package mutating func refresh(_ tree: ProcessTree, events: [Event], filter: Filter) {
    let first = book.rows.count
    let dropped = book.droppedCount
    book.add(events, in: tree)
    let cause = Cause(
      isVerbose: isVerbose, traced: traced, filter: filter.text, folded: folded,
      dropped: book.droppedCount)
    if cause != known || dropped != book.droppedCount {
      known = cause
      hiders = []
      hiddenCounts = [:]
      shown = []
    }
    for row in (hiders.isEmpty ? 0 : first)..<book.rows.count { show(row, filter) }
  }

  private mutating func show(_ index: Int, _ filter: Filter) {
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

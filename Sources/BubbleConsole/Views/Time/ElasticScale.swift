import BubbleEvents

/// Where instants lie when each event has a column of its own and quiet time is folded.
struct ElasticScale {
  let book: TimelineBook
  /// The end of what has happened.
  let end: RuntimeInstant

  /// All cells, from the first column to the end; empty before anything has happened.
  var cells: Range<Int> {
    guard let first = book.columns.first, let last = book.columns.last else { return 0..<0 }
    let fold = TimelineBook.isQuiet(end - last.instant) ? TimelineBook.foldWidth : 0
    return first.cell..<last.cell + TimelineBook.columnWidth + fold
  }

  /// The cell of `instant`, at which the column `number` is the last that has happened: in quiet
  /// time a cell of the fold, otherwise that of the column.
  func cell(of instant: RuntimeInstant, after number: Int) -> Int {
    let column = book[column: number]
    let (next, start) = following(number)
    let fold = start - column.cell - TimelineBook.columnWidth
    guard fold > 0, next > column.instant, TimelineBook.isQuiet(instant - column.instant) else {
      return column.cell
    }
    let whole = Double((next - column.instant).wholeNanoseconds)
    let part = min(1, Double((instant - column.instant).wholeNanoseconds) / whole)
    return column.cell + TimelineBook.columnWidth + min(fold - 1, Int(part * Double(fold)))
  }

  /// When and in which cell the column behind `number` begins, or the end of what has happened.
  func following(_ number: Int) -> (instant: RuntimeInstant, cell: Int) {
    guard number + 1 < book.numbers.upperBound else { return (end, cells.upperBound) }
    let next = book[column: number + 1]
    return (next.instant, next.cell)
  }
}

package import BubbleEvents
import BubbleTree

/// The part of the axis of time that is on the screen.
///
/// Cells are counted from the left end of the axis; those that are negative, or not less than
/// `width`, are not on the screen.
package struct TimelineAxis {
  package let book: TimelineBook
  package let width: Int
  /// The columns on the screen, and the one before them.
  package let columns: Range<Int>
  /// The last column that has happened; nil before the first.
  package let current: Int?
  private let scale: ElasticScale
  private let left: Int
  /// The span from end to end, where the axis is to scale.
  private let span: (from: RuntimeInstant, length: Double)?
  private let now: RuntimeInstant

  package init(_ model: ConsoleModel, width: Int) {
    book = model.knownTimeline
    self.width = max(0, width)
    left = model.timeline.left
    now = model.now
    scale = ElasticScale(book: book, end: model.travel.end?.now ?? model.now)
    current = book.lastColumn(notAfter: model.tree.lastEvent)
    let (left, right) = (left, left + self.width)
    let first = book.columns.partitioningIndex { $0.cell + TimelineBook.columnWidth > left }
    let last = book.columns.partitioningIndex { $0.cell >= right }
    columns = book.firstColumn + max(0, first - 1)..<book.firstColumn + max(first, last)
    span = model.timeline.isTrueToTime ? Self.span(of: columns, to: right, on: scale) : nil
  }

  private static func span(
    of columns: Range<Int>, to right: Int, on scale: ElasticScale
  ) -> (from: RuntimeInstant, length: Double)? {
    guard let last = columns.last else { return nil }
    let from = scale.book[column: columns.lowerBound].instant
    let to = right >= scale.cells.upperBound ? scale.end : scale.book[column: last].instant
    return to > from ? (from, Double((to - from).wholeNanoseconds)) : nil
  }

  /// Whether distances tell how much time passes.
  package var isTrueToTime: Bool { span != nil }

  /// The playhead's cell.
  package var playhead: Int { current.map { cell(of: now, after: $0) } ?? 0 }

  /// The first cell after the end of what has happened.
  package var end: Int { span == nil ? min(width, scale.cells.upperBound - left) : width }

  /// The first cell of a column.
  package func cell(of number: Int) -> Int {
    span == nil ? book[column: number].cell - left : exact(book[column: number].instant)
  }

  /// The cell of `instant`, at which the column `number` is the last that has happened.
  package func cell(of instant: RuntimeInstant, after number: Int) -> Int {
    span == nil ? scale.cell(of: instant, after: number) - left : exact(instant)
  }

  /// The cell of a mark: of its column, or behind the one before it.
  package func cell(of mark: TimelineMark) -> Int {
    guard book.numbers.contains(mark.column) else { return -1 }
    guard !mark.kind.ownsColumn, mark.kind != .counted else { return cell(of: mark.column) }
    guard span == nil else { return exact(mark.instant) }
    let column = book[column: mark.column]
    return max(scale.cell(of: mark.instant, after: mark.column), column.cell + 1) - left
  }

  /// The cell of an instant; negative when it lies before all columns.
  package func cell(of instant: RuntimeInstant) -> Int {
    book.lastColumn(notAfter: instant).map { cell(of: instant, after: $0) } ?? -1
  }

  /// The column that a cell belongs to, or the quiet time behind it does.
  package func column(at cell: Int) -> Int? {
    columns.last { self.cell(of: $0) <= cell }
  }

  /// The folded time before a column, or at the end before nil: its cells and how long it is.
  package func fold(before number: Int?) -> (cell: Int, span: Duration)? {
    let previous = (number ?? book.numbers.upperBound) - 1
    guard span == nil, book.numbers.contains(previous) else { return nil }
    let column = book[column: previous]
    let (next, start) = scale.following(previous)
    let first = column.cell + TimelineBook.columnWidth
    return start > first ? (first - left, next - column.instant) : nil
  }

  private func exact(_ instant: RuntimeInstant) -> Int {
    guard let span else { return 0 }
    let part = Double((instant - span.from).wholeNanoseconds) / span.length
    return Int((min(2, max(-1, part)) * Double(max(0, width - TimelineBook.columnWidth))).rounded())
  }
}

extension TimelineAxis {
  /// Where the playhead is on the elastic axis, and all of that axis.
  static func extent(of model: ConsoleModel) -> (playhead: Int, cells: Range<Int>) {
    let book = model.knownTimeline
    let scale = ElasticScale(book: book, end: model.travel.end?.now ?? model.now)
    let current = book.lastColumn(notAfter: model.tree.lastEvent)
    return (current.map { scale.cell(of: model.now, after: $0) } ?? 0, scale.cells)
  }
}

extension ConsoleModel {
  /// What has happened, also what lies after the shown moment.
  package var knownTimeline: TimelineBook { travel.end?.told.timeline ?? told.timeline }
}

import BubbleCells
import BubbleEvents
import BubbleTree

/// Where the playhead is, in words.
enum PlayheadWords {
  /// In at most so many cells, if need be less of it.
  static func words(_ model: ConsoleModel, _ axis: TimelineAxis, columns: Int) -> [Span] {
    let instant = Span(model.now.description, .title)
    guard model.travel.isPast else { return [Span("now, ", .dim), instant] }
    let core = [instant] + event(model, axis)
    let all = [Span("you are at ", .dim)] + core
    return [all, core].first { Span.width(of: $0) <= columns } ?? [instant]
  }

  /// `, event 3 of 10`: the event in the playhead's column, if anything happened just then.
  private static func event(_ model: ConsoleModel, _ axis: TimelineAxis) -> [Span] {
    let book = axis.book
    let next = (axis.current ?? book.firstColumn - 1) + 1
    if book.numbers.contains(next), let course = book.course(of: book[column: next]),
      book[column: next].number == 1, course.root <= model.tree.lastEvent
    {
      return [Span(", before event ", .dim), Span("1 of \(course.count)", .title)]
    }
    guard let current = axis.current else { return [] }
    let column = book[column: current]
    guard !TimelineBook.isQuiet(model.now - column.instant), let course = book.course(of: column)
    else { return [] }
    return [Span(", event ", .dim), Span("\(column.number) of \(course.count)", .title)]
  }
}

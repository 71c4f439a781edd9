import BubbleText
import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// The rows of the log that are on the screen, and the line above them.
struct LogDrawing {
  @Boxed private var model: ConsoleModel
  private let area: Rect
  private let visible: Range<Int>
  private let highlighted: Int?

  /// Where the sign of a beginning stands; each level is two further right.
  private static let signColumn = 10
  private static let timeColumns = 8
  /// Deeper levels are not indented further.
  private static let mostLevels = 12

  init(_ model: ConsoleModel, in area: Rect, highlighted: Int?) {
    self.model = model
    self.highlighted = highlighted
    self.area = area
    visible = model.log.visible(rows: area.rows - 1)
  }

  func draw(on grid: inout CellGrid) {
    drawHeader(on: &grid)
    if model.log.shown.isEmpty {
      let text =
        model.filter.isActive ? "Nothing of these processes is told." : "Nothing has happened yet."
      grid.put(text, at: Point(column: area.column + 2, row: area.row + 2), role: .dim)
    }
    for (line, number) in visible.enumerated() {
      drawRow(number, at: area.row + 1 + line, on: &grid)
    }
  }

  private func drawHeader(on grid: inout CellGrid) {
    let events = model.tree.recent.count + model.tree.recent.goneCount
    let whose = model.log.traced.map { "of \(model.tree[$0].name) " } ?? "too "
    let what = model.log.isVerbose ? "messages \(whose)" : "lifecycle only "
    let count = [Span(" \(grouped(events))", .title), Span(" events ", .dim)]
    let keys = [
      Span("  \(what)", .dim), Span("v", .key),
      Span(model.log.isVerbose ? " hides messages" : " adds messages", .dim),
    ]
    let gone = model.tree.recent.goneCount
    let kept = Span(
      gone == 0 ? "none dropped" : "the oldest \(grouped(gone)) are gone",
      gone == 0 ? .text : .warning)
    let place = [Span(" \(model.options.glyphs[.separator]) ", .dim)] + place
    // Where room ends, what is kept goes first, then the keys; who is selected stays.
    let lines = [(count + keys, [kept] + place), (count + keys, place), (count, place)]
    let fitting = lines.first { Span.width(of: $0 + $1) + 2 <= area.columns }
    let (left, right) = fitting ?? ([], place)
    StyledLine(left, right: right).draw(on: &grid, at: area.origin, columns: area.columns)
  }

  /// Which row the cursor is in; while the log follows, who is selected, since no row may tell it.
  private var place: [Span] {
    guard model.log.isFollowing else {
      let number = grouped((model.log.cursorRow ?? 0) + 1)
      return [Span("\(number) of \(grouped(model.log.shown.count)) ", .dim)]
    }
    guard highlighted == nil, let node = model.selectedNode else {
      return [Span("following ", .dim)]
    }
    let name = cut(node.name, to: 20, ellipsis: model.options.glyphs.ellipsis)
    return [
      Span("following ", .dim), Span(model.options.glyphs[.selectionLeft], .selectionArrow),
      Span(name, .selectionName), Span(" "),
    ]
  }

  // MARK: - One row

  private func drawRow(_ number: Int, at line: Int, on grid: inout CellGrid) {
    let row = model.logRow(number)
    let glyphs = model.options.glyphs
    if isNewTime(number) {
      let time = padded(row.instant.description, to: Self.timeColumns, alignment: .right)
      grid.put(time, at: Point(column: area.column, row: line), role: .dim)
    }
    let lead = lead(of: row, before: number)
    let indented = min(Int(row.depth), Self.mostLevels) * 2
    let sign = area.column + Self.signColumn + indented
    grid.put(
      lead, at: Point(column: area.column + Self.signColumn, row: line), role: .frame,
      width: indented)
    let text = LogSentence(row, model)
    let room = area.endColumn - 1 - sign
    let folded = model.log.folded.contains(row.event) ? folded(number) : []
    StyledLine([text.sign, Span(" ")] + text.spans + folded, right: note(of: row))
      .draw(on: &grid, at: Point(column: sign, row: line), columns: room)
    guard number == highlighted else { return }
    let whole = Rect(column: area.column, row: line, columns: area.columns, rows: 1)
    grid.setRole(.selectedRow, in: whole.split(left: 1).rest)
    grid.put(
      glyphs[.selectionLeft], at: Point(column: area.column, row: line), role: .selectionArrow)
  }

  /// Equal times are left out, except in the first row of the screen.
  private func isNewTime(_ number: Int) -> Bool {
    guard number > visible.lowerBound else { return true }
    return model.logRow(number - 1).instant.description
      != model.logRow(number).instant.description
  }

  /// The lines that tie a row to what caused it.
  private func lead(of row: LogRow, before number: Int) -> String {
    let rows = model.told.log.rows
    let glyphs = model.options.glyphs
    let own = model.log.shown[number]
    var levels: [String] = []
    var child = own
    var parent = row.parent
    while parent >= 0, levels.count < Self.mostLevels {
      let goesOn = rows[Int(parent)].lastChild > own
      if child == own {
        levels.append(glyphs[goesOn ? .branch : .lastBranch] + " ")
      } else {
        levels.append(goesOn ? "\(glyphs[.trunk]) " : "  ")
      }
      child = parent
      parent = rows[Int(parent)].parent
    }
    return levels.reversed().joined()
  }

  private func folded(_ number: Int) -> [Span] {
    let count = model.log.hiddenCount(below: number)
    guard count > 0 else { return [] }
    return [Span("  \(model.options.glyphs[.folded]) \(grouped(count)) more", .dim)]
  }

  private func note(of row: LogRow) -> [Span] {
    switch row.note {
    case .none: []
    case .budget(let used, let allowed): [Span("\(used) of \(allowed)", .budgetCounted)]
    case .took(.zero): []
    case .took(let duration): [Span(spoken(duration), .dim)]
    case .life(let number): [Span("life \(number)", .dim)]
    }
  }
}

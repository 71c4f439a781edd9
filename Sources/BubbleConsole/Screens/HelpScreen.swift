import BubbleCells

/// All keys and signs, over the whole body; the keys are those of the rows it is given.
enum HelpScreen {
  static func draw(
    _ model: ConsoleModel, _ rows: [Action], scroll: Int, on grid: inout CellGrid
  ) {
    let area = frame(model)
    // Nothing but the help screen listens now.
    grid.setRole(.dim, in: grid.bounds)
    grid.clear(area)
    grid.box(area, title: "keys and signs")
    corner([Span(" \(model.view.name) ", .dim)], row: area.row, in: area, on: &grid)
    let inner = area.inset(columns: 1, rows: 1)
    var sheet = CellGrid(size: Size(columns: inner.columns, rows: height(model, rows)))
    let keysRows = drawKeys(model, rows, on: &sheet)
    drawSigns(model, from: keysRows, on: &sheet)
    for row in 0..<inner.rows where row + scroll < sheet.size.rows {
      copy(row + scroll, of: sheet, to: Point(column: inner.column, row: inner.row + row), &grid)
    }
    let divider = keysRows - scroll
    if (0..<inner.rows).contains(divider) {
      grid.divider(
        Rect(column: area.column, row: inner.row + divider, columns: area.columns, rows: 1),
        title: "signs")
    }
    var foot = [Span(" esc", .key), Span(" closes ", .dim)]
    if furthest(model, rows) > 0 { foot = [Span(" ↑↓", .key), Span(" more ", .dim)] + foot }
    corner(foot, row: area.endRow - 1, in: area, on: &grid)
  }

  /// How far it can be scrolled.
  static func furthest(_ model: ConsoleModel, _ rows: [Action]) -> Int {
    max(0, height(model, rows) - (frame(model).rows - 2))
  }

  // MARK: - Private

  private static func frame(_ model: ConsoleModel) -> Rect {
    Rect(model.size).split(top: 1).rest.split(bottom: 1).rest
  }

  /// Rows of the whole sheet: the keys, a divider and the signs.
  private static func height(_ model: ConsoleModel, _ rows: [Action]) -> Int {
    keyRows(model, rows) + 1 + HelpPicture.rows(columns: frame(model).columns - 2)
  }

  private static func keyRows(_ model: ConsoleModel, _ rows: [Action]) -> Int {
    let heights = columns(model, rows).map { $0.keys.count + 1 }
    return areSideBySide(model, rows) ? heights.max() ?? 0 : heights.reduce(0, +)
  }

  private static func areSideBySide(_ model: ConsoleModel, _ rows: [Action]) -> Bool {
    let columns = columns(model, rows)
    return columns.reduce(columns.count) { $0 + $1.width } <= frame(model).columns - 2
  }

  /// One column of keys.
  private struct Column {
    var title: String
    var keys: [String]
    var words: [String]

    var keyWidth: Int { (keys.map { displayWidth($0) }.max() ?? 0) + 2 }
    var width: Int { keyWidth + (words.map { displayWidth($0) }.max() ?? 0) }

    func draw(on grid: inout CellGrid, column: Int, row: Int) {
      grid.put(title, at: Point(column: column, row: row), role: .strategy)
      for index in keys.indices {
        let row = row + 1 + index
        grid.put(keys[index], at: Point(column: column, row: row), role: .key)
        grid.put(words[index], at: Point(column: column + keyWidth, row: row), role: .text)
      }
    }
  }

  private static func columns(_ model: ConsoleModel, _ rows: [Action]) -> [Column] {
    let here: Set<KeyContext> = model.isLabShown ? [.lab] : .acting
    return Action.Group.allCases.map { group in
      let actions = rows.filter {
        $0.group == group && $0.views?.contains(model.view) != false
          && !$0.contexts.isDisjoint(with: here)
      }
      return Column(
        title: group.rawValue,
        keys: actions.map { Key.shown($0.shown, in: model.options.glyphs) },
        words: actions.map(\.brief))
    }
  }

  /// A column a group as far apart as there is room, or one below the other.
  private static func drawKeys(_ model: ConsoleModel, _ rows: [Action], on grid: inout CellGrid)
    -> Int
  {
    let columns = columns(model, rows)
    if areSideBySide(model, rows) {
      let used = columns.reduce(0) { $0 + $1.width }
      let gap = min(10, max(1, (grid.size.columns - used) / (columns.count + 1)))
      var left = min(2, gap)
      for column in columns {
        column.draw(on: &grid, column: left, row: 0)
        left += column.width + gap
      }
    } else {
      var top = 0
      for column in columns {
        column.draw(on: &grid, column: 1, row: top)
        top += column.keys.count + 1
      }
    }
    return keyRows(model, rows)
  }

  private static func drawSigns(_ model: ConsoleModel, from row: Int, on grid: inout CellGrid) {
    let area = Rect(
      column: 0, row: row + 1, columns: grid.size.columns,
      rows: HelpPicture.rows(columns: grid.size.columns))
    HelpPicture.draw(model, in: area, on: &grid)
  }

  private static func copy(
    _ row: Int, of sheet: CellGrid, to point: Point, _ grid: inout CellGrid
  ) {
    for column in 0..<sheet.size.columns where sheet[column, row].width > 0 {
      let cell = sheet[column, row]
      guard cell.glyph != .untouched else { continue }
      grid.put(
        cell.glyph, at: Point(column: point.column + column, row: point.row), role: cell.role)
    }
  }

  private static func corner(
    _ spans: [Span], row: Int, in area: Rect, on grid: inout CellGrid
  ) {
    let width = Span.width(of: spans)
    let start = Point(column: area.endColumn - 2 - width, row: row)
    StyledLine(spans).draw(on: &grid, at: start, columns: width)
  }
}

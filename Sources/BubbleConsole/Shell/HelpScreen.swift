import BubbleCells

/// All keys and signs, over the whole body; the keys come from the table of actions.
enum HelpScreen {
  static func draw(_ model: ConsoleModel, scroll: Int, on grid: inout CellGrid) {
    let area = frame(model)
    grid.clear(area)
    grid.box(area, title: "keys and signs")
    corner([Span(" \(model.view.name) ", .dim)], row: area.row, in: area, on: &grid)
    let inner = area.inset(columns: 1, rows: 1)
    var sheet = CellGrid(size: Size(columns: inner.columns, rows: height(model)))
    let keysRows = drawKeys(model, on: &sheet)
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
    if furthest(model) > 0 { foot = [Span(" ↑↓", .key), Span(" more ", .dim)] + foot }
    corner(foot, row: area.endRow - 1, in: area, on: &grid)
  }

  /// How far it can be scrolled.
  static func furthest(_ model: ConsoleModel) -> Int {
    max(0, height(model) - (frame(model).rows - 2))
  }

  // MARK: - Private

  private static func frame(_ model: ConsoleModel) -> Rect {
    Rect(model.size).split(top: 1).rest.split(bottom: 1).rest
  }

  private static func height(_ model: ConsoleModel) -> Int {
    1 + longest(model) + 1 + HelpPicture.rows(columns: frame(model).columns - 2)
  }

  private static func rows(_ group: Action.Group, _ model: ConsoleModel) -> [Action] {
    ActionTable.all.filter { $0.group == group && $0.views?.contains(model.view) != false }
  }

  private static func longest(_ model: ConsoleModel) -> Int {
    Action.Group.allCases.map { rows($0, model).count }.max() ?? 0
  }

  /// Three columns; answers the row after them.
  private static func drawKeys(_ model: ConsoleModel, on grid: inout CellGrid) -> Int {
    let groups = Action.Group.allCases
    let columns = grid.size.columns / groups.count
    for (index, group) in groups.enumerated() {
      let left = index * columns + 2
      grid.put(group.rawValue, at: Point(column: left, row: 0), role: .strategy)
      let actions = rows(group, model)
      let keys = actions.map { Key.shown($0.shown, in: model.options.glyphs) }
      let keyWidth = (keys.map { displayWidth($0) }.max() ?? 0) + 2
      for (row, action) in actions.enumerated() {
        grid.put(keys[row], at: Point(column: left, row: row + 1), role: .key)
        grid.put(
          action.help, at: Point(column: left + keyWidth, row: row + 1), role: .text,
          width: columns - keyWidth - 1)
      }
    }
    return longest(model) + 1
  }

  private static func drawSigns(_ model: ConsoleModel, from row: Int, on grid: inout CellGrid) {
    let area = Rect(
      column: 0, row: row + 1, columns: grid.size.columns, rows: HelpPicture.rows(columns: grid.size.columns))
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

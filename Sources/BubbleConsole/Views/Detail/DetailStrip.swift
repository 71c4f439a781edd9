import BubbleCells
import BubbleEvents
import BubbleTree

/// The lines below the tree and the table that describe the selection.
enum DetailStrip {
  /// A blank row, the title, two lines and a blank row.
  static let leastRows = 5
  /// The same with five lines, which say all there is room to say.
  static let mostRows = 8

  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard let node = model.selectedNode, area.rows >= leastRows else { return }
    let title = area.split(top: 1).rest.split(top: 1).top
    draw(title: Inspector.title(node, in: model.tree), model, in: title, on: &grid)
    let lines = lines(node, model, count: area.rows - 3, columns: area.columns - 4)
    for (index, line) in lines.enumerated() {
      let start = Point(column: area.column + 2, row: title.endRow + index)
      line.draw(on: &grid, at: start, columns: area.columns - 3)
    }
  }

  /// A line across the screen with a title at the left and the key that leads on at the right.
  static func draw(
    title: String, _ model: ConsoleModel, in row: Rect, on grid: inout CellGrid
  ) {
    grid.divider(row, isJoined: false, title: title)
    let hint = [
      Span(" \(Key.shown("↵", in: model.options.glyphs))", .key), Span(" inspect ", .dim),
    ]
    let width = Span.width(of: hint)
    guard displayWidth(title) + width + 8 <= row.columns else { return }
    let start = Point(column: row.endColumn - 1 - width, row: row.row)
    StyledLine(hint).draw(on: &grid, at: start, columns: width)
  }

  // MARK: - Private

  /// The most telling lines first; with few of them each says a little of everything.
  private static func lines(
    _ node: TreeNode, _ model: ConsoleModel, count: Int, columns: Int
  ) -> [StyledLine] {
    let identity = DetailIdentity.line(node, model, columns: columns)
    if model.tree.applicationController(around: node.id) == node.id {
      return Array([identity, InspectorApplications.line(model)].prefix(count))
    }
    let work = DetailWork(node, model)
    guard count >= 5 else {
      let second = node.supervision == nil ? work.summary : work.supervision
      return Array(
        ([identity, second] + [work.mailboxLine, work.links]).compactMap { $0 }.prefix(count))
    }
    let all: [StyledLine?] = [
      identity, work.supervision, work.activity, work.mailboxLine, work.links, work.state,
      DetailLives.line(node, model, columns: columns),
    ]
    var shown = all.compactMap { $0 }
    // The lives stay; what the process holds gives way.
    while shown.count > count { shown.remove(at: shown.count - 2) }
    return shown
  }
}

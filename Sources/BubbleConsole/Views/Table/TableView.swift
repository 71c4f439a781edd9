package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// One row a process: a tree in start order, or a list sorted by a column.
package enum TableView: ConsoleView {
  /// Numbers that are sorted by are fetched for at most so many processes.
  package static let mostObserved = 4_096
  /// Screens with more rows describe the selection even below a long table.
  private static let highScreen = 30

  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let parts = parts(of: area, model)
    TableDrawing(model, in: parts.table).draw(on: &grid)
    if let detail = parts.detail { DetailStrip.draw(model, in: detail, on: &grid) }
  }

  package static func highlighted(in model: ConsoleModel) -> SlotID? {
    model.table.index.slot(showing: model.selection, in: model.tree)
  }

  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? {
    let index = model.table.index
    guard !index.rows.isEmpty else { return nil }
    guard let row = slot.flatMap({ index.row(showing: $0, in: model.tree) }) else {
      return index.rows[0].slot
    }
    let page = max(1, parts(of: Regions(model).body, model).table.rows - 2)
    let last = index.rows.count - 1
    let target =
      switch direction {
      case .up: row - 1
      case .down: row + 1
      case .left: index.rows[row].parent < 0 ? row : Int(index.rows[row].parent)
      case .right: row
      case .first: 0
      case .last: last
      case .pageUp: row - page
      case .pageDown: row + page
      }
    return index.rows[min(max(0, target), last)].slot
  }

  /// Left folds what the selection stands for, or goes to its supervisor; right unfolds it, or goes
  /// to its first child.
  package static func move(_ direction: Direction, in model: inout ConsoleModel) {
    let selection = model.highlighted
    let canFold = model.table.order == .start && !model.filter.isActive
    if canFold, let selection, !model.tree[selection].children.isEmpty {
      switch direction {
      case .left where !model.folded.contains(selection):
        model.folded.insert(selection)
        return
      case .right where model.folded.contains(selection):
        model.folded.remove(selection)
        return
      case .right:
        let child = model.tree[selection].children.first { model.tree.contains($0) }
        model.select(child ?? selection)
        return
      case .up, .down, .left, .first, .last, .pageUp, .pageDown:
        break
      }
    }
    if let slot = neighbour(of: selection, toward: direction, in: model) { model.select(slot) }
  }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? {
    let table = parts(of: area, model).table
    let rows = model.table.visible(rows: table.rows - 1)
    let row = rows.lowerBound + point.row - table.row - 1
    guard table.contains(point), rows.contains(row) else { return nil }
    return model.table.index.rows[row].slot
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] {
    let rows = model.table.index.rows
    let visible = model.table.visible(rows: parts(of: area, model).table.rows - 1)
    guard model.table.order.followsMetrics else { return rows[visible].map(\.slot) }
    return rows.prefix(mostObserved).map(\.slot)
  }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    guard model.view == .table else { return }
    model.table.refresh(
      model.tree, folded: model.folded, filter: model.filter, metrics: model.metrics,
      hasEvents: !events.isEmpty)
    let row = model.highlighted.flatMap { model.table.index.row(of: $0) }
    model.table.reveal(row, rows: parts(of: area, model).table.rows - 1)
  }

  /// The table with its header, and the lines below it when there is room for them.
  private static func parts(of area: Rect, _ model: ConsoleModel) -> (table: Rect, detail: Rect?) {
    let left = area.rows - 1 - model.table.index.rows.count
    let reserved = area.rows >= highScreen ? DetailStrip.mostRows : 0
    let rows = min(max(left, reserved), DetailStrip.mostRows)
    guard rows >= DetailStrip.leastRows else { return (area, nil) }
    let parts = area.split(bottom: rows)
    return (parts.rest, parts.bottom)
  }
}

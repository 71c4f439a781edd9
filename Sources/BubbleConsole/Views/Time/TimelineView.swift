package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// A lane for each place and a column for each event: who lived when, and in which order it went.
package enum TimelineView: ConsoleView {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    TimelineDrawing(model, in: area).draw(on: &grid)
  }

  package static func highlighted(in model: ConsoleModel) -> SlotID? {
    model.timeline.lanes.index.slot(showing: model.selection, in: model.tree)
  }

  /// Up and down the lanes; left and right are the playhead's.
  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? {
    let index = model.timeline.lanes.index
    guard !index.rows.isEmpty else { return nil }
    guard let row = slot.flatMap({ index.row(showing: $0, in: model.tree) }) else {
      return index.rows[0].slot
    }
    let page = max(1, TimelineLayout(model, in: Regions(model).body).lanes.rows - 1)
    let last = index.rows.count - 1
    let target =
      switch direction {
      case .up: row - 1
      case .down: row + 1
      case .left, .right: row
      case .first: 0
      case .last: last
      case .pageUp: row - page
      case .pageDown: row + page
      }
    return index.rows[min(max(0, target), last)].slot
  }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? {
    let lanes = TimelineLayout(model, in: area).lanes
    let rows = model.timeline.lanes.visible(rows: lanes.rows)
    let row = rows.lowerBound + point.row - lanes.row
    guard lanes.contains(point), rows.contains(row) else { return nil }
    return model.timeline.lanes.index.rows[row].slot
  }

  /// A name selects; a column goes to its event, and the line of the session to that moment.
  package static func press(
    at point: Point, in area: Rect, model: inout ConsoleModel
  ) -> [ConsoleCommand] {
    if let slot = slot(at: point, in: area, model: model) { model.select(slot) }
    let layout = TimelineLayout(model, in: area)
    if let instant = SessionLine(model).instant(at: point, in: layout.overview) {
      guard instant < model.travel.end?.now ?? model.now else { return model.seekEnd() }
      let known = model.travel.end?.tree ?? model.tree
      return model.seek(known.lastEvent(before: instant))
    }
    let isOnAxis =
      point.column >= layout.axisColumn && point.row >= layout.header.row
      && point.row < max(layout.cables.endRow, layout.foot.endRow)
    guard isOnAxis else { return [] }
    let axis = TimelineAxis(model, width: layout.axisWidth)
    let cell = point.column - layout.axisColumn
    guard cell < axis.end else { return model.seekEnd() }
    return axis.column(at: cell).map { model.seek(axis.book[column: $0].event) } ?? []
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] { [] }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    guard model.view == .time else { return }
    model.timeline.lanes.refresh(
      model.tree, folded: model.folded, filter: model.filter, metrics: model.metrics,
      hasEvents: !events.isEmpty)
    let index = model.timeline.lanes.index
    let row = model.highlighted.flatMap { index.row(of: $0) }
    model.timeline.lanes.reveal(row, rows: TimelineLayout(model, in: area).lanes.rows)
    let columns = TimelineLayout(model, in: area).axisWidth
    let extent = TimelineAxis.extent(of: model)
    model.timeline.reveal(
      playhead: extent.playhead, of: extent.cells, columns: columns,
      isPast: model.travel.isPast)
  }
}

extension ConsoleModel {
  /// Goes to the moment at which `event` has just happened, as far back as there is a way.
  func seek(_ event: Event.ID) -> [ConsoleCommand] {
    let target = max(event, travel.beginning)
    return isPreviewing || target == tree.lastEvent ? [] : [.seek(target)]
  }

  /// Goes back to the end of what has happened.
  func seekEnd() -> [ConsoleCommand] {
    !isPreviewing && travel.isPast ? [.seekEnd] : []
  }
}

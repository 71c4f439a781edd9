package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// Events with their causes: indentation is cause, not time.
package enum LogView: ConsoleView {
  /// The title and two lines of causes.
  private static let whyRows = 3
  /// Lower screens have no room for causes.
  private static let leastRows = 10

  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let parts = parts(of: area, model)
    LogDrawing(model, in: parts.log, highlighted: highlightedRow(model)).draw(on: &grid)
    guard let area = parts.why, let row = row(model) else { return }
    WhyLines.draw(model.logRow(row).event, model, in: area, on: &grid)
  }

  /// Whoever the row under the cursor tells of, nil where that is nobody who is there.
  ///
  /// While the log follows it is the selection.
  package static func highlighted(in model: ConsoleModel) -> SlotID? {
    guard !model.log.isFollowing, let row = model.log.cursorRow else { return model.selection }
    return model.logRow(row).slot.flatMap { model.tree.contains($0) ? $0 : nil }
  }

  /// The row that is highlighted, counted in `shown`: the one under the cursor, and while the log
  /// follows the newest on the screen that tells of the selection.
  ///
  /// The last row is another one with every event: what acts must not change by itself.
  static func highlightedRow(_ model: ConsoleModel) -> Int? {
    guard model.log.isFollowing else { return model.log.cursorRow }
    guard let selection = model.selection else { return nil }
    let rows = parts(of: Regions(model).body, model).log.rows - 1
    return model.log.visible(rows: rows).last { model.logRow($0).slot == selection }
  }

  /// The row that is explained and that the keys move from.
  private static func row(_ model: ConsoleModel) -> Int? {
    highlightedRow(model) ?? model.log.cursorRow
  }

  /// Goes to the newest row that tells of `slot`, or to the end.
  static func show(_ slot: SlotID, in model: inout ConsoleModel) {
    model.log.follow()
    let rows = model.told.log.rows
    let newest = model.log.shown.lastIndex { Int($0) < rows.count && rows[Int($0)].slot == slot }
    if let newest { model.log.moveCursor(to: newest) }
  }

  /// The cursor goes from event to event; the selection follows it.
  package static func move(_ direction: Direction, in model: inout ConsoleModel) {
    guard let row = row(model) else { return }
    let page = max(1, parts(of: Regions(model).body, model).log.rows - 2)
    let event = model.logRow(row).event
    switch direction {
    case .up: model.log.moveCursor(to: row - 1)
    case .down: model.log.moveCursor(to: row + 1)
    case .first: model.log.moveCursor(to: 0)
    case .last: model.log.moveCursor(to: .max)
    case .pageUp: model.log.moveCursor(to: row - page)
    case .pageDown: model.log.moveCursor(to: row + page)
    case .left: foldOrGoUp(row, in: &model)
    case .right: model.log.setFolded(false, event)
    }
    selectUnderCursor(in: &model)
  }

  /// The next row, or the one before, that tells of the same process.
  package static func jump(forward: Bool, in model: inout ConsoleModel) -> Bool {
    guard let row = row(model), let slot = model.logRow(row).slot else { return false }
    let others =
      forward
      ? Array(row + 1..<max(row + 1, model.log.shown.count)) : Array((0..<row).reversed())
    guard let found = others.first(where: { model.logRow($0).slot == slot }) else { return false }
    model.log.moveCursor(to: found)
    selectUnderCursor(in: &model)
    return true
  }

  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? { nil }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? {
    row(at: point, in: area, model).flatMap { model.logRow($0).slot }
  }

  package static func press(
    at point: Point, in area: Rect, model: inout ConsoleModel
  ) -> [ConsoleCommand] {
    guard let row = row(at: point, in: area, model) else { return [] }
    model.log.moveCursor(to: row)
    selectUnderCursor(in: &model)
    return []
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] { [] }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    model.log.refresh(model.told.log, filter: model.filter)
    guard model.view == .log else { return }
    model.log.reveal(rows: parts(of: area, model).log.rows - 1)
  }

  // MARK: - Private

  private static func parts(of area: Rect, _ model: ConsoleModel) -> (log: Rect, why: Rect?) {
    guard model.log.showsWhy, area.rows >= leastRows else { return (area, nil) }
    let parts = area.split(bottom: whyRows)
    return (parts.rest, parts.bottom)
  }

  private static func row(at point: Point, in area: Rect, _ model: ConsoleModel) -> Int? {
    let log = parts(of: area, model).log
    let rows = model.log.visible(rows: log.rows - 1)
    let row = rows.lowerBound + point.row - log.row - 1
    return log.contains(point) && rows.contains(row) ? row : nil
  }

  /// Folds what the row has caused; a row that caused nothing goes to its own cause.
  private static func foldOrGoUp(_ number: Int, in model: inout ConsoleModel) {
    let row = model.logRow(number)
    if row.lastChild >= 0, !model.log.folded.contains(row.event) {
      model.log.setFolded(true, row.event)
    } else if row.parent >= 0,
      let parent = model.log.shown.lastIndex(of: row.parent)
    {
      model.log.moveCursor(to: parent)
    }
  }

  private static func selectUnderCursor(in model: inout ConsoleModel) {
    guard let row = model.log.cursorRow else { return }
    if let slot = model.logRow(row).slot, model.tree.contains(slot) {
      model.select(slot)
    } else if model.isPreviewing, !model.log.isFollowing {
      model.leavePreview()
      model.notice = "this row tells of nobody to do it to"
    }
  }
}

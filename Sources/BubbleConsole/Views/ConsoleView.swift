package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// One way to look at the machine: a name without instances, since all state is in the model.
///
/// What a view has to remember between frames it keeps in a struct of its own in `ConsoleModel` and
/// brings up to date in `refresh`; `draw` only looks.
package protocol ConsoleView {
  /// Draws the view; `area` is already blank.
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid)

  /// The slot that is highlighted: the selection, or what stands for it here.
  ///
  /// Whatever draws, moves or acts asks for this, so that what is highlighted is what acts.
  static func highlighted(in model: ConsoleModel) -> SlotID?

  /// The slot that an arrow leads to, nil to stay.
  static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID?

  /// The slot that is drawn at `point`.
  static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID?

  /// Answers a click. Only a view whose cursor is not the selection has its own.
  static func press(
    at point: Point, in area: Rect, model: inout ConsoleModel
  ) -> [ConsoleCommand]

  /// The slots on the screen, for which metrics are worth fetching.
  static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID]

  /// Answers a movement key. Only a view whose cursor is not the selection has its own.
  static func move(_ direction: Direction, in model: inout ConsoleModel)

  /// Answers Enter: true when the view did something of its own, such as zooming in.
  static func enter(_ model: inout ConsoleModel) -> Bool

  /// Answers Escape: true when the view went one level back.
  static func leave(_ model: inout ConsoleModel) -> Bool

  /// Brings what the view remembers up to date. Called at the end of each `update` for the view on
  /// the screen, and for every view when there are events.
  static func refresh(_ model: inout ConsoleModel, after events: [Event], in area: Rect)

  /// One animation frame has passed.
  static func advance(_ model: inout ConsoleModel)

  /// Whether frames are needed because something moves.
  static func isMoving(_ model: ConsoleModel) -> Bool
}

extension ConsoleView {
  package static func move(_ direction: Direction, in model: inout ConsoleModel) {
    if let slot = neighbour(of: model.highlighted, toward: direction, in: model) {
      model.select(slot)
    }
  }

  package static func press(
    at point: Point, in area: Rect, model: inout ConsoleModel
  ) -> [ConsoleCommand] {
    if let slot = slot(at: point, in: area, model: model) { model.select(slot) }
    return []
  }

  package static func enter(_ model: inout ConsoleModel) -> Bool { false }
  package static func leave(_ model: inout ConsoleModel) -> Bool { false }
  package static func refresh(_ model: inout ConsoleModel, after events: [Event], in area: Rect) {}
  package static func advance(_ model: inout ConsoleModel) {}
  package static func isMoving(_ model: ConsoleModel) -> Bool { false }
}

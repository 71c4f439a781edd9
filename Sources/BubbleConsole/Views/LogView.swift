package import BubbleCells
package import BubbleTree

/// Events with their causes.
package enum LogView: ConsoleView {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {}
  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? { nil }
  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? { nil }
  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] { [] }
}

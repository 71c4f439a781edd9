package import BubbleCells
package import BubbleTree

/// Packed circles.
package enum BubblesView: ConsoleView {
  package static var standsBesidePanel: Bool { true }

  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {}
  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? { nil }
  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? { nil }
  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] { [] }
}

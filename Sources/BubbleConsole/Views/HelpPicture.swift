package import BubbleCells

/// The signs of the help screen.
package enum HelpPicture {
  /// The rows it takes.
  package static let rows = 10

  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {}
}

package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// Copies of the machine side by side: the same supervisor under several settings.
package enum LabView: ConsoleView {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard let lab = model.lab else {
      StyledLine([
        Span("\(ViewKind.lab.rawValue)", .key),
        Span(" compares the strategies of the selected supervisor", .dim),
      ]).draw(
        on: &grid, at: Point(column: area.column + 1, row: area.row), columns: area.columns - 2)
      return
    }
    LabDrawing(model: model, lab: lab, frame: LabFrame(area, columns: lab.columns.count))
      .draw(on: &grid)
  }

  /// The machine's own selection; that of the copies is theirs.
  package static func highlighted(in model: ConsoleModel) -> SlotID? { model.selection }

  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? { nil }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? { nil }

  /// A click selects a place and the column that it is in.
  package static func press(
    at point: Point, in area: Rect, model: inout ConsoleModel
  ) -> [ConsoleCommand] {
    guard let lab = model.lab else { return [] }
    let frame = LabFrame(area, columns: lab.columns.count)
    let pictures = frame.isWide ? Array(lab.columns.indices) : [lab.active]
    for (place, index) in pictures.enumerated() {
      let picture = frame.picture(place)
      guard picture.contains(point) else { continue }
      model.lab?.active = index
      let cell = Point(column: point.column - picture.column, row: point.row - picture.row)
      let column = lab.columns[index]
      if let slot = column.layout?.slot(at: cell, in: column.tree) {
        model.lab?.selection = slot
      } else if index != lab.active {
        model.lab?.selection = lab.selection.flatMap { lab.slot(like: $0, in: index) }
      }
    }
    return []
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] { [] }

  package static func move(_ direction: Direction, in model: inout ConsoleModel) {
    guard let lab = model.lab else { return }
    let column = lab.activeColumn
    let slot = column.layout?.neighbour(of: lab.highlighted, toward: direction, in: column.tree)
    if let slot { model.lab?.selection = slot }
  }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    guard model.isLabShown, let lab = model.lab, !area.isEmpty else { return }
    let size = LabFrame(area, columns: lab.columns.count).picture(0).size
    guard size.columns > 0, size.rows > 0 else { return }
    for index in lab.columns.indices {
      let other = model.lab?.columns[index == 0 ? lab.columns.count - 1 : 0]
      model.lab?.columns[index].pack(below: lab.setup.supervisor, size: size, like: other)
    }
  }

  package static func isMoving(_ model: ConsoleModel) -> Bool {
    model.lab?.columns.contains { $0.motions.isMoving(model.frame) } ?? false
  }
}

/// Where the parts of the lab lie.
struct LabFrame: Hashable, Sendable {
  /// The line that says what was done.
  var head: Rect
  /// Whether all columns have a picture; else one has, beside or above a table.
  var isWide: Bool
  /// The table of a narrow lab.
  var table: Rect
  private var pictures: [Rect]

  /// Rows of counters.
  static let counterRows = 6
  /// Below this width there is one picture.
  private static let wideColumns = 72
  /// A column that is narrower than this shows nothing.
  private static let narrowest = 18
  /// The lowest picture.
  private static let lowest = 5

  init(_ area: Rect, columns count: Int) {
    let (head, rest) = area.split(top: 1)
    self.head = head
    let width = (area.columns - (count - 1)) / max(1, count)
    let below = Self.counterRows + 1
    isWide =
      area.columns >= Self.wideColumns && width >= Self.narrowest
      && rest.rows >= below + Self.lowest
    table = rest
    pictures = []
    if isWide {
      pictures = (0..<count).map { index in
        Rect(
          column: area.column + index * (width + 1), row: rest.row, columns: width,
          rows: rest.rows - below)
      }
    } else {
      narrow(rest, columns: count)
    }
  }

  /// One picture at the left of the table, or above it, or none.
  private mutating func narrow(_ area: Rect, columns count: Int) {
    let tableColumns = 9 + count * 9
    let tableRows = Self.counterRows + 2
    if area.columns - tableColumns >= Self.narrowest + 4, area.rows >= Self.lowest {
      let (left, right) = area.split(right: tableColumns)
      pictures = [left.split(right: 1).rest]
      table = right
    } else if area.rows >= tableRows + Self.lowest + 1 {
      let (picture, table) = area.split(bottom: tableRows)
      pictures = [picture]
      self.table = table
    }
  }

  /// Where the picture of a column is; of a narrow lab the only one is 0.
  func picture(_ index: Int) -> Rect {
    pictures.indices.contains(index)
      ? pictures[index] : Rect(column: table.column, row: table.row, columns: 0, rows: 0)
  }

  /// Where the counters of a column are, below a row for its progress.
  func counters(_ index: Int) -> Rect {
    let picture = picture(index)
    return Rect(
      column: picture.column, row: picture.endRow, columns: picture.columns,
      rows: Self.counterRows + 1)
  }
}

import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents

/// The two rows above the lanes: when each course of events began, and the numbers of its events.
struct TimelineHeader {
  @Boxed private var model: ConsoleModel
  private let axis: TimelineAxis
  private let origin: Point

  init(_ model: ConsoleModel, _ axis: TimelineAxis, at origin: Point) {
    self.model = model
    self.axis = axis
    self.origin = origin
  }

  func draw(in area: Rect, on grid: inout CellGrid) {
    guard area.rows > 1 else { return }
    drawInstants(on: &grid)
    drawNumbers(on: &grid)
    put("▼", at: axis.playhead, row: 1, .selectionArrow, on: &grid)
  }

  /// `2.8`, `10s`, `12m`, `3h`: a span in three letters at most.
  static func short(_ span: Duration) -> String {
    let tenths = (span.wholeNanoseconds / 10_000_000 + 5) / 10
    switch tenths {
    case ..<100: return "\(tenths / 10).\(tenths % 10)"
    case ..<1_000: return "\(tenths / 10)s"
    case ..<60_000: return "\(tenths / 600)m"
    case ..<3_600_000: return "\(tenths / 36_000)h"
    default: return "\(min(99, tenths / 864_000))d"
    }
  }

  // MARK: - Private

  /// Columns whose first cell is on the screen.
  private var shown: Range<Int> {
    let first = axis.columns.first { axis.cell(of: $0) >= 0 } ?? axis.columns.upperBound
    return first..<axis.columns.upperBound
  }

  private func drawInstants(on grid: inout CellGrid) {
    var course: Int?
    var free = 0
    for number in shown {
      let column = axis.book[column: number]
      guard column.course != course else { continue }
      course = column.course
      let cell = axis.cell(of: number)
      let text = axis.book.beginning(of: column).description
      guard cell >= free, cell + text.count <= axis.width else { continue }
      put(text, at: cell, row: 0, .title, on: &grid)
      free = cell + text.count + 1
    }
  }

  /// A number is left out where it would touch the one before.
  private func drawNumbers(on grid: inout CellGrid) {
    var free = 0
    for number in shown {
      if putFold(before: number, on: &grid) { free = 0 }
      let cell = axis.cell(of: number)
      let text = String(axis.book[column: number].number)
      guard cell >= free, cell + text.count <= axis.width, cell != axis.playhead else { continue }
      put(text, at: cell, row: 1, .dim, on: &grid)
      free = cell + text.count + 1
    }
    if axis.columns.upperBound == axis.book.numbers.upperBound {
      _ = putFold(before: nil, on: &grid)
    } else {
      _ = putFold(before: axis.columns.upperBound, on: &grid)
    }
  }

  /// Puts `╌2.8╌` where quiet time is folded.
  private func putFold(before number: Int?, on grid: inout CellGrid) -> Bool {
    guard let fold = axis.fold(before: number) else { return false }
    let label = Self.short(fold.span)
    let text = "╌\(label)" + String(repeating: "╌", count: max(0, 4 - label.count))
    put(text, at: fold.cell, row: 1, .dim, on: &grid)
    return true
  }

  /// Puts what of `text` is on the axis.
  private func put(_ text: String, at cell: Int, row: Int, _ role: Role, on grid: inout CellGrid) {
    for (offset, letter) in text.enumerated() where (0..<axis.width).contains(cell + offset) {
      let place = Point(column: origin.column + cell + offset, row: origin.row + row)
      grid.put(String(letter), at: place, role: role)
    }
  }
}

import BubbleCells
import BubbleTestSupport
import Testing

@Suite struct ChangesTests {
  static let pieces = [
    "a", "shop_sup", "作者", "🔥", "e\u{301}", " ", "   ", "⣿⡇", "►x◄", "한", "\u{1B}", "─────",
  ]

  /// Draws at random over what is there, so that wide glyphs get replaced by narrow ones.
  func scribble(_ grid: inout CellGrid, strokes: Int, using generator: inout SplitMix64) {
    for _ in 0..<strokes {
      let at = Point(
        column: Int.random(in: -2..<grid.size.columns, using: &generator),
        row: Int.random(in: 0..<grid.size.rows, using: &generator))
      let piece = Self.pieces.randomElement(using: &generator) ?? ""
      let role = Role.allCases.randomElement(using: &generator) ?? .text
      switch Int.random(in: 0..<8, using: &generator) {
      case 0:
        grid.clear(Rect(column: at.column, row: at.row, columns: 5, rows: 2))
      case 1:
        grid.setRole(role, in: Rect(column: at.column, row: at.row, columns: 3, rows: 1))
      default:
        grid.put(piece, at: at, role: role)
      }
    }
  }

  @Test(arguments: UInt64(1)...200)
  func `the changes from a to b turn a into b`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let size = Size(
      columns: Int.random(in: 1...40, using: &generator),
      rows: Int.random(in: 1...8, using: &generator))
    var old = CellGrid(size: size)
    scribble(&old, strokes: 30, using: &generator)
    var new = old
    scribble(&new, strokes: Int.random(in: 0...12, using: &generator), using: &generator)
    let runs = new.changes(from: old)
    for run in runs {
      #expect(run.cells.first?.width != 0, "a run begins inside a wide glyph; seed \(seed)")
      #expect(run.cells.last?.width != 2, "a run ends inside a wide glyph; seed \(seed)")
      old.apply(run)
    }
    #expect(old.snapshot() == new.snapshot(), "seed \(seed)")
    #expect(new.changes(from: old).isEmpty, "seed \(seed)")
  }

  @Test func `a blank in place of an untouched cell is not a change`() {
    let size = Size(columns: 5, rows: 1)
    var grid = CellGrid(size: size)
    grid.put("   ", at: Point(column: 0, row: 0), role: .text)
    #expect(grid.changes(from: CellGrid(size: size)).isEmpty)
  }

  @Test func `near changes are sent together and far ones apart`() {
    let size = Size(columns: 20, rows: 1)
    var grid = CellGrid(size: size)
    for column in [0, 3, 12] {
      grid.put("x", at: Point(column: column, row: 0), role: .text)
    }
    let runs = grid.changes(from: CellGrid(size: size))
    #expect(runs.map { [$0.start.column, $0.cells.count] } == [[0, 4], [12, 1]])
  }

  @Test func `a grid of another size is sent whole`() {
    let grid = CellGrid(size: Size(columns: 3, rows: 2))
    #expect(grid.changes(from: nil).map(\.cells.count) == [3, 3])
    #expect(grid.changes(from: CellGrid(size: Size(columns: 2, rows: 2))).count == 2)
  }
}

import BubbleCells
import BubbleTestSupport
import Testing

@Suite struct CellGridTests {
  static let origin = Point(column: 0, row: 0)

  func row(_ columns: Int, _ draw: (inout CellGrid) -> Void) -> String {
    var grid = CellGrid(size: Size(columns: columns, rows: 1))
    draw(&grid)
    return grid.rowText(0, trimmed: false)
  }

  @Test func `text is written from left to right and cut at the borders`() {
    #expect(row(6) { $0.put("bubbles", at: Self.origin, role: .text) } == "bubble")
    #expect(row(6) { $0.put("bubbles", at: Point(column: -3, row: 0), role: .text) } == "bles  ")
    #expect(row(3) { $0.put("a", at: Point(column: 0, row: 5), role: .text) } == "   ")
  }

  @Test func `a width cuts with an ellipsis and answers the cells used`() {
    var grid = CellGrid(size: Size(columns: 10, rows: 1))
    let used = grid.put("acceptor", at: Self.origin, role: .processName, width: 5)
    #expect(used == 5)
    #expect(grid.text() == "acce…")
    #expect(grid.put("c1", at: Self.origin, role: .processName, width: 5) == 2)
  }

  @Test func `a wide glyph owns two cells`() {
    var grid = CellGrid(size: Size(columns: 4, rows: 1))
    grid.put("作", at: Point(column: 1, row: 0), role: .title)
    #expect(grid[1, 0].width == 2)
    #expect(grid[2, 0].width == 0)
    #expect(grid[2, 0].role == .title)
    #expect(grid.text() == " 作")
  }

  @Test(arguments: [(1, " x "), (2, "  x"), (0, "x作")])
  func `writing on half of a wide glyph takes it away whole`(column: Int, expected: String) {
    let text = row(3) {
      $0.put("作", at: Point(column: 1, row: 0), role: .text)
      $0.put("x", at: Point(column: column, row: 0), role: .text)
    }
    #expect(text == expected)
  }

  @Test func `two wide glyphs that overlap leave one and a blank`() {
    let text = row(4) {
      $0.put("作者", at: Self.origin, role: .text)
      $0.put("字", at: Point(column: 1, row: 0), role: .text)
    }
    #expect(text == " 字 ")
  }

  @Test func `half of a wide glyph at the border is a blank`() {
    #expect(row(3) { $0.put("a作作", at: Self.origin, role: .text) } == "a作")
    #expect(row(2) { $0.put("a作", at: Self.origin, role: .text) } == "a ")
    #expect(row(2) { $0.put("作a", at: Point(column: -1, row: 0), role: .text) } == " a")
  }

  @Test func `a box is a frame with its title in the upper edge`() {
    var grid = CellGrid(size: Size(columns: 12, rows: 3))
    grid.box(grid.bounds, title: "cache #2")
    #expect(grid.text() == "╭─ cache… ─╮\n│          │\n╰──────────╯")
  }

  @Test func `a divider joins the frame`() {
    var grid = CellGrid(size: Size(columns: 14, rows: 1))
    grid.divider(grid.bounds, title: "state")
    #expect(grid.text() == "├─ state ────┤")
  }

  @Test func `the same picture in ASCII keeps every column`() {
    var grid = CellGrid(size: Size(columns: 12, rows: 3))
    grid.box(grid.bounds, title: "a")
    grid.put("►é作✗▌·…⣀", at: Point(column: 1, row: 1), role: .text)
    let ascii = grid.inASCII()
    #expect(ascii.text() == ".- a ------.\n|>???X|.._ |\n'----------'")
    #expect(ascii.text().unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test func `a snapshot shows blanks, roles and their legend`() {
    var grid = CellGrid(size: Size(columns: 10, rows: 2))
    grid.put("shop", at: Self.origin, role: .supervisorName)
    grid.put("作 ✗", at: Point(column: 1, row: 1), role: .crashed)
    expectSnapshot(of: grid, named: "grid-names")
    #expect(
      grid.snapshot()
        == """
        |shop      |
        | 作 ✗     |
        -- roles --
        |SSSS......|
        |.XXXX.....|
        S supervisorName · X crashed

        """)
  }

  @Test func `every role has a letter of its own`() {
    var grid = CellGrid(size: Size(columns: Role.allCases.count, rows: 1))
    for (column, role) in Role.allCases.enumerated() {
      grid.put("x", at: Point(column: column, row: 0), role: role)
    }
    let letters = grid.snapshot().split(separator: "\n")[2].dropFirst().dropLast()
    #expect(Set(letters).count == Role.allCases.count)
  }

  @Test func `a mismatch names the rows that differ`() {
    let report = snapshotDifference(expected: "|a|\n|b|\n", actual: "|a|\n|c|\n")
    #expect(report == "row 1\n  expected |b|\n  actual   |c|")
    #expect(snapshotDifference(expected: "|a|", actual: "|a|") == nil)
  }
}

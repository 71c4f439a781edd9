import BubbleCells
import BubbleTestSupport
import Testing

/// Recordings of the screen.
@Suite struct CastTests {
  static func grid(_ rows: String..., columns: Int = 6, role: Role = .text) -> CellGrid {
    var grid = CellGrid(size: Size(columns: columns, rows: rows.count))
    for (row, text) in rows.enumerated() {
      grid.put(text, at: Point(column: 0, row: row), role: role)
    }
    return grid
  }

  @Test func `the first picture is drawn whole, the next only where it differs`() {
    var screen = ANSIScreen()
    let first = screen.show(Self.grid("abc", "def"), theme: .dark)
    #expect(
      first == "\u{1B}[?25l\u{1B}[0m\u{1B}[2J\u{1B}[1;1H\u{1B}[0mabc   \u{1B}[2;1Hdef   ")
    #expect(screen.show(Self.grid("abc", "def"), theme: .dark).isEmpty)
    #expect(screen.show(Self.grid("abc", "deX"), theme: .dark) == "\u{1B}[2;3H\u{1B}[0mX")
  }

  @Test(arguments: [
    (Theme.dark, Role.crashed, "\u{1B}[0;1;31m"), (.dark, .supervisorRingEven, "\u{1B}[0;2;94m"),
    (.contrast, .crashed, "\u{1B}[0;1;91;40m"), (.mono, .selectedRow, "\u{1B}[0;1;7m"),
    (.dark, .tableHeader, "\u{1B}[0;1;4m"), (.dark, .dim, "\u{1B}[0;2m"),
  ])
  func `a role has the colours of the theme`(theme: Theme, role: Role, expected: String) {
    #expect(theme.style(of: role).ansi == expected)
  }

  @Test func `another size or theme draws everything anew`() {
    var cast = Asciicast(size: Size(columns: 6, rows: 1), title: "t", theme: .dark)
    #expect(!cast.lines(showing: Self.grid("ab"), theme: .dark, at: .zero).isEmpty)
    let bigger = cast.lines(showing: Self.grid("ab", "c"), theme: .dark, at: .milliseconds(1500))
    #expect(bigger.hasPrefix("[1.500000,\"r\",\"6x2\"]\n[1.500000,\"o\",\"\\u001b[?25l"))
    #expect(bigger.contains("\\u001b[2J"))
    let repainted = cast.lines(showing: Self.grid("ab", "c"), theme: .light, at: .seconds(2))
    #expect(repainted.hasPrefix("[2.000000,\"o\",\"\\u001b[?25l"))
  }

  @Test func `text from outside is a string of JSON`() {
    var cast = Asciicast(
      size: Size(columns: 6, rows: 1), title: "a\"b\\\u{1B}c\n作", theme: .dark)
    #expect(
      cast.header.hasPrefix(
        "{\"version\":2,\"width\":6,\"height\":1,\"title\":\"a\\\"b\\\\␛c␊作\","))
    #expect(cast.header.hasSuffix("}\n"))
    let lines = cast.lines(
      showing: Self.grid("\"\\作"), theme: .dark, marks: ["kill \"x\u{1B}\""],
      at: .nanoseconds(12_345_678_999))
    #expect(lines.hasPrefix("[12.345678,\"m\",\"kill \\\"x␛\\\"\"]\n[12.345678,\"o\",\""))
    #expect(lines.hasSuffix("\\u001b[0m\\\"\\\\作  \"]\n"))
  }

  @Test(arguments: [UInt64](1...60))
  func `whatever is shown, a terminal that obeys shows the same`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var screen = ANSIScreen()
    var terminal = ObedientTerminal(size: Size(columns: 9, rows: 4))
    var grid = CellGrid(size: Size(columns: 9, rows: 4))
    for _ in 0..<20 {
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let text = ["作", "ab", " ", "é", "⣿⡇", "x作y"].randomElement(using: &random) ?? ""
        let role = Role.allCases.randomElement(using: &random) ?? .text
        let point = Point(
          column: Int.random(in: 0..<9, using: &random),
          row: Int.random(in: 0..<4, using: &random))
        grid.put(text, at: point, role: role)
      }
      terminal.obey(screen.show(grid, theme: .dark))
      #expect(terminal.rows == (0..<4).map { grid.rowText($0, trimmed: false) })
    }
  }
}

/// As much of a terminal as the recordings use: it places the cursor and overwrites.
private struct ObedientTerminal {
  private var cells: [[String]]
  private var column = 0
  private var row = 0

  init(size: Size) {
    cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
  }

  var rows: [String] { cells.map { $0.joined() } }

  mutating func obey(_ output: String) {
    var rest = output[...]
    while let first = rest.first {
      if first == "\u{1B}" {
        let end = rest.dropFirst(2).firstIndex { $0.isLetter } ?? rest.endIndex
        command(rest[end], rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
        rest = rest[rest.index(after: end)...]
      } else {
        put(String(first))
        rest.removeFirst()
      }
    }
  }

  private mutating func command(_ letter: Character, _ parameters: Substring) {
    switch letter {
    case "H":
      let numbers = parameters.split(separator: ";").compactMap { Int($0) }
      (row, column) = (numbers[0] - 1, numbers[1] - 1)
    case "J":
      for row in cells.indices { for column in cells[row].indices { cells[row][column] = " " } }
    default: break
    }
  }

  private mutating func put(_ letter: String) {
    let width = displayWidth(letter)
    cells[row][column] = letter
    if width == 2 { cells[row][column + 1] = "" }
    column += width
  }
}

import BubbleText
import BubbleCells
import BubbleConsole
import BubbleEvents
import Testing

/// The header and the key bar at every width: nothing overlaps and no word is cut.
@Suite struct ShellRowTests {
  static let words: Set<String> = Set(
    ViewKind.allCases.map(\.name)
      + ["shop", "paused", "preview", "beat", "300", "ms", "seed", "7", "help"])

  static let atRest = Console(view: .table)

  /// One row as it is drawn by itself.
  static func row(_ columns: Int, draw: (Rect, inout CellGrid) -> Void) -> String {
    var grid = CellGrid(size: Size(columns: columns, rows: 1))
    draw(grid.bounds, &grid)
    return grid.text()
  }

  @Test(arguments: 40...200)
  func `the header never cuts a word`(columns: Int) {
    for isPaused in [false, true] {
      for view in ViewKind.allCases {
        var model = Self.atRest.model
        _ = update(&model, .paused(isPaused))
        _ = update(&model, .cue(view: view, selection: nil))
        let row = Self.row(columns) { HeaderLine.draw(model, in: $0, on: &$1) }
        #expect(displayWidth(row) < columns, "\(row)")
        #expect(row.hasPrefix(" shop "), "\(row)")
        #expect(row.contains("▐\(view.rawValue) \(view.name)▌"), "\(row)")
        #expect(row.contains("00:00.0"), "\(row)")
        for word in row.split(separator: " ") where word.allSatisfy(\.isLetter) {
          #expect(Self.words.contains(String(word)), "\(word) in \(row)")
        }
      }
    }
  }

  @Test(arguments: 40...200)
  func `the key bar never cuts a word and always leads to help`(columns: Int) {
    for context in KeyContext.allCases where !context.takesText && context != .help {
      let console = Console(in: context, view: .table)
      let row = Self.row(columns) { KeyBar.draw(console.model, in: $0, on: &$1) }
      #expect(row.hasSuffix("? help"), "\(row)")
      #expect(displayWidth(row) < columns)
      let entries = row.dropLast("? help".count).split(separator: "  ")
        .map { $0.trimmingPrefix { $0 == " " } }
      let known = Set(
        ActionTable.all.filter { $0.places[context] != nil }
          .map { "\($0.shown) \($0.wordNow?(console.model) ?? $0.word)" })
      for entry in entries where !entry.isEmpty && !entry.hasSuffix("step 2 of 3") {
        #expect(known.contains(String(entry)), "\(entry) in \(row)")
      }
    }
  }

  @Test(arguments: ["state-machine", "event-manager", "applications"])
  func `a scenario's name stands whole before the names of the views`(name: String) {
    let options = ConsoleOptions(motion: .none)
    let model = ConsoleModel(
      scenario: name, seed: 7, size: Size(columns: 80, rows: 24), view: .bubbles,
      options: options)
    let row = Self.row(80) { HeaderLine.draw(model, in: $0, on: &$1) }
    #expect(row.hasPrefix(" \(name) "), "\(row)")
    #expect(row.contains("2 tree"), "\(row)")
  }

  @Test(arguments: ViewKind.allCases)
  func `n is the script's in every view`(view: ViewKind) {
    let actions = ActionTable.all.filter {
      $0.keys.contains(.character("n")) && $0.views?.contains(view) != false
    }
    #expect(Set(actions.map(\.id)) == ["script", "next", "reveal"])
  }

  @Test func `the counts drop before the pace, and the clock stays`() {
    var console = Console(view: .table)
    console.tell { story in
      let pid = story.pid("c1")
      story.tell(.process(pid, .suspended))
    }
    #expect(console.row(0).hasSuffix("►1x 00:00.0 ●11 ‖1"))
    console.send(.resize(Size(columns: 48, rows: 12)))
    #expect(console.row(0).hasSuffix("►1x 00:00.0 ●11"))
    console.send(.resize(Size(columns: 45, rows: 12)))
    #expect(console.row(0).hasSuffix("►1x 00:00.0"))
  }

  @Test(arguments: [
    (0, "00:00.0"), (12_449, "00:12.4"), (61_000, "01:01.0"), (6_000_000, "100:00.0"),
  ])
  func `the clock counts minutes, seconds and tenths`(milliseconds: Int64, text: String) {
    #expect(clockText(RuntimeInstant.zero + .milliseconds(milliseconds)) == text)
  }

  @Test(arguments: [
    (400, "400 ns"), (42_000, "42 µs"), (400_000, "0.4 ms"), (42_000_000, "42 ms"),
    (2_140_000_000, "2.1 s"), (200_000_000_000, "3 min"), (8_000_000_000_000, "2 h"),
  ])
  func `a length of time is spoken in its own unit`(nanoseconds: Int64, text: String) {
    #expect(spoken(.nanoseconds(nanoseconds)) == text)
  }

  @Test(arguments: [
    (50, "50 ms"), (1000, "1 s"), (1500, "1.5 s"), (60_000, "60 s"), (2050, "2.05 s"),
  ])
  func `a length of time that somebody set is not rounded`(milliseconds: Int, text: String) {
    #expect(exact(milliseconds: milliseconds) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4000, "-4,000"),
  ])
  func `a large number is grouped`(number: Int, text: String) {
    #expect(grouped(number) == text)
  }

  @Test(arguments: [
    "max 19,600", "19,600", "up 1,234,567 times", "0.125 of 17", "cache ×12,345", "a 1,000 b 22",
  ])
  func `a number is whole or is not there`(text: String) {
    let numbers = text.split { " ×".contains($0) }.filter { $0.first?.isNumber == true }
    for columns in 0...24 {
      var grid = CellGrid(size: Size(columns: 24, rows: 1))
      let halves = [Span(String(text.prefix(4))), Span(String(text.dropFirst(4)))]
      for (row, spans) in [[Span(text)], [Span(text), Span(" and more")], halves].enumerated()
      where row < 2 || text.hasPrefix("max ") {
        grid = CellGrid(size: Size(columns: 24, rows: 1))
        StyledLine(spans).draw(on: &grid, at: Point(column: 0, row: 0), columns: columns)
        let shown = grid.text()
        for part in shown.split(whereSeparator: { " ×…\n".contains($0) })
        where part.first?.isNumber == true {
          #expect(numbers.contains(part), "\(shown)")
        }
      }
    }
  }

  @Test func `the right part of a line is dropped whole`() {
    let line = StyledLine([Span("cache exited")], right: [Span("← you pressed x")])
    for columns in 0...40 {
      var grid = CellGrid(size: Size(columns: 40, rows: 1))
      line.draw(on: &grid, at: Point(column: 0, row: 0), columns: columns)
      let text = grid.text()
      let isWhole = text.hasSuffix("← you pressed x")
      #expect(isWhole == (columns >= 29), "\(text)")
      if !isWhole { #expect(!text.contains("←"), "\(text)") }
    }
  }
}

import BubbleText
import BubbleCells
import BubbleTree

/// What is said when there is no room to draw in.
enum SmallScreen {
  static func draw(_ model: ConsoleModel, on grid: inout CellGrid) {
    let size = model.size
    let needed = Regions.smallest
    let glyphs = model.options.glyphs
    let running = model.tree.count(of: .running)
    let pace =
      model.pace.isPaused
      ? "\(glyphs[.paused]) paused" : glyphs[.playing] + Pace.text(ofSpeed: model.pace.speed)
    let lines: [[Span]] = [
      [Span("\(size.columns) x \(size.rows) is too small to draw in.", .title)],
      [Span("Bubbles needs \(needed.columns) x \(needed.rows).")],
      [],
      [
        Span(glyphs[.running] + grouped(running), .running),
        Span("   \(pace)   \(clockText(model.now))"),
      ],
      [Span("still running; nothing is lost", .dim)],
      [],
      [Span("q", .key), Span(" quit", .dim)],
    ]
    let shown = size.rows >= lines.count ? lines : lines.filter { !$0.isEmpty }
    let top = max(0, (size.rows - shown.count) / 2)
    for (index, spans) in shown.enumerated() {
      let width = min(Span.width(of: spans), size.columns)
      let start = Point(column: (size.columns - width) / 2, row: top + index)
      StyledLine(spans).draw(on: &grid, at: start, columns: width)
    }
  }
}

import BubbleCells
import BubbleTree

/// The signs of the help screen: one bubble in each state, drawn as the bubbles are, and what the
/// smaller signs mean.
enum HelpPicture {
  /// A bubble with what it stands for.
  private struct Sample {
    var label: String
    var bubble: BubbleScene.Bubble
    var isSupervisor = false
  }

  /// From the left edge of one bubble to that of the next, and from one label to the next.
  private static let pitch = Size(columns: 11, rows: 5)
  private static let ring = Size(columns: 9, rows: 3)
  private static let margin = 2
  private static let legendColumns = 37

  /// The rows it takes on a screen of some width.
  static func rows(columns: Int) -> Int {
    let lines = lines(columns: columns)
    // No blank row after the last labels.
    return lines * pitch.rows + (legend(columns: columns).isBelow ? legendLines.count : -1)
  }

  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let glyphs = model.options.glyphs
    let count = samplesPerLine(columns: area.columns)
    for (index, sample) in samples.enumerated() {
      let corner = Point(
        column: area.column + margin + index % count * pitch.columns,
        row: area.row + index / count * pitch.rows)
      draw(sample, at: corner, glyphs, on: &grid)
    }
    let place = legend(columns: area.columns)
    for (index, spans) in legendLines.enumerated() {
      let shown = spans.map { piece in
        Span(piece.sign.map { glyphs[$0] } ?? piece.text, piece.role)
      }
      StyledLine(shown).draw(
        on: &grid,
        at: Point(
          column: area.column + place.start.column, row: area.row + place.start.row + index),
        columns: area.columns - place.start.column)
    }
  }

  // MARK: - Bubbles

  private static let samples: [Sample] = {
    var selected = BubbleScene.Bubble(state: .running)
    selected.isSelected = true
    var busy = BubbleScene.Bubble(state: .running)
    busy.mailboxLength = 40
    return [
      Sample(label: "running", bubble: BubbleScene.Bubble(state: .running)),
      Sample(label: "starting", bubble: BubbleScene.Bubble(state: .starting)),
      Sample(label: "stopping", bubble: BubbleScene.Bubble(state: .stopping)),
      Sample(label: "stopped", bubble: BubbleScene.Bubble(state: .stopped)),
      Sample(label: "crashed", bubble: BubbleScene.Bubble(state: .crashed)),
      Sample(label: "suspended", bubble: BubbleScene.Bubble(state: .suspended)),
      Sample(label: "gave up", bubble: BubbleScene.Bubble(state: .gaveUp)),
      Sample(label: "selected", bubble: selected),
      Sample(
        label: "supervisor", bubble: BubbleScene.Bubble(state: .running), isSupervisor: true),
      Sample(label: "mailbox", bubble: busy),
    ]
  }()

  private static func draw(
    _ sample: Sample, at corner: Point, _ glyphs: GlyphSet, on grid: inout CellGrid
  ) {
    let look = BubbleLook(sample.bubble, isSupervisor: sample.isSupervisor, depth: 0)
    if let sign = look.sign {
      let middle = Point(column: corner.column + ring.columns / 2, row: corner.row + 1)
      grid.put(glyphs[sign], at: middle, role: look.signRole)
    }
    var canvas = DotCanvas(columns: ring.columns, rows: ring.rows)
    let shape = SuperellipseRing(
      centreX: Double(canvas.width - 1) / 2, centreY: Double(canvas.height - 1) / 2,
      halfWidth: Double(canvas.width - 1) / 2, halfHeight: Double(canvas.height - 1) / 2,
      exponent: sample.isSupervisor ? 2.7 : 2.1)
    if sample.bubble.mailboxLength > 0 {
      canvas.fill(shape, from: canvas.height / 2, .liquid)
    }
    canvas.stroke(
      shape, look.ring, dash: look.dash, isThick: look.isThick && glyphs.marks == .braille)
    canvas.draw(on: &grid, at: corner, marks: glyphs.marks)
    let indent = max(0, (ring.columns - displayWidth(sample.label)) / 2)
    grid.put(
      sample.label, at: Point(column: corner.column + indent, row: corner.row + ring.rows),
      role: .dim)
  }

  // MARK: - Smaller signs

  private typealias Piece = (sign: Sign?, text: String, role: Role)

  private static let legendLines: [[Piece]] = [
    [
      (.budgetCounted, "", .budgetCounted), (nil, " restart counted    ", .text),
      (.budgetExpiring, "", .budgetCounted), (nil, " leaves soon", .text),
    ],
    [
      (.budgetSpare, "", .budgetSpare), (nil, " restart to spare  ", .text),
      (nil, "#3", .title), (nil, " third life", .text),
    ],
    [(nil, "1 2 3", .title), (nil, " order it stops or starts in", .text)],
    [
      (nil, "thick ring", .supervisorRingEven), (nil, " the supervisor that acts", .text),
    ],
  ]

  /// Where the smaller signs are explained: beside the last bubbles if there is room.
  private static func legend(columns: Int) -> (start: Point, isBelow: Bool) {
    let count = samplesPerLine(columns: columns)
    let lines = lines(columns: columns)
    let inLastLine = samples.count - (lines - 1) * count
    let start = margin + inLastLine * pitch.columns + 1
    guard start + legendColumns > columns else {
      return (Point(column: start, row: (lines - 1) * pitch.rows), false)
    }
    return (Point(column: margin, row: lines * pitch.rows), true)
  }

  private static func samplesPerLine(columns: Int) -> Int {
    max(1, (columns - margin + pitch.columns - ring.columns) / pitch.columns)
  }

  private static func lines(columns: Int) -> Int {
    let count = samplesPerLine(columns: columns)
    return (samples.count + count - 1) / count
  }
}

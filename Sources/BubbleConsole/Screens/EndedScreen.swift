import BubbleCells
import BubbleEvents
import BubbleTree

/// What is left when no process is alive: when and why it ended, and what can be done.
enum EndedScreen {
  /// From when the last burst is over.
  static func isShown(_ model: ConsoleModel) -> Bool {
    guard model.view == .bubbles, model.tree.isOver else { return false }
    return model.bubbles.motions.fade(at: model.frame).map { $0 >= 0 } ?? true
  }

  /// How much of it is there while it appears.
  private enum Stage: Comparable {
    case picture
    case title
    case all

    /// A third of the way each; all of it when nothing is to be waited for.
    init(after frames: Int?) {
      let share = frames.map { 3 * $0 / BubbleMotions.fadeLength } ?? 2
      self = share < 1 ? .picture : share < 2 ? .title : .all
    }
  }

  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard !area.isEmpty else { return }
    let head: [[Span]] = [[Span("No process is alive.", .title)], []]
    let keys: [[Span]] = [
      [],
      (model.travel.undoable == nil ? [] : [Span("u", .key), Span(" undo   ", .dim)]) + [
        Span("R", .key), Span(" start again   ", .dim),
        Span("\(ViewKind.log.rawValue)", .key), Span(" whole log   ", .dim),
        Span("q", .key), Span(" quit", .dim),
      ],
    ]
    let lines = head + ending(model, columns: area.columns - 2) + keys
    let stage = Stage(after: model.bubbles.motions.fade(at: model.frame))
    let picture = CellGrid.popped(model.options.glyphs.marks, isWhole: stage > .picture)
    let hasPicture =
      area.rows > picture.size.rows + lines.count && area.columns > picture.size.columns
    let rows = lines.count + (hasPicture ? picture.size.rows + 1 : 0)
    var row = area.row + max(0, (area.rows - rows) / 2)
    if hasPicture {
      let column = area.column + (area.columns - picture.size.columns) / 2
      grid.lay(picture, at: Point(column: column, row: row))
      row += picture.size.rows + 1
    }
    for spans in stage == .all ? lines : stage == .title ? head : [] {
      let width = min(Span.width(of: spans), area.columns)
      let start = Point(column: area.column + (area.columns - width) / 2, row: row)
      StyledLine(spans).draw(on: &grid, at: start, columns: width)
      row += 1
    }
  }

  /// When it ended, and of what; in two lines where one is too short.
  private static func ending(_ model: ConsoleModel, columns: Int) -> [[Span]] {
    guard let root = model.tree.roots.last.map({ model.tree[$0] }) else { return [] }
    let end = root.lives.last?.end ?? model.tree.now
    let when = [Span("It ended at \(clockText(end)): ", .dim)]
    let why = cause(of: root)
    return Span.width(of: when + why) <= columns ? [when + why] : [when, why]
  }

  private static func cause(of root: TreeNode) -> [Span] {
    var spans = [Span(root.name, .supervisorName)]
    if root.supervision?.gaveUp == true, let flags = root.supervision?.flags {
      let intensity = flags.intensity
      let restarts = "\(intensity.restarts) \(noun(for: intensity.restarts, "restart"))"
      spans.append(Span(" gave up: more than \(restarts) in \(intensity.seconds) s"))
    } else if let reason = root.lives.last?.reason {
      spans += [Span(" exited: "), Span(reason.short, reason.isAbnormal ? .crashed : .stopping)]
    }
    return spans
  }
}

extension CellGrid {
  /// One bubble left, and the drops of others; as long as it is not whole, its rings only show.
  fileprivate static func popped(_ marks: Marks, isWhole: Bool) -> CellGrid {
    var canvas = DotCanvas(columns: 40, rows: 9)
    let rings: [(x: Double, y: Double, size: Double, role: Role, isThick: Bool)] = [
      (11, 25, 9.5, .crashedGhost, true), (38, 18, 13, .ghost, false),
      (62, 10, 6.5, .ghost, false), (62, 27, 4.5, .ghost, false), (75, 18, 3, .ghost, false),
    ]
    for ring in rings {
      canvas.stroke(
        SuperellipseRing(
          centreX: ring.x, centreY: ring.y, halfWidth: ring.size * 1.1, halfHeight: ring.size,
          exponent: 2.1),
        ring.role, dash: isWhole ? ring.isThick ? .cracked : .solid : .sparse,
        isThick: ring.isThick && isWhole)
    }
    var grid = CellGrid(size: Size(columns: 40, rows: 9))
    canvas.draw(on: &grid, at: Point(column: 0, row: 0), marks: marks)
    return grid
  }
}

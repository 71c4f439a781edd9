import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// The lives of one place along the axis.
struct TimelineLane {
  /// The place; nil for a cable.
  @Boxed private var node: TreeNode?
  @Boxed private var axis: TimelineAxis
  @Boxed private var model: ConsoleModel
  private let marks: [TimelineMark]
  /// Where the axis begins on the grid.
  private let origin: Point

  /// How things stand between two marks.
  private enum Course {
    case nobody
    case alive(Int32)
    case stopping(Int32)
    case suspended(Int32)

    var life: Int32? {
      switch self {
      case .nobody: nil
      case .alive(let life), .stopping(let life), .suspended(let life): life
      }
    }

    mutating func pass(_ mark: TimelineMark) {
      switch mark.kind {
      case .started, .resumed, .counted: self = .alive(mark.life)
      case .crashed, .stopped, .gaveUp: self = .nobody
      case .suspended: self = .suspended(mark.life)
      case .stopping: self = .stopping(mark.life)
      }
    }
  }

  init(_ node: TreeNode, _ model: ConsoleModel, _ axis: TimelineAxis, at origin: Point) {
    self.node = node
    self.model = model
    self.axis = axis
    self.origin = origin
    marks = axis.book.marks(of: node.id)
  }

  /// The lane of a cable: a line while it is used, a broken one while it is not, none while it is
  /// cut.
  init(
    _ cable: ClusterFacts.Cable, _ model: ConsoleModel, _ axis: TimelineAxis, at origin: Point
  ) {
    node = nil
    self.model = model
    self.axis = axis
    self.origin = origin
    marks = axis.book.marks(of: cable)
  }

  func draw(on grid: inout CellGrid) {
    var index = marks.partitioningIndex { $0.column >= axis.columns.lowerBound }
    var course = Course.nobody
    if index > 0 { course.pass(marks[index - 1]) }
    while index < marks.count, axis.cell(of: marks[index]) < 0 {
      course.pass(marks[index])
      index += 1
    }
    if let life = course.life, node != nil { putLife(life, on: &grid) }
    var cell = 0
    while index < marks.count {
      let mark = marks[index]
      let place = axis.cell(of: mark)
      guard place < axis.width else { break }
      index += 1
      if mark.kind == .counted || isBrief(mark, at: place, before: index) { continue }
      putLine(course, from: cell, to: place, on: &grid)
      cell = place + put(mark, at: place, after: index - 2, on: &grid)
      course.pass(mark)
    }
    putLine(course, from: cell, to: axis.end, on: &grid)
    putBudget(on: &grid)
    putPlayhead(on: &grid)
  }

  // MARK: - Lives

  /// Whether a stop is over before anything else happens, so that it takes no time to show.
  private func isBrief(_ mark: TimelineMark, at cell: Int, before next: Int) -> Bool {
    guard mark.kind == .stopping, next < marks.count, marks[next].kind.isEnd else { return false }
    return axis.cell(of: marks[next]) <= cell + 1
  }

  private func isPast(_ mark: TimelineMark) -> Bool { mark.event <= model.tree.lastEvent }

  /// The number of the life that goes on at the left end.
  private func putLife(_ life: Int32, on grid: inout CellGrid) {
    let text = String(life)
    grid.put(text, at: Point(column: origin.column - text.count, row: origin.row), role: .dim)
  }

  /// A line until the playhead is heavy, what is known to follow thin.
  private func putLine(_ course: Course, from: Int, to: Int, on grid: inout CellGrid) {
    let (heavy, thin, role): (Glyph, Glyph, Role)
    switch course {
    case .nobody: return
    case .alive: (heavy, thin, role) = ("━", "─", lineRole)
    case .stopping: (heavy, thin, role) = ("╍", "╌", .stopping)
    case .suspended: (heavy, thin, role) = ("━", "─", .suspended)
    }
    let (from, to) = (max(0, from), min(to, axis.width))
    let here = min(to, max(from, model.travel.isPast ? axis.playhead + 1 : to))
    fill(from..<max(from, here), glyph: heavy, role: role, on: &grid)
    fill(here..<max(here, to), glyph: thin, role: .dim, on: &grid)
  }

  private var lineRole: Role { node?.kind == .supervisor ? .supervisorRing(depth: 0) : .running }

  /// Puts a mark's sign and answers how many cells it takes.
  ///
  /// A crash stays to be seen where the next life begins in the same cell.
  private func put(
    _ mark: TimelineMark, at cell: Int, after before: Int, on grid: inout CellGrid
  ) -> Int {
    let followsCrash =
      marks.indices.contains(before) && marks[before].kind == .crashed
      && axis.cell(of: marks[before]) == cell
    let isPast = isPast(mark)
    let glyphs = model.options.glyphs
    func put(_ text: String, _ role: Role, _ offset: Int = 0) -> Int {
      let room = axis.width - cell - offset
      guard cell + offset >= 0, room > 0 else { return 0 }
      let place = Point(column: origin.column + cell + offset, row: origin.row)
      return grid.put(String(text.prefix(room)), at: place, role: isPast ? role : .dim)
    }
    switch mark.kind {
    case .started:
      let sign = followsCrash ? 1 : put(isPast ? "┣" : "├", .starting)
      return node == nil ? sign : sign + put(String(mark.life), .processName, 1)
    case .crashed: return put(glyphs[.crashed], .crashed)
    case .stopped: return put(glyphs[.stopped], .stopping)
    case .gaveUp: return put(glyphs[.gaveUp], .gaveUp)
    case .suspended: return put(glyphs[.suspended], .warning)
    case .resumed: return put(glyphs[.playing], .running)
    case .stopping, .counted: return 0
    }
  }

  private func fill(
    _ cells: Range<Int>, glyph: Glyph, role: Role, on grid: inout CellGrid
  ) {
    let rect = Rect(
      column: origin.column + cells.lowerBound, row: origin.row, columns: cells.count, rows: 1)
    grid.fill(rect, glyph: glyph, role: role)
  }

  // MARK: - The budget

  /// Marks the restarts that count now, and shades the time from the first of them on.
  private func putBudget(on grid: inout CellGrid) {
    guard let node, node.supervision != nil, node.pid != nil,
      let budget = model.tree.budget(of: node.id, at: model.now), budget.used > 0
    else { return }
    let after = marks.partitioningIndex { $0.event > model.tree.lastEvent }
    var counted: [Int] = []
    for mark in marks[..<after].reversed() {
      let cell = axis.cell(of: mark)
      guard counted.count < budget.used, cell >= 0 else { break }
      if mark.kind == .counted { counted.append(cell) }
    }
    // What is not found counts from further left.
    let first = counted.count == budget.used ? counted.last ?? 0 : 0
    for cell in first..<max(first, min(axis.playhead + 1, axis.end)) {
      let place = Point(column: origin.column + cell, row: origin.row)
      guard grid.bounds.contains(place), ["━", "─"].contains(grid[place].glyph) else { continue }
      grid.put("░" as Glyph, at: place, role: .dim)
    }
    for cell in counted where cell < axis.width {
      grid.put(
        "┃" as Glyph, at: Point(column: origin.column + cell, row: origin.row),
        role: .budgetCounted)
    }
  }

  // MARK: - The playhead

  /// In the past a line goes through the lanes in which nobody lives just then.
  private func putPlayhead(on grid: inout CellGrid) {
    let cell = axis.playhead
    guard model.travel.isPast, (0..<axis.width).contains(cell) else { return }
    let place = Point(column: origin.column + cell, row: origin.row)
    guard grid.bounds.contains(place), grid[place].glyph.isBlank else { return }
    grid.put("│" as Glyph, at: place, role: .selectionArrow)
  }
}

import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// The lanes that are on the screen, and what stands around them.
struct TimelineDrawing {
  @Boxed private var model: ConsoleModel
  private let area: Rect
  private let layout: TimelineLayout
  @Boxed private var axis: TimelineAxis
  private let visible: Range<Int>

  init(_ model: ConsoleModel, in area: Rect) {
    self.model = model
    self.area = area
    layout = TimelineLayout(model, in: area)
    axis = TimelineAxis(model, width: layout.axisWidth)
    visible = model.timeline.lanes.visible(rows: layout.lanes.rows)
  }

  func draw(on grid: inout CellGrid) {
    guard !axis.book.columns.isEmpty else {
      let text = "Nothing has happened yet."
      grid.put(
        text, at: Point(column: area.column + 2, row: layout.lanes.row), role: .dim,
        width: max(0, area.columns - 2))
      return
    }
    TimelineHeader(model, axis, at: Point(column: layout.axisColumn, row: layout.header.row))
      .draw(in: layout.header, on: &grid)
    for (line, row) in visible.enumerated() {
      drawLane(row, at: layout.lanes.row + line, on: &grid)
    }
    drawCables(on: &grid)
    drawScrollBar(on: &grid)
    drawFoot(on: &grid)
    TimelineLegend.draw(model, axis, in: layout.legend, on: &grid)
    DetailStrip.draw(model, in: layout.detail, on: &grid)
    if let current = axis.current, !layout.why.isEmpty {
      WhyLines.draw(axis.book[column: current].event, model, in: layout.why, on: &grid)
    }
    if !layout.overview.isEmpty {
      SessionLine(model).draw(model.options.glyphs, in: layout.overview, on: &grid)
    }
  }

  // MARK: - Lanes

  private func drawLane(_ row: Int, at line: Int, on grid: inout CellGrid) {
    let index = model.timeline.lanes.index
    let node = model.tree[index.rows[row].slot]
    drawName(node, depth: Int(index.rows[row].depth), at: line, on: &grid)
    TimelineLane(node, model, axis, at: Point(column: layout.axisColumn, row: line))
      .draw(on: &grid)
    guard let budget = model.tree.budget(of: node.id, at: model.now), budget.used > 0 else {
      return
    }
    let text = "\(budget.used)/\(budget.allowed)"
    let end = area.endColumn - (hasScrollBar ? 1 : 0)
    let start = max(layout.axisColumn + axis.width, end - text.count)
    grid.put(
      text, at: Point(column: start, row: line), role: .budgetCounted,
      width: max(0, end - start))
  }

  /// A lane for each cable between nodes.
  private func drawCables(on grid: inout CellGrid) {
    let cluster = model.tree.cluster
    for (line, cable) in cluster.shownCables.prefix(layout.cables.rows).enumerated() {
      let row = layout.cables.row + line
      let isCut = cluster.cuts.contains(cable)
      grid.put(
        cut(cluster.name(of: cable), to: max(0, layout.nameWidth - 1)),
        at: Point(column: area.column + 1, row: row), role: isCut ? .crashed : .dim)
      TimelineLane(cable, model, axis, at: Point(column: layout.axisColumn, row: row))
        .draw(on: &grid)
    }
  }

  private func drawName(
    _ node: TreeNode, depth: Int, at line: Int, on grid: inout CellGrid
  ) {
    let glyphs = model.options.glyphs
    let indent = TimelineLayout.indent(depth: depth)
    let start = Point(column: area.column + indent, row: line)
    let crown = model.tree.isCrowned(node) ? glyphs[.crown] : ""
    let name = cut(
      crown + node.name, to: max(0, layout.nameWidth - indent), ellipsis: glyphs.ellipsis)
    grid.put(name, at: start, role: role(of: node))
    if let range = model.filter.cells(in: name) {
      let cells = Rect(
        column: start.column + range.lowerBound, row: line, columns: range.count, rows: 1)
      grid.setRole(.match, in: cells)
    }
    if model.folded.contains(node.id), !model.filter.isActive {
      grid.put(glyphs[.folded], at: Point(column: start.column - 1, row: line), role: .frame)
    }
    let edge = Point(column: area.column, row: line)
    if node.id == selectedLane {
      grid.put(glyphs[.selectionLeft], at: edge, role: .selectionArrow)
    } else if model.marked.contains(node.id) {
      grid.put("*", at: edge, role: .warning)
    }
  }

  private func role(of node: TreeNode) -> Role {
    if node.id == selectedLane { return .selectionName }
    if model.isPreviewing, let part = model.plan?.part(of: node.id) {
      if part == .target { return .target }
      if part == .untouched { return .dim }
    }
    if model.filter.isActive, !model.filter.matches.contains(node.id) { return .dim }
    return node.kind == .supervisor ? .supervisorName : .processName
  }

  /// The place whose lane stands for the selection.
  private var selectedLane: SlotID? { model.highlighted }

  private var hasScrollBar: Bool { model.timeline.lanes.index.rows.count > layout.lanes.rows }

  private func drawScrollBar(on grid: inout CellGrid) {
    let bar = layout.lanes.split(right: 1).right
    grid.scrollBar(bar, first: visible.lowerBound, of: model.timeline.lanes.index.rows.count)
  }

  // MARK: - The playhead

  /// Says where the playhead is, with its lower end.
  private func drawFoot(on grid: inout CellGrid) {
    guard !layout.foot.isEmpty else { return }
    let row = layout.foot.row
    let place = min(max(0, axis.playhead), max(0, axis.width - 1))
    let column = layout.axisColumn + place
    let room = max(column - 2 - area.column, area.endColumn - column - 2)
    let words = PlayheadWords.words(model, axis, columns: room)
    let width = Span.width(of: words)
    grid.put("▲" as Glyph, at: Point(column: column, row: row), role: .selectionArrow)
    let before = column - 1 - width
    let start = before > area.column ? before : column + 2
    StyledLine(words).draw(
      on: &grid, at: Point(column: start, row: row), columns: max(0, area.endColumn - start))
  }
}

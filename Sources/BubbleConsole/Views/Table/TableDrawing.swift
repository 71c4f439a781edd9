import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// The rows of the table that are on the screen, and the line above them.
struct TableDrawing {
  @Boxed private var model: ConsoleModel
  private let area: Rect
  private let columns: TableColumns
  private let visible: Range<Int>
  private let selectedRow: Int?

  init(_ model: ConsoleModel, in area: Rect) {
    self.model = model
    self.area = area
    let index = model.table.index
    visible = model.table.visible(rows: area.rows - 1)
    selectedRow = model.highlighted.flatMap { index.row(of: $0) }
    let pidWidth = visible.reduce(0) { widest, row in
      max(widest, model.tree[index.rows[row].slot].pid?.description.count ?? 0)
    }
    columns = TableColumns(width: area.columns, pidWidth: pidWidth)
  }

  func draw(on grid: inout CellGrid) {
    drawHeader(on: &grid)
    for (line, row) in visible.enumerated() {
      drawRow(row, at: area.row + 1 + line, on: &grid)
    }
    let bar = area.split(top: 1).rest.split(right: 1).right
    grid.scrollBar(bar, first: visible.lowerBound, of: model.table.index.rows.count)
  }

  private func drawHeader(on grid: inout CellGrid) {
    let row = area.split(top: 1).top
    grid.fill(row, role: .tableHeader)
    let sorted = model.options.glyphs[.unfolded]
    func title(_ text: String, _ order: TableOrder?) -> String {
      order == model.table.order ? text + sorted : text
    }
    grid.put(
      title("NAME", .name), at: Point(column: area.column + TableColumns.nameColumn, row: row.row),
      role: .tableHeader, width: columns.nameWidth)
    for (column, start, width) in columns.columns {
      var text = title(column.title, column.order)
      // The number stands under the title of the line before it.
      if column == .turns, text.isEmpty,
        !columns.columns.contains(where: { $0.column == .sparkline })
      {
        text = "T/S"
      }
      let shown = column.alignment == .right ? padded(text, to: width, alignment: .right) : text
      grid.put(shown, at: Point(column: area.column + start, row: row.row), role: .tableHeader)
    }
  }

  // MARK: - One row

  private func drawRow(_ row: Int, at line: Int, on grid: inout CellGrid) {
    let node = model.tree[model.table.index.rows[row].slot]
    let isSelected = row == selectedRow
    let isDim = isOutOfFocus(node)
    let whole = Rect(column: area.column, row: line, columns: area.columns, rows: 1)
    let glyphs = model.options.glyphs
    let (sign, role): (Sign, Role) =
      isTarget(node) ? (.crashed, .target) : (node.state.sign, node.state.role)
    grid.put(
      glyphs[sign], at: Point(column: area.column + 2, row: line), role: isDim ? .dim : role)
    drawName(of: node, row, at: line, isDim: isDim, on: &grid)
    let cells = TableCells(node, model)
    for (column, start, width) in columns.columns {
      let value = cells.value(of: column, columns: width)
      let text = padded(
        value.text, to: width, alignment: column.alignment, ellipsis: glyphs.ellipsis)
      grid.put(
        text, at: Point(column: area.column + start, row: line), role: isDim ? .dim : value.role)
    }
    drawMarks(of: node, at: line, on: &grid)
    guard isSelected else { return }
    grid.fill(
      whole.intersection(Rect(column: area.column, row: line, columns: 1, rows: 1)), role: .text)
    grid.setRole(.selectedRow, in: whole.split(left: 1).rest)
    grid.put(
      glyphs[.selectionLeft], at: Point(column: area.column, row: line), role: .selectionArrow)
  }

  /// Rows that are there only for what hangs below them, or that a preview leaves alone.
  private func isOutOfFocus(_ node: TreeNode) -> Bool {
    if model.filter.isActive, !model.filter.matches.contains(node.id) { return true }
    guard let plan = model.plan, model.isPreviewing else { return false }
    return plan.part(of: node.id) == .untouched
  }

  /// Whether a preview is about this process.
  private func isTarget(_ node: TreeNode) -> Bool {
    model.isPreviewing && model.plan?.part(of: node.id) == .target
  }

  private func drawName(
    of node: TreeNode, _ row: Int, at line: Int, isDim: Bool, on grid: inout CellGrid
  ) {
    let glyphs = model.options.glyphs
    var lead = lead(of: row)
    if model.table.order == .start, model.folded.contains(node.id), !model.filter.isActive {
      lead += "\(glyphs[.folded]) "
    }
    // Deep levels are not worth the name's room.
    let room = max(0, columns.nameWidth - 1)
    let most = room / 2
    if displayWidth(lead) > most { lead = String(lead.suffix(most)) }
    var start = Point(column: area.column + TableColumns.nameColumn, row: line)
    start.column += grid.put(lead, at: start, role: .frame)
    if model.tree.isCrowned(node) {
      start.column += grid.put("\(glyphs[.crown]) ", at: start, role: isDim ? .dim : .strategy)
      lead += "  "
    }
    let name = cut(node.name, to: room - displayWidth(lead), ellipsis: glyphs.ellipsis)
    let role: Role = node.kind == .supervisor ? .supervisorName : .processName
    grid.put(name, at: start, role: isDim ? .dim : role)
    if let range = model.filter.cells(in: name) {
      grid.setRole(
        .match,
        in: Rect(
          column: start.column + range.lowerBound, row: line, columns: range.count, rows: 1))
    }
  }

  /// The lines that tie a row to its supervisor.
  private func lead(of row: Int) -> String {
    let index = model.table.index
    guard index.rows[row].parent >= 0 else { return "" }
    let glyphs = model.options.glyphs
    var text = ""
    for goesOn in index.trunks(of: row) { text += goesOn ? "\(glyphs[.trunk]) " : "  " }
    return text + glyphs[index.rows[row].isLast ? .lastBranch : .branch] + " "
  }

  /// The user's mark, or the number of its step in the plan on the screen.
  private func drawMarks(of node: TreeNode, at line: Int, on grid: inout CellGrid) {
    if !isTarget(node), let number = model.plan?.number(of: node.id) {
      let text = padded(String(number), to: 2, alignment: .right)
      grid.put(text, at: Point(column: area.column, row: line), role: .planned)
    } else if model.marked.contains(node.id) {
      grid.put("*", at: Point(column: area.column + 1, row: line), role: .warning)
    }
  }
}

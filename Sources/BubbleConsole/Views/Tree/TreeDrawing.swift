import BubbleCells
import BubbleEvents
import BubbleTree

/// The part of a tree picture that is on the screen.
struct TreeDrawing {
  let model: ConsoleModel
  let picture: TreePicture
  /// The picture's column and row that stand in the upper left corner.
  let origin: Point
  private var grid: CellGrid

  init(_ model: ConsoleModel, size: Size) {
    self.model = model
    picture = model.treeDiagram.picture
    origin = model.treeDiagram.origin(in: size)
    grid = CellGrid(size: size)
  }

  /// The picture as it is seen through the window.
  mutating func drawn() -> CellGrid {
    let selected = model.selection.flatMap { model.treeDiagram.box(showing: $0, in: model.tree) }
    // Buses first, so that boxes keep their borders.
    for (index, box) in picture.boxes.enumerated() where reaches(box) { drawBus(index) }
    for (index, box) in picture.boxes.enumerated() where isVisible(box.rect) {
      drawBox(box, isSelected: index == selected)
    }
    drawOverflow()
    return grid
  }

  // MARK: - What is on the screen

  private func place(_ column: Int, _ row: Int) -> Point {
    Point(column: column - origin.column, row: row - origin.row)
  }

  private func isVisible(_ rect: Rect) -> Bool {
    !Rect(
      column: rect.column - origin.column, row: rect.row - origin.row, columns: rect.columns,
      rows: rect.rows
    ).intersection(grid.bounds).isEmpty
  }

  /// Whether the box, or the lines from it to its children, can be seen.
  private func reaches(_ box: TreePicture.Box) -> Bool {
    (0..<grid.size.rows).contains(box.rect.row + 3 - origin.row)
      || (0..<grid.size.rows).contains(box.rect.row + 1 - origin.row)
  }

  // MARK: - Buses

  /// The lines from a supervisor to its children, with its strategy on them or beside its box.
  private mutating func drawBus(_ index: Int) {
    let box = picture.boxes[index]
    let node = model.tree[SlotID(index: box.slot)]
    let words =
      node.supervision.map { [$0.flags.strategy.rawValue, $0.flags.strategy.short] } ?? []
    let connectors = box.children.map { picture.boxes[$0].middle }
    let row = box.rect.row + 3
    drawLines(connectors, middle: box.middle, row: row)
    if !box.isFolded,
      let label = BusLabel.place(words, between: connectors, middle: box.middle)
    {
      grid.put(" \(label.word) ", at: place(label.column - 1, row), role: .strategy)
    } else {
      drawBeside(box, words)
    }
  }

  private mutating func drawLines(_ connectors: [Int], middle: Int, row: Int) {
    guard let first = connectors.first, let last = connectors.last else { return }
    guard first < last else {
      grid.put("│" as Glyph, at: place(first, row), role: .frame)
      return
    }
    let start = place(first, row)
    grid.fill(
      Rect(column: start.column, row: start.row, columns: last - first + 1, rows: 1), glyph: "─",
      role: .frame)
    grid.put("┴" as Glyph, at: place(middle, row), role: .frame)
    for column in connectors {
      let glyph: Glyph = column == middle ? "┼" : "┬"
      grid.put(glyph, at: place(column, row), role: .frame)
    }
    grid.put("╭" as Glyph, at: start, role: .frame)
    grid.put("╮" as Glyph, at: place(last, row), role: .frame)
  }

  /// To the right of the box as far as its neighbour leaves room.
  private mutating func drawBeside(_ box: TreePicture.Box, _ words: [String]) {
    let end =
      box.next.map { picture.boxes[$0].rect.column } ?? (origin.column + grid.size.columns + 1)
    let room = end - box.rect.endColumn - 2
    guard let word = words.first(where: { $0.count <= room }) else { return }
    grid.put(word, at: place(box.rect.endColumn + 1, box.rect.row + 1), role: .strategy)
  }

  // MARK: - Boxes

  private mutating func drawBox(_ box: TreePicture.Box, isSelected: Bool) {
    let node = model.tree[SlotID(index: box.slot)]
    var look = TreeBoxLook(node, depth: box.depth)
    if let plan = model.plan { look.apply(plan, to: node, isPreview: model.isPreviewing) }
    if model.filter.isActive, !model.filter.matches.contains(node.id) { look.stepBack() }
    if isSelected { look.select() }
    let corner = place(box.rect.column, box.rect.row)
    let frame = Rect(
      column: corner.column, row: corner.row, columns: box.rect.columns, rows: box.rect.rows)
    grid.fill(frame, role: .text)
    grid.box(frame, role: look.borderRole, style: look.border)
    drawTies(box, look)
    drawName(of: node, look, in: frame)
    drawEdges(of: node, box, look, in: frame)
    if box.isFolded {
      let spans = Tally(below: node.id, in: model.tree)
        .spans(columns: frame.columns - 2, glyphs: model.options.glyphs)
      let start = frame.column + max(1, (frame.columns - Span.width(of: spans)) / 2)
      put(spans, at: Point(column: start, row: frame.row + 2))
    }
  }

  /// Where the lines from above and to below meet the border.
  private mutating func drawTies(_ box: TreePicture.Box, _ look: TreeBoxLook) {
    let isHeavy = look.border == .heavy
    let role: Role = isHeavy ? look.borderRole : .frame
    if box.parent != nil {
      grid.put(isHeavy ? "┷" : "┴" as Glyph, at: place(box.middle, box.rect.row), role: role)
    }
    if !box.children.isEmpty {
      grid.put(
        isHeavy ? "┯" : "┬" as Glyph, at: place(box.middle, box.rect.endRow - 1), role: role)
    }
  }

  private mutating func drawName(of node: TreeNode, _ look: TreeBoxLook, in frame: Rect) {
    let glyphs = model.options.glyphs
    let isLetter = !picture.style.hasNames
    let letter = node.kind == .supervisor ? "S" : "W"
    let room = frame.columns - 4
    let name = isLetter ? letter : cut(node.name, to: room, ellipsis: glyphs.ellipsis)
    let width = displayWidth(name)
    var start = frame.column + 2 + max(0, room - width) / 2
    let row = frame.row + 1
    if let number = look.number.map(String.init), number.count + 1 + width <= frame.columns - 2 {
      start = max(start, frame.column + 2 + number.count)
      grid.put(number, at: Point(column: start - number.count - 1, row: row), role: .planned)
    } else if let sign = look.sign {
      grid.put(glyphs[sign.sign], at: Point(column: start - 1, row: row), role: sign.role)
    } else if look.isSelected {
      grid.put(
        glyphs[.selectionLeft], at: Point(column: start - 1, row: row), role: .selectionArrow)
    }
    grid.put(name, at: Point(column: start, row: row), role: look.nameRole)
    if !isLetter, !look.isSelected, let range = model.filter.cells(in: name) {
      let match = Rect(
        column: start + range.lowerBound, row: row, columns: range.count, rows: 1)
      grid.setRole(.match, in: match)
    }
    if look.isSelected, start + width < frame.endColumn - 1 {
      grid.put(
        glyphs[.selectionRight], at: Point(column: start + width, row: row), role: .selectionArrow)
    }
  }

  /// The budget in the upper border, the life in the lower; a mark at its end.
  private mutating func drawEdges(
    of node: TreeNode, _ box: TreePicture.Box, _ look: TreeBoxLook, in frame: Rect
  ) {
    if let budget = model.tree.budget(of: node.id, at: model.now) {
      let pips = BudgetPicture.pips(budget, model.options.glyphs)
      let end = box.parent == nil ? frame.endColumn - 1 : frame.column + frame.columns / 2
      if frame.column + 1 + Span.width(of: pips) <= end {
        put(pips, at: Point(column: frame.column + 1, row: frame.row))
      }
    }
    let bottom = frame.endRow - 1
    if node.life > 1 {
      let life = "#\(node.life)"
      let start = frame.endColumn - 1 - life.count
      let free = box.children.isEmpty ? frame.column : frame.column + frame.columns / 2
      if start > free { grid.put(life, at: Point(column: start, row: bottom), role: .dim) }
    }
    if let number = look.number.map(String.init), number.count > 1 {
      put([Span(number, .planned)], at: Point(column: frame.column + 1, row: bottom))
    }
    if model.marked.contains(node.id) {
      grid.put("*", at: Point(column: frame.endColumn - 2, row: frame.row), role: .warning)
    }
  }

  private mutating func put(_ spans: [Span], at point: Point) {
    var column = point.column
    for span in spans {
      column += grid.put(span.text, at: Point(column: column, row: point.row), role: span.role)
    }
  }

  // MARK: - What is off the screen

  /// How many columns and rows of the picture lie beyond each edge.
  private mutating func drawOverflow() {
    let (columns, rows) = (grid.size.columns, grid.size.rows)
    guard columns > 8, rows > 2 else { return }
    let right = picture.size.columns - origin.column - columns
    let below = picture.size.rows - origin.row - rows
    if origin.column > 0 { corner("◂\(origin.column)", left: true, row: 0) }
    if right > 0 { corner("\(right)▸", left: false, row: 0) }
    if origin.row > 0 { corner("▴\(origin.row)", left: true, row: 1) }
    if below > 0 { corner("\(below)▾", left: false, row: rows - 1) }
  }

  private mutating func corner(_ text: String, left: Bool, row: Int) {
    let width = displayWidth(text)
    let column = left ? 0 : grid.size.columns - width
    grid.put(text, at: Point(column: column, row: row), role: .warning)
  }
}

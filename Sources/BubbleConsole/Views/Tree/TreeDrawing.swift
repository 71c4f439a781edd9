import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// The part of a tree picture that is on the screen.
struct TreeDrawing {
  @Boxed var model: ConsoleModel
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
    let selected = model.highlighted.flatMap { model.treeDiagram.box(showing: $0, in: model.tree) }
    // Buses first, so that boxes keep their borders.
    let near = picture.boxes.indices.filter { reaches(picture.boxes[$0]) }
    for index in near {
      let box = picture.boxes[index]
      drawLines(connectors(of: box), middle: box.middle, row: box.rect.row + 3)
    }
    for index in near { drawStrategy(of: picture.boxes[index]) }
    for (index, box) in picture.boxes.enumerated()
    where isVisible(box.rect) && model.tree.contains(SlotID(index: box.slot)) {
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

  /// The columns in which its children are tied to it, without places that nobody has.
  private func connectors(of box: TreePicture.Box) -> [Int] {
    box.children.map { picture.boxes[$0] }
      .filter { model.tree.contains(SlotID(index: $0.slot)) }.map(\.middle)
  }

  /// A supervisor's strategy: on the line to its children, beside its box, or below it.
  private mutating func drawStrategy(of box: TreePicture.Box) {
    let node = model.tree[SlotID(index: box.slot)]
    let words =
      node.supervision.map { [$0.flags.strategy.rawValue, $0.flags.strategy.short] }
      ?? node.application.map { [$0.rawValue] } ?? []
    let connectors = connectors(of: box)
    let row = box.rect.row + 3
    if !box.isFolded,
      let label = BusLabel.place(words, between: connectors, middle: box.middle)
    {
      grid.put(label.text, at: place(label.column, row), role: .strategy)
    } else if !drawBeside(box, words), connectors.count == 1 {
      drawBelow(box, words, row: row)
    }
  }

  private mutating func drawLines(_ connectors: [Int], middle: Int, row: Int) {
    guard let first = connectors.first, let last = connectors.last else { return }
    let ends = min(first, middle)...max(last, middle)
    let tied = Set(connectors)
    for column in ends {
      let glyph = Self.joint(
        up: column == middle, down: tied.contains(column), left: column > ends.lowerBound,
        right: column < ends.upperBound)
      grid.put(glyph, at: place(column, row), role: .frame)
    }
  }

  /// The piece of line that leads in these directions.
  private static func joint(up: Bool, down: Bool, left: Bool, right: Bool) -> Glyph {
    switch (up, down, left, right) {
    case (true, true, true, true): "┼"
    case (true, true, true, false): "┤"
    case (true, true, false, true): "├"
    case (true, true, false, false): "│"
    case (true, false, true, true): "┴"
    case (true, false, true, false): "╯"
    case (true, false, false, true): "╰"
    case (false, true, true, true): "┬"
    case (false, true, true, false): "╮"
    case (false, true, false, true): "╭"
    case (true, false, false, false), (false, _, _, _): "─"
    }
  }

  /// To the right of the box as far as its neighbour leaves room.
  private mutating func drawBeside(_ box: TreePicture.Box, _ words: [String]) -> Bool {
    let end =
      box.next.map { picture.boxes[$0].rect.column } ?? (origin.column + grid.size.columns + 1)
    let room = end - box.rect.endColumn - 2
    guard let word = words.first(where: { $0.count <= room }) else { return false }
    grid.put(word, at: place(box.rect.endColumn + 1, box.rect.row + 1), role: .strategy)
    return true
  }

  /// To the right of the line to an only child, if nothing else is there.
  private mutating func drawBelow(_ box: TreePicture.Box, _ words: [String], row: Int) {
    let start = place(box.middle + 2, row)
    for word in words {
      let room = Rect(column: start.column, row: start.row, columns: word.count + 1, rows: 1)
      guard room.intersection(grid.bounds) == room,
        (room.column..<room.endColumn).allSatisfy({ grid[$0, room.row].glyph.isBlank })
      else { continue }
      grid.put(word, at: start, role: .strategy)
      return
    }
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
    let letter = node.letter
    let room = frame.columns - 4
    let name = isLetter ? letter : cut(node.name, to: room, ellipsis: glyphs.ellipsis)
    let width = displayWidth(name)
    var start = frame.column + 2 + max(0, room - width) / 2
    let row = frame.row + 1
    if !look.isDead, let number = look.number.map(String.init),
      number.count + 1 + width <= frame.columns - 2
    {
      start = max(start, frame.column + 2 + number.count)
      grid.put(number, at: Point(column: start - number.count - 1, row: row), role: .planned)
    } else if let sign = look.sign {
      grid.put(glyphs[sign.sign], at: Point(column: start - 1, row: row), role: sign.role)
    } else if let order = model.tree.startNumber(ofApplicationAt: node.id).map(String.init),
      order.count + 1 + width <= frame.columns - 2, !look.isSelected
    {
      start = max(start, frame.column + 2 + order.count)
      grid.put(order, at: Point(column: start - order.count - 1, row: row), role: .dim)
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
    if model.tree.isCrowned(node) {
      put(
        [Span(model.options.glyphs[.crown], .strategy)],
        at: Point(column: frame.endColumn - 3, row: frame.row))
    }
    let bottom = frame.endRow - 1
    if node.life > 1 {
      let life = "#\(node.life)"
      let start = frame.endColumn - 1 - life.count
      let free = box.children.isEmpty ? frame.column : frame.column + frame.columns / 2
      if start > free { grid.put(life, at: Point(column: start, row: bottom), role: .dim) }
    }
    if let number = look.number.map(String.init), number.count > 1 || look.isDead {
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

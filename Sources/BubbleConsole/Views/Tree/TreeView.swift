package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// The tidy tree of the OTP slides, top down: square boxes supervise, round boxes work.
package enum TreeView: ConsoleView {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let parts = parts(of: area, model)
    var drawing = TreeDrawing(model, size: parts.tree.size)
    grid.lay(drawing.drawn(), at: parts.tree.origin)
    if let detail = parts.detail { DetailStrip.draw(model, in: detail, on: &grid) }
  }

  package static func highlighted(in model: ConsoleModel) -> SlotID? {
    model.selection.flatMap { model.treeDiagram.box(showing: $0, in: model.tree) }
      .map { SlotID(index: model.treeDiagram.picture.boxes[$0].slot) }
  }

  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? {
    let state = model.treeDiagram
    let boxes = state.picture.boxes
    guard let first = boxes.indices.first(where: { isOccupied(boxes[$0], model) }) else {
      return nil
    }
    guard let index = slot.flatMap({ state.box(showing: $0, in: model.tree) }) else {
      return SlotID(index: boxes[first].slot)
    }
    let page = max(1, Regions(model).body.rows / TreePicture.levelRows - 1)
    let found: Int? =
      switch direction {
      case .up: boxes[index].parent ?? index
      case .down: child(of: index, model)
      case .left: beside(index, toLeft: true, model)
      case .right: beside(index, toLeft: false, model)
      case .first: first
      case .last: lastInOrder(model)
      case .pageUp: (0..<page).reduce(index) { above, _ in boxes[above].parent ?? above }
      case .pageDown: (0..<page).reduce(index) { below, _ in child(of: below, model) ?? below }
      }
    return found.map { SlotID(index: boxes[$0].slot) }
  }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? {
    let tree = parts(of: area, model).tree
    guard tree.contains(point) else { return nil }
    let origin = model.treeDiagram.origin(in: tree.size)
    let place = Point(
      column: point.column - tree.column + origin.column, row: point.row - tree.row + origin.row)
    return model.treeDiagram.picture.boxes.first {
      $0.rect.contains(place) && isOccupied($0, model)
    }
    .map { SlotID(index: $0.slot) }
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] {
    // No box shows numbers; those of the selection are fetched in every view.
    []
  }

  /// Opens what is folded.
  package static func enter(_ model: inout ConsoleModel) -> Bool {
    guard let index = selectedBox(model), model.treeDiagram.picture.boxes[index].isFolded else {
      return false
    }
    let slot = SlotID(index: model.treeDiagram.picture.boxes[index].slot)
    guard model.tree[slot].children.count < TreeOutline.mostBoxes else {
      model.notice = "too many to draw as boxes; the table shows them all"
      return true
    }
    model.folded.remove(slot)
    model.treeDiagram.open(slot)
    return true
  }

  /// Folds again what was opened around the selection.
  package static func leave(_ model: inout ConsoleModel) -> Bool {
    guard let selection = model.highlighted,
      let slot = model.tree.path(of: selection).last(where: {
        model.treeDiagram.opened.contains($0)
      })
    else { return false }
    model.treeDiagram.close(slot)
    model.select(slot)
    return true
  }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    guard model.view == .tree else { return }
    model.treeDiagram.refresh(model.tree, folded: model.folded, columns: model.size.columns)
    model.treeDiagram.reveal(
      selectedBox(model), with: plannedBoxes(model), in: parts(of: area, model).tree.size)
  }

  // MARK: - Private

  /// The tree, and the lines below it when there is room for them.
  private static func parts(of area: Rect, _ model: ConsoleModel) -> (tree: Rect, detail: Rect?) {
    let left = area.rows - model.treeDiagram.picture.size.rows
    guard left >= DetailStrip.leastRows, !model.treeDiagram.picture.boxes.isEmpty else {
      return (area, nil)
    }
    let parts = area.split(bottom: min(left, DetailStrip.mostRows))
    return (parts.rest, parts.bottom)
  }

  /// The boxes that the plan on the screen is about.
  private static func plannedBoxes(_ model: ConsoleModel) -> [Int] {
    guard let plan = model.plan else { return [] }
    let boxes = model.treeDiagram.picture.boxes
    return boxes.indices.filter { plan.part(of: SlotID(index: boxes[$0].slot)) != .untouched }
  }

  private static func selectedBox(_ model: ConsoleModel) -> Int? {
    model.highlighted.flatMap { model.treeDiagram.box(showing: $0, in: model.tree) }
  }

  private static func isOccupied(_ box: TreePicture.Box, _ model: ConsoleModel) -> Bool {
    model.tree.contains(SlotID(index: box.slot))
  }

  /// The child that hangs nearest to the middle of its parent.
  private static func child(of index: Int, _ model: ConsoleModel) -> Int? {
    let boxes = model.treeDiagram.picture.boxes
    return boxes[index].children.filter { isOccupied(boxes[$0], model) }
      .min {
        abs(boxes[$0].middle - boxes[index].middle) < abs(boxes[$1].middle - boxes[index].middle)
      }
  }

  private static func beside(_ index: Int, toLeft: Bool, _ model: ConsoleModel) -> Int? {
    let boxes = model.treeDiagram.picture.boxes
    if !toLeft {
      var next = boxes[index].next
      while let found = next, !isOccupied(boxes[found], model) { next = boxes[found].next }
      return next
    }
    return boxes.indices.last {
      boxes[$0].depth == boxes[index].depth && boxes[$0].rect.column < boxes[index].rect.column
        && isOccupied(boxes[$0], model)
    }
  }

  /// The box of the last slot in start order.
  private static func lastInOrder(_ model: ConsoleModel) -> Int? {
    let boxes = model.treeDiagram.picture.boxes
    var last = boxes.indices.last { boxes[$0].parent == nil && isOccupied(boxes[$0], model) }
    while let index = last,
      let child = boxes[index].children.last(where: { isOccupied(boxes[$0], model) })
    { last = child }
    return last
  }
}

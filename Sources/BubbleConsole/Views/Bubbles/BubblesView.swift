package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// The machine as bubbles inside each other: workers are round, supervisors are rings around them.
package enum BubblesView: ConsoleView {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard let layout = model.bubbles.shown(at: model.frame) else { return }
    let scene = BubbleScene(layout, BubbleScene.Source(model))
    BubblePainter.draw(scene, at: area.origin, glyphs: model.options.glyphs, on: &grid)
  }

  package static func highlighted(in model: ConsoleModel) -> SlotID? {
    guard let layout = model.bubbles.layout else { return model.selection }
    return layout.highlighted(for: model.selection, in: model.tree)
  }

  package static func neighbour(
    of slot: SlotID?, toward direction: Direction, in model: ConsoleModel
  ) -> SlotID? {
    model.bubbles.layout?.neighbour(of: slot, toward: direction, in: model.tree)
  }

  package static func slot(at point: Point, in area: Rect, model: ConsoleModel) -> SlotID? {
    guard area.contains(point) else { return nil }
    let cell = Point(column: point.column - area.column, row: point.row - area.row)
    return model.bubbles.layout?.slot(at: cell, in: model.tree)
  }

  package static func visibleSlots(in area: Rect, model: ConsoleModel) -> [SlotID] {
    model.bubbles.layout?.visibleSlots(in: model.tree) ?? []
  }

  /// Zooms into a supervisor whose children are not drawn as bubbles.
  package static func enter(_ model: inout ConsoleModel) -> Bool {
    guard let slot = model.highlighted, let layout = model.bubbles.layout,
      let index = layout.index(of: slot), layout.isClosed(index)
    else { return false }
    model.bubbles.zoom.append(slot)
    return true
  }

  /// Goes back out of the supervisor that was zoomed into last.
  package static func leave(_ model: inout ConsoleModel) -> Bool {
    model.bubbles.zoom.popLast() != nil
  }

  package static func refresh(
    _ model: inout ConsoleModel, after events: [Event], in area: Rect
  ) {
    guard model.view == .bubbles, !area.isEmpty else { return }
    zoomOutToSelection(&model)
    let motion = model.options.motion
    model.bubbles.pack(
      model.tree, size: area.size, isBusy: model.isRunningPlan, glides: motion == .full,
      frame: model.frame)
    guard motion != .none, let layout = model.bubbles.layout else { return }
    for event in events {
      model.bubbles.motions.note(
        event, in: model.tree, layout: layout, isReduced: motion == .reduced, frame: model.frame)
    }
  }

  /// What is selected is on the screen: it goes back out of supervisors that do not hold it.
  private static func zoomOutToSelection(_ model: inout ConsoleModel) {
    guard !model.bubbles.zoom.isEmpty, let selection = model.selection else { return }
    let path = model.tree.path(of: selection)
    while let last = model.bubbles.zoom.last, !path.contains(last) {
      model.bubbles.zoom.removeLast()
    }
  }

  package static func isMoving(_ model: ConsoleModel) -> Bool {
    model.bubbles.isMoving(model.frame)
  }
}

extension BubbleScene.Source {
  /// What the bubbles show of the console.
  fileprivate init(_ model: ConsoleModel) {
    self.init(tree: model.tree, now: model.now)
    frame = model.frame
    motions = model.bubbles.motions
    selection = model.selection
    plan = model.plan
    isPreview = model.isPreviewing
    if model.filter.isActive {
      isMatch = { model.filter.matches.contains($0) }
      isShown = { model.filter.shows($0) }
    }
    load = { pid in
      model.metrics[pid].map { (turns: $0.turns, mailboxLength: $0.mailboxLength) }
    }
  }
}

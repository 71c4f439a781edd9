import BubbleCells

extension ConsoleModel {
  /// A click selects a process, a moment or a view; the wheel moves what is under it.
  mutating func handle(_ event: MouseEvent) -> [ConsoleCommand] {
    guard overlay == nil, !Regions.isTooSmall(size) else { return [] }
    let regions = Regions(self)
    switch event.kind {
    case .press(.left):
      notice = nil
      if regions.header.contains(event.at) {
        if let kind = HeaderLine.view(at: event.at, in: self),
          let action = ActionTable.action(for: kind.key, in: keyContext, view: view)
        {
          return perform(action, .key(kind.key))
        }
      } else if regions.panel?.contains(event.at) == true {
        focus = .panel
      } else if regions.body.contains(event.at) {
        focus = .view
        return view.view.press(at: event.at, in: regions.body, model: &self)
      }
    case .scrollUp:
      wheel(.up, at: event.at, in: regions)
    case .scrollDown:
      wheel(.down, at: event.at, in: regions)
    case .press(.middle), .press(.right), .release:
      break
    }
    return []
  }

  private mutating func wheel(_ direction: Direction, at point: Point, in regions: Regions) {
    if let panel = regions.panel, panel.contains(point) {
      scrollPanel(direction)
    } else if regions.body.contains(point) {
      view.view.move(direction, in: &self)
    }
  }
}

import BubbleCells

extension ConsoleModel {
  /// Every key is answered: by its row, as text, or by saying that it means nothing here.
  mutating func press(_ key: Key) -> [ConsoleCommand] {
    notice = nil
    shownKey = showsKeys ? key : nil
    guard !Regions.isTooSmall(size) else {
      return [.character("q"), .control("c")].contains(key) ? [.quit] : []
    }
    if isPlanDone, overlay == nil { mode = .browse }
    let context = keyContext
    if let action = ActionTable.action(for: key, in: context, view: view) {
      return perform(action, .key(key))
    }
    if context.takesText, case .character(let character) = key {
      type { text in
        if text.count < Self.typedLimit { text.append(character) }
      }
    } else {
      notice = "\(key.shown) does nothing here"
    }
    return []
  }

  /// More than anybody types.
  private static let typedLimit = 200

  /// Does what a row says, or tells why it cannot be done now.
  mutating func perform(_ action: Action, _ input: ActionInput) -> [ConsoleCommand] {
    do throws(Refusal) {
      if isRealTime, let reason = action.refusalInRealTime(input) { throw Refusal(reason) }
      return try action.run(&self, input)
    } catch {
      notice = error.reason
      return []
    }
  }

  mutating func scrollPanel(_ direction: Direction) {
    let page = Regions(self).panel.map { $0.rows / 2 } ?? 1
    let step =
      switch direction {
      case .up: -1
      case .down: 1
      case .pageUp: -page
      case .pageDown: page
      case .left, .right, .first, .last: 0
      }
    panelScroll = min(max(0, panelScroll + step), Panel.furthest(self))
  }
}

import BubbleCells

/// What the rows do that show all rows.
enum HelpActions {
  @Sendable static func help(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = .help(scroll: 0)
    return []
  }

  @Sendable static func closeHelp(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = nil
    return []
  }

  static func scrollHelp(_ direction: Direction, in model: inout ConsoleModel) {
    guard case .help(let scroll) = model.overlay else { return }
    let step =
      switch direction {
      case .up: -1
      case .down: 1
      case .pageUp: -model.size.rows / 2
      case .pageDown: model.size.rows / 2
      case .left, .right: 0
      case .first: -scroll
      case .last: HelpScreen.furthest(model, ActionTable.all)
      }
    model.overlay = .help(
      scroll: min(max(0, scroll + step), HelpScreen.furthest(model, ActionTable.all)))
  }
}

import BubbleCells

extension ConsoleModel {
  /// Every key is answered: by its row, as text, or by saying that it means nothing here.
  mutating func press(_ key: Key) -> [ConsoleCommand] {
    notice = nil
    shownKey = showsKeys ? key : nil
    if isPlanDone, overlay == nil, !Regions.isTooSmall(size) { browse() }
    let context = keyContext
    if let action = ActionTable.action(for: key, in: context, view: view) {
      return perform(action, .key(key))
    }
    if context.takesText, case .character(let character) = key {
      type { text in
        if text.count < Self.typedLimit { text.append(character) }
      }
    } else if context != .small {
      let elsewhere = ActionTable.elsewhere(key, in: context).map { "; \($0)" } ?? ""
      notice = "\(key.shown) does nothing here\(elsewhere)"
    }
    return []
  }

  /// Types what was pasted where text is typed, in one line; elsewhere no letter of it is a key.
  mutating func paste(_ text: String) {
    guard keyContext.takesText else {
      if keyContext != .small { notice = "what is pasted does nothing here; / and : take it" }
      return
    }
    notice = nil
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      default: scalar
      }
    }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    type { $0 = String(($0 + words.joined(separator: " ")).prefix(Self.typedLimit)) }
  }

  /// More than anybody types.
  private static let typedLimit = 200

  /// Does what a row says, or tells why it cannot be done now.
  mutating func perform(_ action: Action, _ input: ActionInput) -> [ConsoleCommand] {
    attempt { model throws(Refusal) in try model.run(action, input) }
  }

  /// Does something, or tells why it cannot be done.
  mutating func attempt(
    _ body: (inout ConsoleModel) throws(Refusal) -> [ConsoleCommand]
  ) -> [ConsoleCommand] {
    do throws(Refusal) {
      return try body(&self)
    } catch {
      notice = error.reason
      return []
    }
  }

  /// Does what a row says, unless the subject cannot do what that needs.
  mutating func run(
    _ action: Action, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let objection = capabilitiesHere.objection(to: action.needs(for: input))
    if let objection { throw Refusal(objection) }
    let commands = try action.run(&self, input)
    if pace.isPaused, !isPreviewing, commands.contains(where: \.waitsForTime) {
      notice = "paused: . steps, space plays"
    }
    return commands
  }

  /// What can be done where the keys go: with copies that are compared, everything.
  var capabilitiesHere: Capabilities { isLabShown ? .all : capabilities }

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

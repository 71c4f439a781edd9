import BubbleCells
import BubbleTree

/// What the rows of `ActionTable.moving` do.
enum SelectionActions {
  @Sendable static func move(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let direction = Direction(input) else { return [] }
    model.view.view.move(direction, in: &model)
    return []
  }

  @Sendable static func ends(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let isFirst = [.key(.character("g")), .key(.home)].contains(input)
    model.view.view.move(isFirst ? .first : .last, in: &model)
    return []
  }

  @Sendable static func scrollPanel(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if let direction = Direction(input) { model.scrollPanel(direction) }
    return []
  }

  @Sendable static func enter(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard !model.view.view.enter(&model) else { return [] }
    guard model.selection != nil else { throw Refusal("nothing is selected") }
    if case .running = model.mode { model.mode = .browse }
    model.isPanelOpen = true
    model.focus = .panel
    return []
  }

  @Sendable static func back(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if model.isPanelOpen || model.focus == .panel {
      model.isPanelOpen = false
      model.focus = .view
      model.panelScroll = 0
    } else if case .running = model.mode {
      model.mode = .browse
    } else if model.view.view.leave(&model) {
      return []
    } else if model.filter.isActive {
      model.filter = Filter()
    } else {
      throw Refusal("this is the outermost level; q quits")
    }
    return []
  }

  @Sendable static func nextPane(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.hasPanel else { throw Refusal("there is one pane only; ↵ opens the inspector") }
    model.focus = model.focus == .panel ? .view : .panel
    if Regions(model).body.isEmpty { model.isPanelOpen = model.focus == .panel }
    return []
  }

  @Sendable static func filter(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    switch input {
    case .key:
      model.overlay = .filter
      model.focus = .view
    case .argument(let text):
      model.filter.text = text
    }
    return []
  }

  @Sendable static func foldAll(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let isFolding = input == .key(.character("c"))
    model.folded = isFolding ? model.tree.innerSupervisors() : []
    model.treeDiagram.openAll(!isFolding)
    if let selection = model.selection {
      model.select(model.tree.path(of: selection).first { model.folded.contains($0) } ?? selection)
    }
    return []
  }

  @Sendable static func view(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let kind =
      switch input {
      case .key(let key): ViewKind.allCases.first { $0.key == key }
      case .argument(let text): ViewKind(name: text)
      }
    guard let kind else {
      let names = ViewKind.allCases.map(\.name).joined(separator: ", ")
      throw Refusal("there is no view '\(input.text)': \(names)")
    }
    if kind == .lab { return try LabActions.show(&model) }
    model.hideLab()
    if kind != model.view { model.isPanelOpen = false }
    model.view = kind
    model.focus = .view
    return []
  }

  @Sendable static func select(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.choose(try model.slot(called: input.text))
    return []
  }
}

extension Direction {
  /// The direction a key leads to.
  init?(_ input: ActionInput) {
    switch input {
    case .key(.up), .key(.character("k")): self = .up
    case .key(.down), .key(.character("j")): self = .down
    case .key(.left), .key(.character("h")): self = .left
    case .key(.right), .key(.character("l")): self = .right
    case .key(.pageUp): self = .pageUp
    case .key(.pageDown): self = .pageDown
    case .key, .argument: return nil
    }
  }
}

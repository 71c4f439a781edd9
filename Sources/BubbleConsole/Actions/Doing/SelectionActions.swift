import BubbleCells
import BubbleEvents
import BubbleTree

/// What the rows of `ActionTable.moving` do.
enum SelectionActions {
  /// Moves the selection, or the view's own cursor.
  static func move(_ direction: Direction, in model: inout ConsoleModel) {
    model.view.view.move(direction, in: &model)
  }

  static func scrollPanel(_ direction: Direction, in model: inout ConsoleModel) {
    model.scrollPanel(direction)
  }

  @Sendable static func enter(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard !model.view.view.enter(&model) else { return [] }
    guard model.selection != nil else { throw Refusal("nothing is selected") }
    if !model.isPreviewing { model.browse() }
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
      model.browse()
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
    case .command(_, let text):
      model.filter.text = text
    }
    return []
  }

  /// Folds every supervisor but the roots, or unfolds all.
  static func foldAll(_ isFolding: Bool, in model: inout ConsoleModel) {
    model.folded = isFolding ? model.tree.innerSupervisors() : []
    model.treeDiagram.openAll(!isFolding)
    if let selection = model.selection {
      model.select(model.tree.path(of: selection).first { model.folded.contains($0) } ?? selection)
    }
  }

  @Sendable static func view(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let kind = ViewKind(name: input.text) else {
      let names = ViewKind.allCases.map(\.name).joined(separator: ", ")
      throw Refusal("there is no view '\(input.text)': \(names)")
    }
    return try show(kind, in: &model, by: input.asker)
  }

  static func show(
    _ kind: ViewKind, in model: inout ConsoleModel, by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    if kind == .lab { return try LabActions.show(&model, by: asker) }
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

import BubbleText
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
    let node = try model.selected()
    let isShown = if case .browse = model.mode { model.hasPanel } else { false }
    if !model.isPreviewing { model.browse() }
    guard !isShown || Panel.furthest(model) > 0 else {
      throw Refusal("the panel says all that is known of \(node.name)")
    }
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
      model.filter.text = ""
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
      model.filter.text = ""
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
  }

  /// Selects the next process that is looked for, or the one before; behind the last comes the
  /// first.
  static func match(_ course: Course, in model: inout ConsoleModel) throws(Refusal) {
    let text = model.filter.isActive ? model.filter.text : model.filter.searched
    guard !text.isEmpty else {
      throw Refusal("nothing was looked for: / finds names, PIDs and numbers")
    }
    let query = NameQuery(text)
    let tree = model.shownTree
    let all = tree.inOrder().filter { tree.contains($0) }
    let matches = all.indices.filter { query.finds(tree[all[$0]]) }
    guard !matches.isEmpty else { throw Refusal("there is no process '\(text)'") }
    let here = model.shownHighlight.flatMap { all.firstIndex(of: $0) } ?? -1
    let next =
      switch course {
      case .on: matches.firstIndex { $0 > here } ?? 0
      case .back: matches.lastIndex { $0 < here } ?? matches.count - 1
      }
    let found = all[matches[next]]
    model.choose(found)
    guard model.overlay == nil else { return }
    model.notice =
      "\(tree[found].name) is \(grouped(next + 1)) of \(grouped(matches.count)) with '\(text)'"
      + model.hiding(found)
  }

  /// `:find TEXT`: selects the first process that has it, and hides nobody.
  @Sendable static func find(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if !input.text.isEmpty { model.filter.search(input.text) }
    try match(.on, in: &model)
    return []
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
    if kind == .log, model.highlighted != model.selection { model.log.follow() }
    return []
  }

  @Sendable static func select(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let slot = try model.slot(called: input.text)
    model.choose(slot)
    let hiding = model.hiding(slot)
    if !hiding.isEmpty { model.notice = model.shownTree[slot].name + hiding }
    return []
  }
}

extension ConsoleModel {
  /// What is highlighted in the tree that keys act on.
  fileprivate var shownHighlight: SlotID? { isLabShown ? lab?.highlighted : highlighted }

  /// `, inside pool`: what is highlighted in the place of `slot`, which has no bubble of its own.
  ///
  /// Only bubbles are folded where nobody can unfold them.
  fileprivate func hiding(_ slot: SlotID) -> String {
    guard isLabShown || view == .bubbles, shownHighlight != slot else { return "" }
    guard let shown = shownHighlight else { return ", outside of what is shown" }
    return ", inside \(shownTree[shown].name)"
  }
}

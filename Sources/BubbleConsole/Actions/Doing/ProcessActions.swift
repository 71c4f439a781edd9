import BubbleEvents
import BubbleTree

/// What the rows do that act on one process.
enum ProcessActions {
  @Sendable static func kill(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if !input.text.isEmpty { model.choose(try model.slot(called: input.text)) }
    return try begin(.kill, &model, by: input.asker)
  }

  /// What `kill` is called for what is selected: a node is stopped, and one that is stopped cannot
  /// be.
  @Sendable static func killWord(_ model: ConsoleModel) -> String {
    if model.isLabShown { return "kill in all" }
    guard let node = model.selectedNode, node.node != nil else { return "kill…" }
    return node.pid == nil ? "" : "stop…"
  }

  @Sendable static func exit(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if !input.text.isEmpty {
      return try begin(ExitReasonChoices.action(input.text), &model, by: input.asker)
    }
    let node = try model.selected()
    let pid = try node.living()
    model.overlay = .prompt(
      Prompt(
        kind: .reason(pid), asker: input.asker, title: "exit \(node.name) with",
        choices: ExitReasonChoices.usual,
        highlighted: 0))
    return []
  }

  @Sendable static func stop(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if !input.text.isEmpty { model.choose(try model.slot(called: input.text)) }
    return try begin(.stop, &model, by: input.asker)
  }

  /// Shows `action` done to the selection, unless it cannot be done.
  static func begin(
    _ action: PreviewedAction, _ model: inout ConsoleModel, by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    if model.isLabShown {
      return try LabActions.act(&model, by: asker) { node, tree throws(Refusal) in
        try action.request(to: node, in: tree)
      }
    }
    let node = try model.selected()
    let request = try action.request(to: node, in: model.tree)
    return model.beginPreview(of: action, to: node.id, with: request, by: asker)
  }

  @Sendable static func perform(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    try model.doPreviewed(by: input.asker)
  }

  /// Does the stop that is shown, or shows a stop in place of what is shown.
  @Sendable static func stopOrPerform(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let preview = model.preview, preview.action != .stop else {
      return try model.doPreviewed(by: input.asker)
    }
    let request = try PreviewedAction.stop.request(to: model.tree[preview.target], in: model.tree)
    return model.beginPreview(of: .stop, to: preview.target, with: request, by: input.asker)
  }

  @Sendable static func leave(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.leavePreview()
    return []
  }

  @Sendable static func start(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if !input.text.isEmpty { model.choose(try model.slot(called: input.text)) }
    if try model.selected().node != nil { return try begin(.start, &model, by: input.asker) }
    if model.isLabShown {
      return try LabActions.act(&model, by: input.asker) { node, tree throws(Refusal) in
        try startRequest(node, in: tree)
      }
    }
    let node = try model.selected()
    let request = try startRequest(node, in: model.tree)
    model.notice = "\(node.name) is started again"
    return [.request(request, by: input.asker)]
  }

  /// Starts a stopped child, or an application with the restart type that it had.
  private static func startRequest(
    _ node: TreeNode, in tree: ProcessTree
  ) throws(Refusal) -> ControlRequest {
    if let restart = node.application, node.pid == nil, let parent = node.parent,
      let controller = tree[parent].pid
    {
      return .application(controller: controller, node.name, .start(restart))
    }
    let (supervisor, id) = try stoppedChild(node, in: tree, .start)
    return .child(of: supervisor, id, .restart)
  }

  @Sendable static func delete(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    let (supervisor, id) = try stoppedChild(node, in: model.tree, .delete)
    model.notice = "\(node.name) is forgotten"
    return [.request(.child(of: supervisor, id, .delete), by: input.asker)]
  }

  /// What can be done to a stopped child only.
  private enum Verb: String {
    case start
    case delete

    var participle: String {
      switch self {
      case .start: "started"
      case .delete: "deleted"
      }
    }
  }

  private static func stoppedChild(
    _ node: TreeNode, in tree: ProcessTree, _ verb: Verb
  ) throws(Refusal) -> (PID, ChildID) {
    guard let parent = node.parent, let id = node.childID else {
      throw Refusal("\(node.name) has no supervisor that could \(verb.rawValue) it")
    }
    guard node.pid == nil else {
      throw Refusal("\(node.name) is running: only a stopped child can be \(verb.participle)")
    }
    guard let supervisor = tree[parent].pid else {
      throw Refusal("\(tree[parent].name) is not running either")
    }
    return (supervisor, id)
  }

  @Sendable static func suspend(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if model.isLabShown {
      return try LabActions.act(&model, by: input.asker) { node, _ throws(Refusal) in
        try suspension(of: node)
      }
    }
    return [.request(try suspension(of: model.selected()), by: input.asker)]
  }

  private static func suspension(of node: TreeNode) throws(Refusal) -> ControlRequest {
    let pid = try node.living()
    return .process(pid, node.state == .suspended ? .resume : .suspend)
  }

  @Sendable static func send(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    let pid = try node.living()
    let message = try ExitReasonChoices.term(input.text)
    return [.request(.process(pid, .send(message)), by: input.asker)]
  }

  /// Another value for a part of the state (OTP: sys:replace_state).
  @Sendable static func set(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    let pid = try node.living()
    let words = input.text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { throw Refusal("write :set FIELD TERM, such as :set size 7") }
    if let inspection = model.inspection, inspection.pid == pid,
      !inspection.state.contains(where: { $0.name == words[0] })
    {
      let names = inspection.state.map(\.name).joined(separator: ", ")
      throw Refusal("the state of \(node.name) has no '\(words[0])': \(names)")
    }
    let value = try ExitReasonChoices.term(words[1])
    return [.request(.process(pid, .replaceState(field: words[0], value)), by: input.asker)]
  }

  @Sendable static func add(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let supervisor = try model.selectedSupervisor()
    if supervisor.facts.flags.strategy != .simpleOneForOne, input.text.isEmpty {
      throw Refusal("write :add NAME, the id of the new child of \(supervisor.node.name)")
    }
    guard case .list(let arguments) = try ExitReasonChoices.term("[\(input.text)]") else {
      return []
    }
    return [.request(.supervisor(supervisor.pid, .startChild(arguments)), by: input.asker)]
  }
}

extension TreeNode {
  /// The process that lives in it.
  func living() throws(Refusal) -> PID {
    guard node == nil else { throw Refusal("\(name) is a node, not a process") }
    guard let pid else { throw Refusal("\(name) is not running") }
    return pid
  }
}

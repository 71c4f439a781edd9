import BubbleCells
import BubbleEvents
import BubbleText
import BubbleTree

/// What the rows do that compare variants of the machine.
enum LabActions {
  /// `:lab` with variants, or the usual comparison.
  @Sendable static func open(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let words = changes(in: input.text)
    guard !words.isEmpty else { return try open(&model, strategies(model), by: input.asker) }
    var variants: [LabVariant] = []
    for word in words { variants.append(try LabVariant(word)) }
    return try open(&model, variants, by: input.asker)
  }

  /// Shows the lab that is there, or opens one.
  static func show(
    _ model: inout ConsoleModel, by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    if let objection = model.capabilities.objection(to: [.compares]) { throw Refusal(objection) }
    if model.lab != nil {
      model.showLab()
      return []
    }
    return try open(&model, strategies(model), by: asker)
  }

  /// Leaves the lab for good.
  @Sendable static func leave(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.hideLab()
    model.view = model.lab?.origin ?? .bubbles
    model.lab = nil
    model.notice = "the copies are gone; the machine is as you left it"
    return [.lab(.close)]
  }

  /// The same variants once more, from the machine as it is.
  @Sendable static func again(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let lab = model.lab else { return [] }
    return try open(&model, lab.setup.variants, by: input.asker)
  }

  @Sendable static func compareStrategies(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let (node, _) = try supervisor(model)
    guard node.supervision?.flags.strategy != .simpleOneForOne else {
      throw Refusal("\(node.name) is simple_one_for_one, which cannot be changed")
    }
    return try open(&model, strategyVariants, by: input.asker)
  }

  @Sendable static func compareIntensities(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    try open(&model, intensities(model), by: input.asker)
  }

  @Sendable static func addColumn(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let lab = model.lab else { return [] }
    let variants = lab.setup.variants
    guard variants.count < LabState.most else {
      throw Refusal("\(LabState.most) columns are as many as there is room for")
    }
    guard let more = pool(like: variants).first(where: { !variants.contains($0) }) else {
      throw Refusal("there is no further one of these; :lab takes any, such as intensity=7/60")
    }
    return try open(&model, variants + [more], by: input.asker)
  }

  /// Goes to the next column, or to the one before.
  static func changeColumn(_ course: Course, in model: inout ConsoleModel) {
    guard let lab = model.lab else { return }
    let next = course.neighbour(of: lab.active, in: lab.columns.count)
    model.lab?.selection = lab.selection.flatMap { lab.slot(like: $0, in: next) } ?? lab.selection
    model.lab?.active = next
  }

  @Sendable static func step(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.isFrozen = false
    model.pace.isPaused = true
    return [.lab(.step)]
  }
}

// MARK: - Acting

extension LabActions {
  /// Asks every copy for what `make` makes of the selected place in it.
  static func act(
    _ model: inout ConsoleModel, by asker: Asker,
    _ make: (TreeNode, ProcessTree) throws(Refusal) -> ControlRequest
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let lab = model.lab, let node = lab.selectedNode else {
      throw Refusal("nothing is selected")
    }
    if let act = lab.act,
      let busy = lab.columns.first(where: { $0.isBusy(since: act.instant, at: lab.now) })
    {
      throw Refusal(
        "\(busy.variant.title) is not done yet; what comes next, all begin at the same time")
    }
    var requests: [ControlRequest?] = []
    var objection: Refusal?
    for index in lab.columns.indices {
      let tree = lab.columns[index].tree
      do throws(Refusal) {
        guard let slot = lab.slot(like: node.id, in: index), tree.contains(slot) else {
          throw Refusal("there is no \(node.name)")
        }
        requests.append(try make(tree[slot], tree))
      } catch {
        let column = lab.columns[index].variant.title
        objection = objection ?? Refusal("\(column): \(error.reason)")
        requests.append(nil)
      }
    }
    if let objection {
      guard requests.contains(where: { $0 != nil }) else { throw objection }
      model.notice = objection.reason
    }
    if let request = requests[lab.active] ?? requests.compactMap({ $0 }).first {
      model.lab?.act = LabState.Act(
        title: lab.activeColumn.tree.title(of: request), slot: node.id, name: node.name,
        pid: node.pid, isKill: request.isKill, instant: lab.now)
    }
    return [.lab(.ask(requests, by: asker))]
  }
}

extension ControlRequest {
  fileprivate var isKill: Bool {
    if case .process(_, .kill) = self { return true }
    return false
  }
}

// MARK: - Opening

extension LabActions {
  static let strategyVariants = SupervisionStrategy.changeable.map { LabVariant(strategy: $0) }
  private static let intensityVariants = [(1, 5), (3, 5), (5, 10), (10, 60), (0, 1)].map {
    LabVariant(RestartIntensity($0.0, in: $0.1))
  }

  /// What further columns are taken from.
  private static func pool(like variants: [LabVariant]) -> [LabVariant] {
    switch variants.reduce(into: Set<LabVariant.Aspect>(), { $0.formUnion($1.aspects) }) {
    case [.strategy]: strategyVariants
    case [.intensity]: intensityVariants
    case [.restart]: ChildRestart.allCases.map { LabVariant(restart: $0) }
    default: []
    }
  }

  /// The usual comparison: the strategies, or the intensities where the strategy is fixed.
  private static func strategies(_ model: ConsoleModel) throws(Refusal) -> [LabVariant] {
    let (node, _) = try supervisor(model)
    return node.supervision?.flags.strategy == .simpleOneForOne
      ? try intensities(model) : strategyVariants
  }

  /// The intensity as it is, and two others.
  private static func intensities(_ model: ConsoleModel) throws(Refusal) -> [LabVariant] {
    let (node, _) = try supervisor(model)
    let now = LabVariant(node.supervision?.flags.intensity ?? RestartIntensity())
    return Array(([now] + intensityVariants.filter { $0 != now }).prefix(3))
  }

  /// The supervisor that is or was selected, in the machine itself.
  private static func supervisor(
    _ model: ConsoleModel
  ) throws(Refusal) -> (node: TreeNode, pid: PID) {
    if let lab = model.lab, model.isLabShown {
      let node = model.tree[lab.setup.supervisor]
      guard model.tree.contains(node.id), let pid = node.pid else {
        throw Refusal("\(node.name) is not running")
      }
      return (node, pid)
    }
    let found = try model.selectedSupervisor()
    return (found.node, found.pid)
  }

  private static func open(
    _ model: inout ConsoleModel, _ variants: [LabVariant], by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    guard (2...LabState.most).contains(variants.count) else {
      throw Refusal(
        "a comparison has 2 to \(LabState.most) columns, such as "
          + ":lab intensity=1/5 intensity=3/5")
    }
    guard Set(variants).count == variants.count else {
      throw Refusal("two columns are the same")
    }
    let (node, pid) = try supervisor(model)
    for variant in variants where variant.strategy != nil {
      guard node.supervision?.flags.strategy != .simpleOneForOne else {
        throw Refusal("\(node.name) is simple_one_for_one, which cannot be changed")
      }
    }
    let setup = LabSetup(
      supervisor: node.id, selection: selection(model, in: node), variants: variants,
      requests: variants.map { $0.requests(node, pid, in: model.tree) }, asker: asker)
    model.leavePreview()
    return [.lab(.open(setup))]
  }

  /// What is selected, if it is below the supervisor, else the supervisor's first child.
  private static func selection(_ model: ConsoleModel, in supervisor: TreeNode) -> SlotID? {
    var selected = model.highlighted
    if let lab = model.lab, model.isLabShown {
      selected = lab.selection.flatMap { model.tree.place(like: $0, of: lab.activeColumn.tree) }
    }
    if let selected, selected != supervisor.id,
      model.tree.path(of: selected).contains(supervisor.id)
    {
      return selected
    }
    return supervisor.children.first { model.tree.contains($0) } ?? supervisor.id
  }
}

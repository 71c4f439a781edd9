import BubbleText
import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

extension BubbleScene {
  /// What a scene is made from, besides the tree and the layout.
  struct Source {
    @Boxed var tree: ProcessTree
    /// The instant at which budgets are told.
    var now: RuntimeInstant
    var frame = 0
    var motions = BubbleMotions()
    var selection: SlotID?
    @Boxed var plan: Plan? = nil
    /// Whether nothing of the plan has happened yet.
    var isPreview = false
    /// The slots that a filter found.
    var isMatch: (SlotID) -> Bool = { _ in false }
    /// The slots that a filter does not put into the background.
    var isShown: (SlotID) -> Bool = { _ in true }
    /// Turns a sample and messages waiting.
    var load: (PID) -> (turns: [Int], mailboxLength: Int)? = { _ in nil }
  }

  /// What is to be seen in a layout now.
  init(_ layout: BubbleLayout, _ source: Source) {
    self.layout = layout
    let selected = layout.highlighted(for: source.selection, in: source.tree)
    let marks = source.marks
    bubbles = layout.shapes.map { shape in
      guard let slot = shape.slot, source.tree.contains(slot) else { return nil }
      var bubble = source.bubble(of: slot, in: shape)
      bubble.isSelected = slot == selected
      bubble.mark = marks(slot)
      if source.isPreview, source.plan?.part(of: slot) == .acts {
        bubble.supervision?.isActing = true
      }
      return bubble
    }
    cables = source.cables(in: layout)
    sparks = source.motions.sparks(at: source.frame).compactMap { spark in
      guard let from = layout.index(of: spark.from), let to = layout.index(of: spark.to) else {
        return nil
      }
      return Spark(from: from, to: to, frame: source.frame - spark.start - BubbleMotions.sparkDelay)
    }
  }
}

extension BubbleScene.Source {
  fileprivate func bubble(
    of slot: SlotID, in shape: BubbleLayout.Shape
  ) -> BubbleScene.Bubble {
    let node = tree[slot]
    var bubble = BubbleScene.Bubble(state: node.state)
    bubble.hasEnded = node.pid == nil
    bubble.isMatch = isMatch(slot)
    bubble.motion = motions.motion(of: slot, at: frame)
    bubble.supervision = supervision(of: node)
    bubble.restart = node.application?.rawValue
    if let id = node.node {
      bubble.isNode = true
      bubble.restart = tree.cluster[id]?.isHidden == true ? "hidden" : nil
    }
    bubble.isCrowned = tree.isCrowned(node)
    if node.application != nil { bubble.startOrder = tree.startNumber(ofApplicationAt: slot) }
    if let pid = node.pid {
      // What a process runs tells more than its number, where releases change it.
      let identity = node.code ?? "\(pid)"
      bubble.identity = node.life > 1 ? "\(identity) #\(node.life)" : identity
      if let load = load(pid) {
        bubble.mailboxLength = load.mailboxLength
        bubble.turns = load.turns.map { Double($0) }
      }
    }
    switch shape.detail {
    case .folded: bubble.counts = counts(below: node)
    case .crowd:
      bubble.crowd = crowd(of: node, in: shape)
      let count = node.supervision?.occupied ?? node.children.count
      bubble.nameSuffix = " ×\(grouped(count))"
    case .threeLines, .name, .ring: break
    }
    return bubble
  }

  private func supervision(of node: TreeNode) -> BubbleScene.Supervision? {
    guard let facts = node.supervision, let budget = tree.budget(of: node.id, at: now) else {
      return nil
    }
    let expiring = budget.ticks.reduce(0) { $0 + ($1.isPastHalf ? $1.count : 0) }
    return BubbleScene.Supervision(
      strategy: facts.flags.strategy.rawValue, shortStrategy: facts.flags.strategy.short,
      counted: budget.used - expiring, expiring: expiring, allowed: budget.allowed,
      isActing: facts.isActing)
  }
}

// MARK: - Plans

extension BubbleScene.Source {
  /// What the plan has in mind for each slot.
  fileprivate var marks: (SlotID) -> BubbleScene.Mark {
    guard let plan else { return { isShown($0) ? .plain : .untouched } }
    if isPreview { return { previewMark(of: $0, in: plan) } }
    var pending: [SlotID: Int] = [:]
    for step in plan.stops where step.progress == .pending { pending[step.slot] = step.number }
    if plan.stops.allSatisfy({ $0.progress == .done }) {
      for step in plan.starts where step.progress == .pending { pending[step.slot] = step.number }
    }
    return { slot in pending[slot].map { .planned(order: $0) } ?? .plain }
  }

  private func previewMark(of slot: SlotID, in plan: Plan) -> BubbleScene.Mark {
    switch plan.part(of: slot) {
    case .target: .target
    case .acts: .plain
    case .stops, .starts: plan.number(of: slot).map { .planned(order: $0) } ?? .plain
    case .untouched: .untouched
    }
  }
}

// MARK: - Folded supervisors and crowds

extension BubbleScene.Source {
  /// The most processes that are counted one by one.
  private static let mostCounted = 400

  /// The processes below, each for itself where they are few, else by state.
  private func counts(below node: TreeNode) -> [BubbleScene.StateCount] {
    if node.children.count > Self.mostCounted, let facts = node.supervision {
      let gone = facts.occupied - facts.aliveChildren
      return [
        BubbleScene.StateCount(state: .running, count: facts.aliveChildren),
        BubbleScene.StateCount(state: .stopped, count: gone),
      ].filter { $0.count > 0 }
    }
    var states: [(state: ProcessState, isCrowned: Bool)] = []
    var open = Array(node.children.reversed())
    while let slot = open.popLast(), states.count < Self.mostCounted {
      guard tree.contains(slot) else { continue }
      states.append((tree[slot].state, tree.isCrowned(tree[slot])))
      open += tree[slot].children.reversed()
    }
    guard states.count > BubblePacker.foldedWorkers else {
      return states.map {
        BubbleScene.StateCount(state: $0.state, count: 1, isCrowned: $0.isCrowned)
      }
    }
    return ProcessState.allCases.map { state in
      BubbleScene.StateCount(state: state, count: states.count { $0.state == state })
    }.filter { $0.count > 0 }.sorted { $0.state.isAlive && !$1.state.isAlive }
  }

  private func crowd(of node: TreeNode, in shape: BubbleLayout.Shape) -> BubbleScene.Crowd {
    let swarm = BubbleSwarm(shape, places: shape.workers)
    var crowd = BubbleScene.Crowd(swarm: swarm, states: [])
    crowd.states.reserveCapacity(swarm.dots.count)
    for dot in swarm.dots.indices {
      guard let worker = worker(of: node, at: dot * swarm.share) else {
        crowd.states.append(nil)
        continue
      }
      crowd.states.append(worker.state)
      if let pid = worker.pid, let load = load(pid), load.mailboxLength > 0 {
        crowd.busy.append(dot)
      }
    }
    for death in motions.deaths(at: frame) where tree.contains(death.slot) {
      let worker = tree[death.slot]
      if worker.parent == node.id, let place = place(of: worker, in: node) {
        crowd.dead.append(swarm.dot(of: place))
      }
    }
    if let selection, tree.contains(selection), tree[selection].parent == node.id,
      let place = place(of: tree[selection], in: node)
    {
      crowd.selection = BubbleScene.CrowdSelection(
        dot: swarm.dot(of: place), name: tree[selection].name)
    }
    return crowd
  }

  private func worker(of node: TreeNode, at place: Int) -> TreeNode? {
    guard node.children.indices.contains(place), tree.contains(node.children[place]) else {
      return nil
    }
    return tree[node.children[place]]
  }

  /// A child's place among its siblings.
  private func place(of worker: TreeNode, in node: TreeNode) -> Int? {
    if case .dynamic(let number) = worker.childID { return number }
    return node.children.firstIndex(of: worker.id)
  }
}

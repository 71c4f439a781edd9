import BubbleEvents
@testable import BubbleTree

/// Posts events as a machine would, and folds them as they come.
struct TreeStory {
  private(set) var tree: ProcessTree
  private(set) var events: [Event] = []
  var now = RuntimeInstant.zero
  private var blueprints: [String: Blueprint] = [:]
  private var lastNumber: UInt32 = 0

  init(limits: ProcessTree.Limits = ProcessTree.Limits()) { tree = ProcessTree(limits: limits) }

  init(_ blueprint: Blueprint) {
    self.init()
    start(blueprint)
  }

  /// The place with that name.
  subscript(name: String) -> TreeNode {
    guard let node = tree.nodes.first(where: { $0.name == name && !$0.isVacant }) else {
      preconditionFailure("the story knows no \(name)")
    }
    return node
  }

  /// The process in the place with that name.
  func pid(_ name: String) -> PID { self[name].pid ?? PID(0) }

  /// The names of the places below the one with that name, holes left out.
  func children(of name: String) -> [String] {
    self[name].children.map { tree[$0] }.filter { !$0.isVacant }.map(\.name)
  }

  @discardableResult
  mutating func post(_ kind: Event.Kind, because cause: Event.ID? = nil) -> Event.ID {
    let event = Event(id: Event.ID(events.count + 1), instant: now, cause: cause, kind: kind)
    events.append(event)
    tree.fold(event)
    return event.id
  }

  mutating func wait(_ duration: Duration) { now = now + duration }

  // MARK: - Starting

  @discardableResult
  mutating func spawn(
    by parent: PID? = nil, _ behaviour: String = "gen_server", because cause: Event.ID? = nil
  ) -> PID {
    lastNumber += 1
    let pid = PID(lastNumber)
    post(.process(pid, .spawned(parent: parent, behaviour: behaviour)), because: cause)
    return pid
  }

  /// Starts a root.
  @discardableResult
  mutating func start(_ blueprint: Blueprint) -> PID {
    let pid = spawn(by: nil, "supervisor \(blueprint.name)")
    boot(blueprint, as: pid, because: nil)
    return pid
  }

  /// Starts a child in its place.
  @discardableResult
  mutating func start(
    _ blueprint: Blueprint, as id: ChildID? = nil, under supervisor: PID,
    because cause: Event.ID? = nil
  ) -> PID {
    let id = id ?? blueprint.id
    post(.child(of: supervisor, id, .starting), because: cause)
    let pid = spawn(by: supervisor, because: cause)
    boot(blueprint, as: pid, because: cause)
    post(.child(of: supervisor, id, .started(pid)), because: cause)
    return pid
  }

  /// Adds a child at the end and starts it.
  @discardableResult
  mutating func add(
    _ blueprint: Blueprint, as id: ChildID? = nil, to supervisor: PID
  ) -> PID {
    let count = tree.living(supervisor).map { tree[$0].children.count } ?? 0
    var position = count
    if case .dynamic(let number)? = id { position = number }
    post(
      .supervisor(supervisor, .childSpecified(blueprint.description(id: id), position: position)))
    return start(blueprint, as: id, under: supervisor)
  }

  private mutating func boot(_ blueprint: Blueprint, as pid: PID, because cause: Event.ID?) {
    blueprints[blueprint.name] = blueprint
    guard let flags = blueprint.flags else { return }
    post(.supervisor(pid, .configured(flags)), because: cause)
    for (position, child) in blueprint.children.enumerated() {
      post(
        .supervisor(pid, .childSpecified(child.description(), position: position)),
        because: cause)
    }
    for child in blueprint.children { start(child, under: pid, because: cause) }
  }

  /// A start that fails in the child's init.
  mutating func failStart(
    _ id: ChildID, under supervisor: PID, _ reason: ExitReason = .failure("no_socket"),
    because cause: Event.ID? = nil
  ) -> Event.ID {
    post(.child(of: supervisor, id, .starting), because: cause)
    let pid = spawn(by: supervisor, because: cause)
    post(.process(pid, .exited(reason)), because: cause)
    return post(
      .child(of: supervisor, id, .startFailed(reason)), because: cause)
  }

  // MARK: - Ending

  @discardableResult
  mutating func exit(
    _ name: String, _ reason: ExitReason = .killed, because cause: Event.ID? = nil
  ) -> Event.ID {
    post(.process(pid(name), .exited(reason)), because: cause)
  }

  /// The supervisor of the place with that name.
  func supervisor(of name: String) -> PID { self[name].parent.flatMap { tree[$0].pid } ?? PID(0) }

  /// A supervisor stops a child, last grandchild first.
  mutating func stop(
    _ name: String, _ reason: ExitReason = .shutdown, because cause: Event.ID? = nil
  ) {
    let supervisor = supervisor(of: name)
    let pid = pid(name)
    let id = self[name].childID ?? .dynamic(0)
    let stopping = post(
      .child(of: supervisor, id, .stopping(pid, .timeout(5000))),
      because: cause)
    for child in children(of: name).reversed() where self[child].pid != nil {
      stop(child, because: stopping)
    }
    let exited = post(.process(pid, .exited(reason)), because: stopping)
    post(
      .child(of: supervisor, id, .stopped(pid, reason)), because: exited)
  }

  // MARK: - Restarting

  /// The supervisor saw the end of its child: what it posts until it decides.
  mutating func notice(
    _ name: String, _ pid: PID, _ reason: ExitReason, because cause: Event.ID
  ) -> Event.ID {
    post(
      .child(of: supervisor(of: name), self[name].childID ?? .dynamic(0), .terminated(pid, reason)),
      because: cause)
  }

  /// The supervisor counts and decides.
  mutating func decide(
    _ name: String, used: Int = 1, stops: Int = 0, starts: Int = 1, because cause: Event.ID
  ) -> Event.ID {
    let parent = supervisor(of: name)
    guard let flags = tree.living(parent).flatMap({ tree[$0].supervision?.flags }) else { return 0 }
    post(
      .supervisor(parent, .restartCounted(used: used, flags.intensity)), because: cause)
    return post(
      .supervisor(
        parent,
        .restartDecided(
          self[name].childID ?? .dynamic(0), flags.strategy, stops: stops, starts: starts)),
      because: cause)
  }

  /// A child ends by itself, and its supervisor carries out its strategy.
  mutating func crash(
    _ name: String, _ reason: ExitReason = .killed, used: Int = 1, because cause: Event.ID? = nil
  ) {
    let pid = pid(name)
    let exited = exit(name, reason, because: cause)
    let noticed = notice(name, pid, reason, because: exited)
    recover(name, used: used, because: noticed)
  }

  /// The supervisor of a dead child stops and starts what its strategy says.
  mutating func recover(_ name: String, used: Int = 1, because cause: Event.ID) {
    let parent = supervisor(of: name)
    guard let slot = tree.living(parent), let flags = tree[slot].supervision?.flags else { return }
    let siblings = children(of: tree[slot].name)
    let position = siblings.firstIndex(of: name) ?? 0
    let group: [String]
    switch flags.strategy {
    case .oneForOne, .simpleOneForOne: group = [name]
    case .oneForAll: group = siblings
    case .restForOne: group = Array(siblings[position...])
    }
    let stops = group.reversed().filter { self[$0].pid != nil }
    let decided = decide(
      name, used: used, stops: stops.count, starts: group.count, because: cause)
    for sibling in stops { stop(sibling, because: decided) }
    for sibling in group {
      guard let blueprint = blueprints[sibling] else { continue }
      start(blueprint, under: parent, because: decided)
    }
    post(
      .supervisor(parent, .restartCompleted(self[name].childID ?? .dynamic(0))),
      because: decided)
  }

  /// A supervisor exceeds its intensity by the dead child `name`, and ends.
  mutating func giveUp(over name: String, used: Int, because cause: Event.ID) -> Event.ID {
    let supervisor = supervisor(of: name)
    guard let slot = tree.living(supervisor), let flags = tree[slot].supervision?.flags else {
      return 0
    }
    let exceeded = post(
      .supervisor(
        supervisor,
        .intensityExceeded(self[name].childID ?? .dynamic(0), used: used, flags.intensity)),
      because: cause)
    for child in children(of: tree[slot].name).reversed() where self[child].pid != nil {
      stop(child, because: exceeded)
    }
    return post(.process(supervisor, .exited(.shutdown)), because: exceeded)
  }
}

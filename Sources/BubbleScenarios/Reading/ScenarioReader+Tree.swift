import BubbleEvents
import BubbleText
import Yams

/// Supervisors, child specifications and the tree they make.
extension ScenarioReader {
  /// What a child has to know of the supervisor above it.
  struct Surroundings {
    var depth: Int
    /// nil for the root, which nobody supervises.
    var parent: SupervisorFlags?
    var isInTemplate = false
  }

  /// The root supervisor with everything below it.
  mutating func tree(_ node: Node) -> Scenario.Child? {
    guard let root = child(node, in: Surroundings(depth: 1, parent: nil)) else { return nil }
    switch root.content {
    case .worker:
      report(node, "the tree begins with a supervisor; \(quoted(root.id)) is a worker")
    case .supervisor, .dynamic, .special, .applications, .nodes: checkSize(of: root, node)
    }
    return root
  }

  /// Whether everything that starts by itself is not too much.
  mutating func checkSize(of root: Scenario.Child, _ node: Node) {
    let count = root.processCount
    let limit = Scenario.Limits.processes
    if count - 1 > limit {
      report(node, "the tree would start \(grouped(count)) processes; at most \(grouped(limit))")
    }
  }

  mutating func child(_ node: Node, in place: Surroundings) -> Scenario.Child? {
    guard place.depth <= Scenario.Limits.depth else {
      report(node, "the tree is deeper than \(Scenario.Limits.depth) levels")
      return nil
    }
    guard case .mapping(let mapping) = node else {
      report(
        node,
        "a child is a mapping that begins with worker: or supervisor:; "
          + "found \(node.shown)")
      return nil
    }
    if mapping[IncludedKey.application.rawValue] != nil { return includedChild(node, in: place) }
    let isWorker = mapping[WorkerKey.worker.rawValue] != nil
    let isSupervisor = mapping[SupervisorKey.supervisor.rawValue] != nil
    switch (isWorker, isSupervisor) {
    case (true, false): return workerChild(node, in: place)
    case (false, true): return supervisorChild(node, in: place)
    case (true, true):
      report(node, "a child is a worker or a supervisor, not both")
      return nil
    case (false, false):
      let hint = mapping["id"]?.text.map { "; did you mean worker: \($0)?" } ?? ""
      report(node, "a child says worker: or supervisor: with its id; here is neither\(hint)")
      return nil
    }
  }

  // MARK: - Child specifications

  private mutating func workerChild(
    _ node: Node, in place: Surroundings
  ) -> Scenario.Child? {
    guard let fields = fields(of: node, WorkerKey.self) else { return nil }
    let specification = Specification(
      restart: fields[.restart], shutdown: fields[.shutdown], type: fields[.type],
      significant: fields[.significant])
    let worker = worker(fields)
    guard let id = name(fields[.worker], WorkerKey.worker) else { return nil }
    return child(
      id, .worker(worker), module: fields[.module], kind: .worker, specification, in: place)
  }

  private mutating func supervisorChild(
    _ node: Node, in place: Surroundings
  ) -> Scenario.Child? {
    guard let fields = fields(of: node, SupervisorKey.self) else { return nil }
    let id = name(fields[.supervisor], SupervisorKey.supervisor)
    if place.parent == nil {
      for key in SupervisorKey.ofChild {
        guard let value = fields[key] else { continue }
        report(value, "the root has no supervisor above it, so \(key.rawValue) has no meaning here")
      }
    }
    let specification = Specification(
      restart: fields[.restart], shutdown: fields[.shutdown], type: fields[.type],
      significant: fields[.significant])
    let content = content(fields, id: id ?? "it", in: place)
    guard let id else { return nil }
    return child(
      id, content, module: fields[.module], kind: .supervisor, specification, in: place)
  }

  /// The top supervisor of an included application.
  private mutating func includedChild(
    _ node: Node, in place: Surroundings
  ) -> Scenario.Child? {
    guard let fields = fields(of: node, IncludedKey.self),
      let tree = includedTree(fields[.application]), var top = child(tree.node, in: place)
    else { return nil }
    presentApplication = tree.owner
    let specification = Specification(
      restart: fields[.restart], shutdown: fields[.shutdown], type: fields[.type],
      significant: fields[.significant])
    let module = top.module
    top = child(
      top.id, top.content, module: nil, kind: .supervisor, specification, in: place)
    top.module = module
    return top
  }

  /// The nodes of a child specification, which workers and supervisors have alike.
  private struct Specification {
    var restart: Node?
    var shutdown: Node?
    var type: Node?
    var significant: Node?
  }

  private mutating func child(
    _ id: String, _ content: Scenario.Child.Content, module: Node?, kind: ChildKind,
    _ specification: Specification, in place: Surroundings
  ) -> Scenario.Child {
    let kind = word(specification.type, WorkerKey.type, ChildKind.self) ?? kind
    let restart = word(specification.restart, WorkerKey.restart, ChildRestart.self) ?? .permanent
    let isSignificant = flag(specification.significant, WorkerKey.significant) ?? false
    if isSignificant, let node = specification.significant, let parent = place.parent {
      if parent.autoShutdown == .never {
        report(node, "significant has no effect here: auto_shutdown of the supervisor is never")
      } else if restart == .permanent {
        report(node, "a permanent child cannot be significant; make it transient or temporary")
      }
    }
    return Scenario.Child(
      id: id, module: name(module, WorkerKey.module) ?? id, restart: restart,
      shutdown: shutdown(specification.shutdown)
        ?? (kind == .supervisor ? .infinity : .timeout(5000)),
      kind: kind, isSignificant: isSignificant, registeredName: nil, content: content)
  }

  private mutating func shutdown(_ node: Node?) -> ChildShutdown? {
    let expectation = "milliseconds, a duration such as 5 s, infinity or brutal_kill"
    return value(node, WorkerKey.shutdown, expectation) { text in
      switch text {
      case "brutal_kill": return .brutalKill
      case "infinity": return .infinity
      default:
        if let milliseconds = Int(text) {
          return (0...Int(Int32.max)).contains(milliseconds) ? .timeout(milliseconds) : nil
        }
        return Duration(describedAs: text).map {
          .timeout(Int($0.wholeNanoseconds / 1_000_000))
        }
      }
    }
  }

  // MARK: - Supervisors

  private mutating func content(
    _ fields: Fields<SupervisorKey>, id: String, in place: Surroundings
  ) -> Scenario.Child.Content {
    if let special = special(fields, id: id, in: place) { return special }
    var flags = SupervisorFlags(
      intensity: intensity(fields[.intensity]) ?? RestartIntensity(),
      autoShutdown: word(fields[.autoShutdown], SupervisorKey.autoShutdown) ?? .never)
    let isDynamic = fields[.template] != nil
    let strategy = word(fields[.strategy], SupervisorKey.strategy, SupervisionStrategy.self)
    flags.strategy = strategy ?? (isDynamic ? .simpleOneForOne : .oneForOne)
    let below = Surroundings(
      depth: place.depth + 1, parent: flags, isInTemplate: place.isInTemplate || isDynamic)
    guard isDynamic || flags.strategy == .simpleOneForOne else {
      if let node = fields[.maxChildren] {
        report(node, "max_children goes with children that are added: simple_one_for_one")
      }
      return .supervisor(flags, children(fields, of: id, in: below))
    }
    if !isDynamic, fields[.children] != nil {
      if fields[.intensity] == nil { flags.intensity = RestartIntensity(3, in: 5) }
      return .special(
        flags, .own(children(fields, of: id, in: below), most: most(fields[.maxChildren])))
    }
    reportMisfits(fields, id: id, flags: flags)
    let limit = Scenario.Limits.processes
    let count = integer(fields[.count], SupervisorKey.count, in: 0...limit) ?? 0
    if let node = fields[.count], place.isInTemplate {
      report(node, "a supervisor within a template begins empty, so count has no meaning here")
    }
    guard let node = fields[.template], let template = child(node, in: below) else {
      return .supervisor(flags, [])
    }
    let first = place.isInTemplate ? 0 : count
    guard let most = most(fields[.maxChildren]) else {
      return .dynamic(flags, template: template, count: first)
    }
    if let node = fields[.count], count > most { report(node, "count is more than max_children") }
    return .special(flags, .limited(template: template, count: first, most: most))
  }

  private mutating func most(_ node: Node?) -> Int? {
    integer(node, SupervisorKey.maxChildren, in: 1...Scenario.Limits.processes)
  }

  /// What does not go together with children of one template.
  private mutating func reportMisfits(
    _ fields: Fields<SupervisorKey>, id: String, flags: SupervisorFlags
  ) {
    if fields[.template] == nil {
      report(
        fields.node,
        "\(quoted(id)) is simple_one_for_one and wants a template for its children, or children "
          + "that bring their own specifications")
    }
    if let node = fields[.strategy], flags.strategy != .simpleOneForOne {
      report(node, "a template goes with simple_one_for_one only")
    }
    if let node = fields[.children] {
      report(node, "children of a simple_one_for_one supervisor come from template and count")
    }
    if let node = fields[.autoShutdown], flags.autoShutdown != .never {
      report(node, "auto_shutdown must be never with simple_one_for_one")
    }
  }

  private mutating func children(
    _ fields: Fields<SupervisorKey>, of id: String, in place: Surroundings
  ) -> [Scenario.Child] {
    if let node = fields[.count] {
      report(node, "count goes with template; \(quoted(id)) lists its children")
    }
    guard let node = fields[.children] else {
      report(fields.node, "\(quoted(id)) needs children or a template")
      return []
    }
    guard case .sequence(let nodes) = node else {
      report(node, "children wants a list; found \(node.shown)")
      return []
    }
    var lines: [String: Int] = [:]
    if nodes.isEmpty, place.depth == 2, place.parent?.strategy != .simpleOneForOne {
      report(node, "the root \(quoted(id)) has no children, so there is nothing to see")
    }
    return nodes.compactMap { node in
      guard let child = child(node, in: place) else { return nil }
      if let line = lines[child.id] {
        report(
          node,
          "a second child \(quoted(child.id)) of \(quoted(id)); "
            + "the first one is in line \(line)")
      } else {
        lines[child.id] = node.mark?.line ?? 1
      }
      return child
    }
  }

  // MARK: - Flags

  /// `3 in 5 s`, or a mapping of restarts and seconds.
  mutating func intensity(_ node: Node?) -> RestartIntensity? {
    let range = 0...RestartIntensity.limit
    if case .mapping? = node, let node, let fields = fields(of: node, IntensityKey.self) {
      let usual = RestartIntensity()
      return RestartIntensity(
        integer(fields[.restarts], IntensityKey.restarts, in: range) ?? usual.restarts,
        in: integer(fields[.seconds], IntensityKey.seconds, in: 1...range.upperBound)
          ?? usual.seconds)
    }
    return value(
      node, SupervisorKey.intensity, "restarts in whole seconds, such as 3 in 5 s",
      read: RestartIntensity.init(describedAs:))
  }
}

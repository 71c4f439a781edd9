import BubbleEvents
import BubbleOTP
import BubbleText
import Yams

/// Elixir's supervisors, and how workers use them.
extension ScenarioReader {
  // MARK: - Supervisors

  /// A supervisor whose children follow from what it is; nil for any other.
  mutating func special(
    _ fields: Fields<SupervisorKey>, id: String, in place: Surroundings
  ) -> Scenario.Child.Content? {
    guard
      let key = [SupervisorKey.registry, .tasks, .partitions].first(where: { fields[$0] != nil }),
      let node = fields[key]
    else { return nil }
    if place.isInTemplate {
      report(node, "\(key.rawValue) has no meaning in a template: it is found by its id")
    } else if !places.isUnique(id) {
      report(node, "something else is called \(quoted(id)), and this is found by its id")
    }
    var flags = SupervisorFlags(
      intensity: intensity(fields[.intensity]) ?? RestartIntensity(3, in: 5))
    switch key {
    case .registry:
      let keys = word(node, SupervisorKey.registry, Registry.Keys.self) ?? .unique
      flags.strategy = keys == .unique ? .oneForAll : .oneForOne
      reportMisfits(fields, "a registry", allowing: [.registry, .partitions, .intensity])
      let count = partitions(fields[.partitions])
      return .special(flags, .registry(keys: keys, partitions: count ?? 1))
    case .tasks:
      flags.strategy = .simpleOneForOne
      reportMisfits(fields, "a supervisor of tasks", allowing: [.tasks, .intensity])
      return .special(flags, .tasks(most: most(node)))
    default:
      return partitioned(fields, flags, in: place)
    }
  }

  private mutating func partitioned(
    _ fields: Fields<SupervisorKey>, _ flags: SupervisorFlags, in place: Surroundings
  ) -> Scenario.Child.Content {
    var flags = flags
    if let node = fields[.strategy] {
      flags.strategy = word(node, SupervisorKey.strategy) ?? .oneForOne
      if flags.strategy == .simpleOneForOne {
        report(node, "partitions are numbered, so the strategy cannot be simple_one_for_one")
      }
    }
    reportMisfits(
      fields, "a supervisor with partitions",
      allowing: [.partitions, .template, .strategy, .intensity])
    let count = partitions(fields[.partitions]) ?? 1
    let below = Surroundings(depth: place.depth + 1, parent: flags, isInTemplate: true)
    guard let node = fields[.template] else {
      report(fields.node, "partitions wants a template, of which they are copies")
      return .supervisor(flags, [])
    }
    guard let template = child(node, in: below) else { return .supervisor(flags, []) }
    return .special(flags, .partitions(template: template, count: count))
  }

  private mutating func reportMisfits(
    _ fields: Fields<SupervisorKey>, _ subject: String, allowing keys: Set<SupervisorKey>
  ) {
    let common = Set(SupervisorKey.ofChild + [.supervisor])
    for key in SupervisorKey.allCases where !keys.contains(key) && !common.contains(key) {
      if let node = fields[key] { report(node, "\(key.rawValue) has no meaning for \(subject)") }
    }
  }

  private mutating func partitions(_ node: Node?) -> Int? {
    integer(node, SupervisorKey.partitions, in: 1...Scenario.Limits.partitions)
  }

  private mutating func most(_ node: Node) -> Int? {
    let limit = Scenario.Limits.processes
    let expectation =
      "a whole number from 1 to \(grouped(limit)): how many at once, or infinity"
    return value(node, SupervisorKey.tasks, expectation) { text -> Int?? in
      if text == "infinity" { return .some(nil) }
      return Int(text).flatMap { (1...limit).contains($0) ? .some($0) : nil }
    } ?? nil
  }

  // MARK: - Workers

  /// Agents, keys and tasks.
  mutating func keys(_ fields: Fields<WorkerKey>, _ worker: inout Scenario.Worker) {
    if let node = fields[.agent] {
      worker.agent = term(node, WorkerKey.agent)
      reportMisfits(fields, "an agent", allowing: [.agent])
    }
    worker.registers = elements(of: fields[.registers]).compactMap { registering($0) }
    worker.tasks = elements(of: fields[.tasks]).compactMap { tasking($0) }
  }

  private mutating func registering(_ node: Node) -> Scenario.Worker.Registering? {
    guard let fields = fields(of: node, RegisteringKey.self) else { return nil }
    let key = key(fields[.key], RegisteringKey.key)
    let value = term(fields[.value], RegisteringKey.value)
    if fields[.key] == nil { report(node, "key is missing: it says what to register") }
    let registry = target(
      fields[.in], RegisteringKey.in, of: node,
      kinds: [.registry(isUnique: true), .registry(isUnique: false)])
    guard let registry, let key else { return nil }
    return .init(registry: registry, key: key, value: value ?? "nil")
  }

  /// A term, or one of the whole numbers of a range.
  private mutating func key(_ node: Node?, _ key: any ScenarioKey) -> Scenario.Worker.Key? {
    value(node, key, #"a term such as lobby or "{room, 7}", or a range such as 1 to 8"#) { text in
      let ends = text.split(separator: " to ", omittingEmptySubsequences: false)
        .map { Int($0.trimmed) }
      if ends.count == 2, let lower = ends[0], let upper = ends[1] {
        return lower <= upper ? .anyOf(lower...upper) : nil
      }
      return Term(typed: text).map { .term($0) }
    }
  }

  private mutating func tasking(_ node: Node) -> Scenario.Worker.Tasking? {
    guard let fields = fields(of: node, TaskingKey.self) else { return nil }
    let label = name(fields[.task], TaskingKey.task) ?? ""
    let supervisor = fields[.under].flatMap {
      target($0, TaskingKey.under, of: node, kinds: [.taskSupervisor])
    }
    let every = interval(fields[.every], TaskingKey.every) ?? Scenario.Span(.seconds(1))
    let takes = span(fields[.takes], TaskingKey.takes) ?? Scenario.Span(.seconds(1))
    let fails = starts(fields[.fails], TaskingKey.fails)
    let reason = term(fields[.reason], TaskingKey.reason).map(ExitReason.init) ?? .failure("crash")
    return .init(
      label: label, supervisor: supervisor, every: every, takes: takes, fails: fails,
      reason: reason, waiting: waiting(fields), restart: restart(fields),
      stream: stream(fields))
  }

  private mutating func waiting(
    _ fields: Fields<TaskingKey>
  ) -> Scenario.Worker.Tasking.Waiting {
    let isLinked = flag(fields[.linked], TaskingKey.linked)
    let answer: Patience? = value(
      fields[.await], TaskingKey.await, "a duration, infinity or never"
    ) { text in
      switch text {
      case "never": .never
      case "infinity": .time(nil)
      default: Duration(describedAs: text).map { .time($0) }
      }
    }
    switch answer ?? .time(.seconds(5)) {
    case .never:
      for key in [TaskingKey.count, .atOnce] {
        guard let node = fields[key] else { continue }
        report(node, "\(key.rawValue) has no meaning for tasks that nobody waits for")
      }
      if let node = fields[.linked], isLinked == true, fields[.under] != nil {
        report(node, "a task of a supervisor that nobody waits for is linked with that alone")
      }
      return .never(isLinked: isLinked ?? false)
    case .time(let time):
      if let node = fields[.linked], isLinked == false, fields[.under] == nil {
        report(node, "a task that is not linked wants under: a supervisor of tasks")
      }
      return isLinked ?? true ? .await(time) : .look(time)
    }
  }

  /// Only a supervisor begins a task again, and only one that nobody waits for.
  private mutating func restart(_ fields: Fields<TaskingKey>) -> ChildRestart {
    guard let node = fields[.restart] else { return .temporary }
    if fields[.under] == nil {
      report(node, "a task that is begun again wants under: a supervisor of tasks")
    } else if fields[.await]?.text != "never" {
      report(node, "a task that is waited for is never begun again; restart wants await: never")
    }
    return word(node, TaskingKey.restart) ?? .temporary
  }

  /// How long a worker waits for a task.
  private enum Patience {
    case never
    case time(Duration?)
  }

  private mutating func stream(_ fields: Fields<TaskingKey>) -> Scenario.Worker.Stream? {
    let range = 1...1000
    let atOnce = integer(fields[.atOnce], TaskingKey.atOnce, in: range)
    let count = integer(fields[.count], TaskingKey.count, in: range)
    if let node = fields[.atOnce], fields[.count] == nil {
      report(node, "at_once wants count: how many tasks there are")
    }
    return count.map { .init(count: $0, atOnce: atOnce ?? 4) }
  }

  // MARK: - Traffic

  /// Whom a message goes to, and what is asked of an agent.
  struct Recipient {
    var name: String
    var route: Scenario.Worker.Route
    var deed: Scenario.Worker.AgentDeed?
  }

  mutating func recipient(
    _ to: Node?, key keyNode: Node?, update: Node?, message: Node?, in mapping: Node, isCall: Bool
  ) -> Recipient? {
    if let to, to.mapping != nil {
      return wideRecipient(to, key: keyNode, update: update, isCall: isCall)
    }
    let key = key(keyNode, CallKey.key)
    let deed = update.flatMap { agentDeed($0) }
    guard
      let place = targetPlace(
        to, CallKey.to, of: mapping, kinds: PlaceIndex.Kind.recipients, elsewhere: true)
    else { return nil }
    let name = registeredName(of: place)
    var kind = place.kind
    let remote = remoteRoute(place, to, CallKey.to)
    var route = remote ?? .name
    switch kind {
    case .partitionSupervisor, .registry:
      guard keyNode != nil else {
        report(mapping, "key is missing: it says whom of \(quoted(name)) is meant")
        return nil
      }
      guard let key else { return nil }
      route = self.route(kind, key)
      if isCall, case .dispatch = route, let to {
        report(to, "a call wants unique keys; those of \(quoted(name)) are duplicate")
      }
      if kind == .partitionSupervisor, case .found(let copy) = places.match("\(name)/0") {
        kind = copy.kind
      }
    default:
      if let keyNode {
        report(keyNode, "key goes with a registry or a supervisor with partitions")
      }
    }
    guard kind == .agent else {
      if let update { report(update, "update goes with an agent") }
      return Recipient(name: name, route: route)
    }
    if let message { report(message, "message has no meaning for an agent; update has") }
    if !isCall, update == nil {
      report(mapping, "update is missing: it says what becomes of the agent's value")
    }
    return Recipient(name: name, route: route, deed: deed ?? .get)
  }

  private func route(
    _ kind: PlaceIndex.Kind, _ key: Scenario.Worker.Key
  ) -> Scenario.Worker.Route {
    switch kind {
    case .registry(isUnique: true): .registry(key)
    case .registry(isUnique: false): .dispatch(key)
    default: .partition(key)
    }
  }

  private mutating func agentDeed(_ node: Node) -> Scenario.Worker.AgentDeed? {
    value(node, CallKey.update, "a step such as +1, or a term") { text in
      if text.first == "+" || text.first == "-", let step = Int(text) { return .add(step) }
      return Term(typed: text).map { .put($0) }
    }
  }
}

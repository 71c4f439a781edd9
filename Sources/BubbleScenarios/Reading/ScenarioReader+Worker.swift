import BubbleText
import BubbleEvents
import BubbleScripts
import Yams

/// What workers do.
extension ScenarioReader {
  mutating func worker(_ fields: Fields<WorkerKey>) -> Scenario.Worker {
    var worker = Scenario.Worker()
    worker.trapsExits = flag(fields[.trapsExits], WorkerKey.trapsExits) ?? false
    worker.work = span(fields[.work], WorkerKey.work) ?? .zero
    worker.tick = interval(fields[.tick], WorkerKey.tick)
    worker.calls = elements(of: fields[.calls]).compactMap { call($0) }
    worker.casts = elements(of: fields[.casts]).compactMap { cast($0) }
    worker.starts = elements(of: fields[.starts]).compactMap { starting($0) }
    worker.end = fields[.ends].flatMap { end($0) }
    worker.start = fields[.start].map { start($0) } ?? worker.start
    worker.stop = stop(fields[.stop]) ?? .atOnce
    worker.links = elements(of: fields[.links]).compactMap { link($0) }
    worker.monitors = elements(of: fields[.monitors]).compactMap { monitor($0) }
    worker.state = state(fields[.state])
    if let node = fields[.codeChange], let change = self.fields(of: node, CodeChangeKey.self) {
      worker.refusal = term(change[.fails], CodeChangeKey.fails)
    }
    behaviours(fields, &worker)
    if let node = fields[.stop], !worker.trapsExits {
      report(node, "stop wants traps_exits: true; a worker that does not trap exits ends at once")
    }
    return worker
  }

  /// How often something happens: never so often that time stands still.
  mutating func interval(_ node: Node?, _ key: any ScenarioKey) -> Scenario.Span? {
    span(node, key, atLeast: .milliseconds(1))
  }

  // MARK: - Traffic

  private mutating func call(_ node: Node) -> Scenario.Worker.Traffic? {
    guard let fields = fields(of: node, CallKey.self) else { return nil }
    let timeout: Duration?? = value(fields[.timeout], CallKey.timeout, "a duration or infinity") {
      $0 == "infinity" ? .some(nil) : Duration(describedAs: $0).map(Optional.some)
    }
    let every = interval(fields[.every], CallKey.every)
    let message = term(fields[.message], CallKey.message)
    let isSurvived = value(fields[.onFailure], CallKey.onFailure, "stop or work") {
      ["stop": false, "work": true][$0]
    }
    let recipient = recipient(
      fields[.to], key: fields[.key], update: fields[.update], message: fields[.message],
      in: fields.node, isCall: true)
    return recipient.map {
      .init(
        target: $0.name, every: every ?? Scenario.Span(.seconds(1)),
        limit: timeout.map { .given($0) } ?? .usual, message: message ?? "request",
        route: $0.route, deed: $0.deed, survivesFailure: isSurvived ?? false)
    }
  }

  private mutating func cast(_ node: Node) -> Scenario.Worker.Traffic? {
    guard let fields = fields(of: node, CastKey.self) else { return nil }
    let every = interval(fields[.every], CastKey.every)
    let message = term(fields[.message], CastKey.message)
    let recipient = recipient(
      fields[.to], key: fields[.key], update: fields[.update], message: fields[.message],
      in: fields.node, isCall: false)
    return recipient.map {
      .init(
        target: $0.name, every: every ?? Scenario.Span(.seconds(1)), message: message ?? "note",
        route: $0.route, deed: $0.deed)
    }
  }

  private mutating func starting(_ node: Node) -> Scenario.Worker.Starting? {
    guard let fields = fields(of: node, StartingKey.self) else { return nil }
    var every = interval(fields[.every], StartingKey.every)
    let most = integer(fields[.most], StartingKey.most, in: 1...Scenario.Limits.processes)
    let place = targetPlace(
      fields[.under], StartingKey.under, of: fields.node,
      kinds: [.dynamicSupervisor, .openSupervisor, .supervisor])
    let target = place.map { registeredName(of: $0) }
    var child: String?
    if let place, let under = fields[.under] {
      child = addition(fields[.child], to: place, under) ?? nil
    }
    guard let at = fields[.at] else {
      every = every ?? Scenario.Span(.seconds(1))
      return target.map { .init(target: $0, child: child, every: every, most: most ?? 10) }
    }
    if at.text != "start" { report(at, "at is start: during the start of the worker itself") }
    if let node = fields[.every] { report(node, "every has no meaning beside at: start") }
    return target.map { .init(target: $0, child: child, every: nil, most: most ?? 1) }
  }

  // MARK: - Links and monitors

  private mutating func link(_ node: Node) -> Scenario.Worker.Watching? {
    guard node.text == nil else { return watching(node, LinkKey.process, of: node, .work) }
    guard let fields = fields(of: node, LinkKey.self) else { return nil }
    let reaction = reaction(fields[.onExit], LinkKey.onExit, reason: fields[.reason])
    return watching(fields[.process], LinkKey.process, of: node, reaction)
  }

  private mutating func monitor(_ node: Node) -> Scenario.Worker.Watching? {
    guard node.text == nil else { return watching(node, MonitorKey.process, of: node, .work) }
    guard let fields = fields(of: node, MonitorKey.self) else { return nil }
    let reaction = reaction(fields[.onDown], MonitorKey.onDown, reason: fields[.reason])
    return watching(fields[.process], MonitorKey.process, of: node, reaction)
  }

  private mutating func watching(
    _ node: Node?, _ key: any ScenarioKey, of mapping: Node,
    _ reaction: Scenario.Worker.Watching.Reaction
  ) -> Scenario.Worker.Watching? {
    let place = targetPlace(
      node, key, of: mapping, kinds: PlaceIndex.Kind.all, elsewhere: true)
    return place.map { place in
      let other = place.node == nodes.present ? nil : place.node.map(Scenario.id)
      return .init(target: registeredName(of: place), node: other, reaction: reaction)
    }
  }

  private mutating func reaction(
    _ node: Node?, _ key: some ScenarioKey, reason: Node?
  ) -> Scenario.Worker.Watching.Reaction {
    let stops = value(node, key, "stop or work") { text -> Bool? in
      switch text {
      case "stop": true
      case "work": false
      default: nil
      }
    }
    if let reason, stops != true { report(reason, "reason wants \(key.rawValue): stop") }
    guard stops == true else { return .work }
    return .stop(term(reason, LinkKey.reason).map(ExitReason.init))
  }

  /// The name of a process that has one, which the children of a template have not.
  mutating func target(
    _ node: Node?, _ key: any ScenarioKey, of mapping: Node, kinds: [PlaceIndex.Kind]
  ) -> String? {
    targetPlace(node, key, of: mapping, kinds: kinds).map { registeredName(of: $0) }
  }

  /// The place of a process that has a name; on this node unless it may be elsewhere.
  mutating func targetPlace(
    _ node: Node?, _ key: any ScenarioKey, of mapping: Node, kinds: [PlaceIndex.Kind],
    elsewhere: Bool = false
  ) -> PlaceIndex.Place? {
    guard let node else {
      report(mapping, "\(key.rawValue) is missing: it names the other process")
      return nil
    }
    guard let place = place(node, key, kinds: kinds) else { return nil }
    guard !place.path.isDynamic else {
      report(node, "a dynamic child has no name by which it could be reached")
      return nil
    }
    guard !place.path.isPartition else {
      report(node, "a partition has no name; its supervisor finds it by key")
      return nil
    }
    if place.node != nodes.present, !elsewhere {
      report(node, "\(quoted(place.fullText)) is on another node; \(key.rawValue) wants one here")
      return nil
    }
    targets.insert(place.path)
    return place
  }

  // MARK: - Beginning and end

  private mutating func end(_ node: Node) -> Scenario.Worker.End? {
    guard let fields = fields(of: node, EndKey.self) else { return nil }
    let end = Scenario.Worker.End(
      onMessage: integer(fields[.onMessage], EndKey.onMessage, in: 1...Int(Int32.max)),
      chance: chance(fields[.chance]),
      after: interval(fields[.after], EndKey.after),
      reason: term(fields[.reason], EndKey.reason).map(ExitReason.init) ?? .failure("crash"),
      manner: word(fields[.how], EndKey.how) ?? .stop)
    if fields[.onMessage] == nil, fields[.chance] == nil, fields[.after] == nil {
      report(node, "ends says when: on_message, chance or after")
    }
    return end
  }

  private mutating func chance(_ node: Node?) -> Double? {
    value(node, EndKey.chance, "a probability such as 2 % or 0.02") { text in
      let number = text.hasSuffix("%") ? text.dropLast().trimmed : text
      guard let value = Double(number).map({ text.hasSuffix("%") ? $0 / 100 : $0 }),
        (0...1).contains(value)
      else { return nil }
      return value
    }
  }

  private mutating func start(_ node: Node) -> Scenario.Worker.Start {
    var start = Scenario.Worker.Start()
    guard let fields = fields(of: node, StartKey.self) else { return start }
    start.takes = span(fields[.takes], StartKey.takes) ?? start.takes
    start.fails = starts(fields[.fails], StartKey.fails)
    start.ignores = starts(fields[.ignores], StartKey.ignores)
    start.reason = term(fields[.reason], StartKey.reason).map(ExitReason.init) ?? start.reason
    start.manner = word(fields[.how], StartKey.how) ?? start.manner
    start.calls = elements(of: fields[.calls]).compactMap { startCall($0) }
    return start
  }

  /// A call during a start: whom, or a call as it is written elsewhere, without an interval.
  private mutating func startCall(_ node: Node) -> Scenario.Worker.Traffic? {
    if let every = node.mapping?[CallKey.every.rawValue] {
      report(every, "every has no meaning during a start")
    }
    guard node.text != nil else { return call(node) }
    let recipient = recipient(
      node, key: nil, update: nil, message: nil, in: node, isCall: true)
    return recipient.map {
      .init(
        target: $0.name, every: .zero, limit: .usual, message: "request", route: $0.route,
        deed: $0.deed)
    }
  }

  mutating func starts(
    _ node: Node?, _ key: any ScenarioKey
  ) -> Scenario.Worker.Starts? {
    value(node, key, "numbers such as 2, 2-4, 1, 3- or always") { .init($0) }
  }

  private mutating func stop(_ node: Node?) -> Scenario.Worker.Stop? {
    if node?.text == "refuses" { return .refuses }
    guard let node, node.mapping != nil else {
      return span(node, WorkerKey.stop).map { .takes($0, reason: nil) }
    }
    guard let fields = fields(of: node, StopKey.self) else { return nil }
    return .takes(
      span(fields[.takes], StopKey.takes) ?? .zero,
      reason: term(fields[.reason], StopKey.reason).map(ExitReason.init))
  }

  // MARK: - State

  private mutating func state(_ node: Node?) -> [Scenario.Worker.Field] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node, mapping.count <= Scenario.Limits.stateFields else {
      report(
        node, "state wants a mapping of at most \(Scenario.Limits.stateFields) names to values")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = key.text, let text = value.text,
        isShort(name, Scenario.Limits.nameLength), isShort(text, Scenario.Limits.nameLength)
      else {
        let limit = Scenario.Limits.nameLength
        report(value, "a part of the state is a name and a value of at most \(limit) characters")
        return nil
      }
      return .init(name: name, value: fieldValue(text))
    }
  }

  private func fieldValue(_ text: String) -> Scenario.Worker.Field.Value {
    if text.first == "+", let step = Int(text) { return .grows(by: step) }
    let ends = text.split(separator: " to ").map { Int($0.trimmed) }
    if ends.count == 2, let lower = ends[0], let upper = ends[1], lower <= upper {
      return .anyOf(lower...upper)
    }
    return .constant(text)
  }
}

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
    let recipient = recipient(
      fields[.to], key: fields[.key], update: fields[.update], message: fields[.message],
      in: fields.node, isCall: true)
    return recipient.map {
      .init(
        target: $0.name, every: every ?? Scenario.Span(.seconds(1)),
        timeout: timeout ?? .seconds(5), message: message ?? "request", route: $0.route,
        deed: $0.deed)
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
        target: $0.name, every: every ?? Scenario.Span(.seconds(1)), timeout: nil,
        message: message ?? "note", route: $0.route, deed: $0.deed)
    }
  }

  private mutating func starting(_ node: Node) -> Scenario.Worker.Starting? {
    guard let fields = fields(of: node, StartingKey.self) else { return nil }
    let every = interval(fields[.every], StartingKey.every) ?? Scenario.Span(.seconds(1))
    let most = integer(fields[.most], StartingKey.most, in: 1...Scenario.Limits.processes)
    let target = target(
      fields[.under], StartingKey.under, of: fields.node, kinds: [.dynamicSupervisor])
    return target.map { .init(target: $0, every: every, most: most ?? 10) }
  }

  /// The name of a process that has one, which the children of a template have not.
  mutating func target(
    _ node: Node?, _ key: any ScenarioKey, of mapping: Node, kinds: [PlaceIndex.Kind]
  ) -> String? {
    targetPlace(node, key, of: mapping, kinds: kinds).map { places.name(of: $0) }
  }

  /// The place of a process that has a name.
  mutating func targetPlace(
    _ node: Node?, _ key: any ScenarioKey, of mapping: Node, kinds: [PlaceIndex.Kind]
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
    return start
  }

  mutating func starts(
    _ node: Node?, _ key: any ScenarioKey
  ) -> Scenario.Worker.Starts? {
    value(node, key, "numbers such as 2, 2-4, 1, 3- or always") { .init($0) }
  }

  private mutating func stop(_ node: Node?) -> Scenario.Worker.Stop? {
    if node?.text == "refuses" { return .refuses }
    return span(node, WorkerKey.stop).map { .takes($0) }
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
        max(name.count, text.count) <= Scenario.Limits.nameLength
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

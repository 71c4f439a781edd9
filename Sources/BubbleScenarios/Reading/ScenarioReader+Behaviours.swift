import BubbleEvents
import Yams

/// Workers that are state machines or event managers.
extension ScenarioReader {
  /// Words that stand where the name of a next state stands.
  private static let deeds = ["stay", "postpone", "crash"]

  /// What a worker is besides a gen_server, and what then has no meaning.
  mutating func behaviours(_ fields: Fields<WorkerKey>, _ worker: inout Scenario.Worker) {
    if let node = fields[.states] {
      worker.states = states(node)
      reportMisfits(
        fields, "a state machine", allowing: [.states, .work, .start, .stop, .codeChange])
    }
    if let node = fields[.handlers] {
      worker.handlers = elements(of: node).compactMap { handler($0) }
      reportMisfits(fields, "an event manager", allowing: [.handlers])
    }
    keys(fields, &worker)
    cluster(fields, &worker)
    worker.guarding = fields[.adds].flatMap { guarding($0) }
    worker.handlerChanges =
      elements(of: fields[.deletes]).compactMap { deletion($0) }
      + elements(of: fields[.swaps]).compactMap { swap($0) }
  }

  mutating func reportMisfits(
    _ fields: Fields<WorkerKey>, _ subject: String, allowing keys: Set<WorkerKey>
  ) {
    let common: Set<WorkerKey> = [
      .worker, .module, .restart, .shutdown, .type, .significant, .trapsExits,
    ]
    for key in WorkerKey.allCases where !keys.contains(key) && !common.contains(key) {
      if let node = fields[key] { report(node, "\(key.rawValue) has no meaning for \(subject)") }
    }
  }

  // MARK: - State machines

  private mutating func states(_ node: Node) -> [Scenario.Worker.State] {
    guard case .mapping(let mapping) = node, !mapping.isEmpty,
      mapping.count <= Scenario.Limits.states
    else {
      report(
        node,
        "states wants a mapping of 1 to \(Scenario.Limits.states) names to what each state does; "
          + "found \(node.shown)")
      return []
    }
    let names = mapping.compactMap { $0.key.text }
    for (key, _) in mapping where key.text.map(Self.deeds.contains) ?? true {
      report(key, "a state has a name of its own, not \(key.shown)")
    }
    return mapping.compactMap { key, value in
      key.text.map { state(named: $0, value, among: names) }
    }
  }

  private mutating func state(
    named name: String, _ node: Node, among names: [String]
  ) -> Scenario.Worker.State {
    var state = Scenario.Worker.State(name: name)
    // `locked: {}` and a bare `locked:` do nothing.
    if node.text == "" || node.text == "null" { return state }
    guard let fields = fields(of: node, StateKey.self) else { return state }
    state.enter = span(fields[.enter], StateKey.enter) ?? .zero
    state.reactions = reactions(fields[.on], among: names)
    let after = span(fields[.after], StateKey.after, atLeast: .milliseconds(1))
    let next = fields[.next].flatMap { stateName($0, among: names) }
    switch (fields[.after], fields[.next]) {
    case (let node?, nil): report(node, "after wants next: the state that follows then")
    case (nil, let node?): report(node, "next wants after: the time after which it follows")
    default: break
    }
    if let after, let next { state.timeout = .init(after: after, next: next) }
    return state
  }

  private mutating func reactions(
    _ node: Node?, among names: [String]
  ) -> [Scenario.Worker.Reaction] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      report(
        node,
        "on wants a mapping of messages to a state, stay, postpone or crash; found \(node.shown)")
      return []
    }
    return mapping.compactMap { key, value in
      guard let event = key.text else {
        report(key, "a message is a word; found \(key.shown)")
        return nil
      }
      let transition: Scenario.Worker.Reaction.Transition
      switch value.text {
      case "stay": transition = .stay
      case "postpone": transition = .postpone
      case "crash": transition = .crash
      default:
        guard let name = stateName(value, among: names, or: Self.deeds) else { return nil }
        transition = .go(to: name)
      }
      return .init(event: event, transition: transition)
    }
  }

  private mutating func stateName(
    _ node: Node, among names: [String], or words: [String] = []
  ) -> String? {
    if let text = node.text, names.contains(text) { return text }
    report(node, unknown("state", node.text ?? node.shown, among: names + words))
    return nil
  }

  // MARK: - Event managers

  private mutating func handler(_ node: Node) -> Scenario.Worker.Handler? {
    guard let fields = fields(of: node, HandlerKey.self) else { return nil }
    guard let id = name(fields[.handler], HandlerKey.handler) else {
      if fields[.handler] == nil { report(node, "handler is missing: it names the handler") }
      return nil
    }
    return .init(id: id, fails: starts(fields[.fails], HandlerKey.fails))
  }

  private mutating func guarding(_ node: Node) -> Scenario.Worker.Guarding? {
    guard let fields = fields(of: node, GuardKey.self) else { return nil }
    let fails = starts(fields[.fails], GuardKey.fails)
    let id = name(fields[.handler], GuardKey.handler)
    guard let target = target(fields[.to], GuardKey.to, of: node, kinds: [.worker]) else {
      return nil
    }
    if fields[.handler] == nil { report(node, "handler is missing: it names the handler") }
    return id.map { .init(target: target, handler: .init(id: $0, fails: fails)) }
  }

  private mutating func deletion(_ node: Node) -> Scenario.Worker.HandlerChange? {
    guard let fields = fields(of: node, DeletionKey.self) else { return nil }
    return change(
      fields[.handler], of: fields[.of], after: fields[.after], in: node,
      replacement: nil)
  }

  private mutating func swap(_ node: Node) -> Scenario.Worker.HandlerChange? {
    guard let fields = fields(of: node, SwapKey.self) else { return nil }
    if fields[.by] == nil {
      report(node, "by is missing: it names the handler that takes its place")
    }
    let fails = starts(fields[.fails], SwapKey.fails)
    let by = name(fields[.by], SwapKey.by)
    let change = change(
      fields[.handler], of: fields[.of], after: fields[.after], in: node,
      replacement: by.map { .init(id: $0, fails: fails) })
    return by == nil ? nil : change
  }

  private mutating func change(
    _ handler: Node?, of manager: Node?, after: Node?, in node: Node,
    replacement: Scenario.Worker.Handler?
  ) -> Scenario.Worker.HandlerChange? {
    if handler == nil { report(node, "handler is missing: it names the handler") }
    if after == nil { report(node, "after is missing: the time from the worker's start") }
    let id = name(handler, HandlerKey.handler)
    let span = interval(after, EndKey.after)
    guard let target = target(manager, DeletionKey.of, of: node, kinds: [.worker]), let id, let span
    else { return nil }
    return .init(target: target, handler: id, after: span, replacement: replacement)
  }
}

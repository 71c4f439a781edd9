extension ScenarioGenerator {
  /// What an action is about; one case may make several actions.
  enum Subject: CaseIterable {
    case exit, tell, hammer, batch, supervisorExit, orderlyStop, startChild, startKnown
    case startDynamic, terminateChild, restartChild, deleteChild, ask, askDynamic, send, unlink
    case changeCode, startWrong, check, gate, gateDynamic, wait

    /// How often it comes, against the others.
    var weight: Double {
      switch self {
      case .exit: 20
      case .tell: 11
      case .hammer: 8
      case .batch: 7
      case .supervisorExit: 5
      case .orderlyStop, .startKnown, .gate, .gateDynamic: 3
      case .startChild, .terminateChild: 7
      case .startDynamic: 12
      case .restartChild, .ask, .changeCode: 5
      case .deleteChild: 4
      case .askDynamic, .check: 3
      case .send, .startWrong, .unlink: 2
      case .wait: 1
      }
    }
  }

  static let reasons: [(JSONValue, Double)] = [
    ("kill", 4), ("normal", 0.8), ("shutdown", 1.2), ("{shutdown,x}", 1), ("boom", 2.5),
    ("{crash,7}", 0.5), ("killed", 0.4), ("noproc", 0.3), ("{shutdown,x,y}", 0.3),
    ("[a,{b,1}]", 0.3),
  ]

  /// One or a few actions.
  ///
  /// Some subjects find nothing to aim at; then another one has its turn.
  mutating func step() -> [JSONValue] {
    for _ in 0..<20 {
      let subject = dice.pick(weighted: Subject.allCases.map { ($0, $0.weight) })
      let actions = actions(subject)
      if !actions.isEmpty { return actions }
    }
    return [["op": "wait", "ms": 1]]
  }

  private mutating func actions(_ subject: Subject) -> [JSONValue] {
    switch subject {
    case .exit: exit()
    case .tell: tell()
    case .hammer: hammer()
    case .batch: batch()
    case .supervisorExit: supervisorExit()
    case .orderlyStop: orderlyStop()
    case .startChild: startChild()
    case .startKnown: startKnown()
    case .startDynamic: startDynamic()
    case .terminateChild: terminateChild()
    case .restartChild: onChild("restart_child")
    case .deleteChild: onChild("delete_child")
    case .ask: ask()
    case .askDynamic: askDynamic()
    case .send: send()
    case .unlink: unlink()
    case .changeCode: changeCode()
    case .startWrong: startWrong()
    case .check: [specCheck()]
    case .gate: gate()
    case .gateDynamic: gateDynamic()
    case .wait: [["op": "wait", "ms": dice.pick([1, 5, 10])]]
    }
  }

  // MARK: - Signals and messages

  private mutating func exit() -> [JSONValue] {
    guard let place = target() else { return [] }
    return [
      ["op": "exit", "path": .string(place.path), "reason": dice.pick(weighted: Self.reasons)]
    ]
  }

  private mutating func tell() -> [JSONValue] {
    guard let place = target(workersOnly: true) else { return [] }
    return [
      [
        "op": "tell", "path": .string(place.path),
        "do": dice.pick(["stop", "stop", "exit", "error"]),
        "reason": dice.pick(weighted: [("normal", 3), ("{shutdown,done}", 1)] + Self.reasons),
      ]
    ]
  }

  private mutating func hammer() -> [JSONValue] {
    guard let place = target() else { return [] }
    return (0..<dice.pick([2, 2, 3, 4])).map { _ in
      ["op": "exit", "path": .string(place.path), "reason": dice.pick(["kill", "kill", "boom"])]
    }
  }

  /// Only reasons that end the child for sure, else the supervisor would wait for its exit message.
  private mutating func batch() -> [JSONValue] {
    guard let supervisor = supervisorPlace() else { return [] }
    let children = children(of: supervisor.path).filter { !$0.isFrozen && !$0.hangs }
    guard children.count > 1 else { return [] }
    let exits = dice.sample(children, dice.pick([2, 2, 3, 4])).map { child -> JSONValue in
      let isSure = child.isSupervisor || child.traps || dice.chance(0.5)
      let reason: JSONValue =
        isSure ? "kill" : dice.pick(["boom", "shutdown", "{shutdown,x}", "killed"])
      return ["path": .string(child.path), "reason": reason]
    }
    return [["op": "batch_exit", "sup": .string(supervisor.path), "exits": .array(exits)]]
  }

  private mutating func supervisorExit() -> [JSONValue] {
    guard let place = supervisorPlace(), place.path != "/" || dice.chance(0.12) else { return [] }
    return [
      [
        "op": "exit", "path": .string(place.path),
        "reason": dice.pick(["kill", "kill", "shutdown", "boom", "normal"]),
      ]
    ]
  }

  /// Not for those that hang: the stop waits for the end.
  private mutating func orderlyStop() -> [JSONValue] {
    let place = dice.chance(0.6) ? supervisorPlace() : target()
    guard let place, !place.hangs, place.path != "/" || dice.chance(0.2) else { return [] }
    return [
      [
        "op": "proc_stop", "path": .string(place.path),
        "reason": dice.pick(["normal", "shutdown", "{shutdown,x}", "boom", "kill"]),
      ]
    ]
  }

  private mutating func send() -> [JSONValue] {
    guard let place = dice.chance(0.7) ? supervisorPlace() : target() else { return [] }
    return [
      [
        "op": "send", "path": .string(place.path),
        "msg": dice.pick(["hello", "{some,[thing,1]}", "[]"]),
      ]
    ]
  }

  /// From then on its supervisor does not notice its death, so nothing else aims at it.
  private mutating func unlink() -> [JSONValue] {
    let candidates = places.filter { !$0.isSupervisor && !$0.isFrozen && !$0.hangs }
    guard !candidates.isEmpty else { return [] }
    let place = dice.pick(candidates)
    if let index = places.firstIndex(where: { $0.path == place.path }) {
      places[index].isFrozen = true
    }
    let supervisor = JSONValue.string(place.parent)
    var actions: [JSONValue] = [["op": "tell", "path": .string(place.path), "do": "unlink"]]
    if dice.chance(0.7) {
      actions.append(["op": "exit", "path": .string(place.path), "reason": "kill"])
    }
    actions.append(["op": "count_children", "sup": supervisor])
    if place.isDynamic {
      if dice.chance(0.5) { actions.append(terminate(place)) }
      return actions
    }
    for operation in ["restart_child", "delete_child", "terminate_child"] where dice.chance(0.4) {
      actions.append(["op": .string(operation), "sup": supervisor, "id": .string(place.id)])
    }
    return actions
  }
}

extension ScenarioGenerator {
  // MARK: - Starting

  func start(_ child: JSONValue, under path: String) -> JSONValue {
    ["op": "start_child", "sup": .string(path), "child": child]
  }

  /// A new child at the end of a supervisor's children.
  mutating func newChild(of supervisor: Place, depth: Int) -> JSONValue {
    added += 1
    let id = "n\(added)"
    let child = child(id, of: supervisor.definition, depth: depth, attempts: 100)
    note(child, id, under: supervisor.path)
    return child
  }

  mutating func note(_ child: JSONValue, _ id: String, under path: String) {
    register(
      child["sup"] ?? child["worker"] ?? [:], at: OracleTree.join(path, id), parent: path, id: id,
      spec: child, isDynamic: false)
  }

  mutating func startChild() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: false) else { return [] }
    return [
      start(newChild(of: supervisor, depth: dice.chance(0.25) ? 1 : 0), under: supervisor.path)
    ]
  }

  /// An id that is or was there, with a specification of its own.
  mutating func startKnown() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: false) else { return [] }
    let children = children(of: supervisor.path).filter { !$0.isFrozen }
    guard !children.isEmpty else { return [] }
    let known = dice.pick(children)
    var child = known.spec
    if !known.isSupervisor, dice.chance(0.5) { child = ["id": .string(known.id), "worker": [:]] }
    var actions: [JSONValue] = []
    if dice.chance(0.4) {
      for operation in ["terminate_child", "delete_child"] {
        actions.append([
          "op": .string(operation), "sup": .string(supervisor.path), "id": .string(known.id),
        ])
      }
    }
    return actions + [start(child, under: supervisor.path)]
  }

  mutating func startWrong() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: false) else { return [] }
    return [start(wrongSpec(), under: supervisor.path)]
  }

  mutating func startDynamic() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: true) else { return [] }
    return (0..<dice.pick([1, 1, 2, 3])).map { _ in startDynamic(under: supervisor) }
  }

  mutating func startDynamic(under supervisor: Place, rules: JSONValue? = nil) -> JSONValue {
    added += 1
    let name = "d\(added)"
    let template = supervisor.definition["children"]?.array?.first ?? [:]
    register(
      template["sup"] ?? template["worker"] ?? [:],
      at: OracleTree.join(supervisor.path, name), parent: supervisor.path, id: name,
      spec: template, isDynamic: true)
    var action: JSONValue = [
      "op": "start_child", "sup": .string(supervisor.path), "name": .string(name),
    ]
    if let rules {
      action["init"] = rules
    } else if template["sup"] == nil, dice.chance(0.2) {
      let number = dice.pick([1, 2, 2, 3])
      action["init"] = [
        [
          "from": .integer(number), "to": .integer(number), "do": .string(dice.pick(Self.failures)),
          "reason": dice.pick(Self.failureReasons),
        ]
      ]
    }
    return action
  }

  // MARK: - Asking and telling by id

  mutating func terminateChild() -> [JSONValue] {
    let actions = onChild("terminate_child")
    guard let first = actions.first else { return [] }
    let rest: [String] = dice.pick(weighted: [
      ([], 3), (["restart_child"], 3), (["delete_child"], 2),
      (["restart_child", "restart_child"], 1), (["delete_child", "restart_child"], 1),
    ])
    return actions
      + rest.map { operation in
        var action = first
        action["op"] = .string(operation)
        return action
      }
  }

  mutating func onChild(_ operation: String) -> [JSONValue] {
    guard let supervisor = supervisorPlace() else { return [] }
    // A supervisor of dynamic children knows no ids.
    if supervisor.isSimple {
      guard dice.chance(0.2) else { return [] }
      return [["op": .string(operation), "sup": .string(supervisor.path), "id": "t"]]
    }
    let ids = children(of: supervisor.path).filter { !$0.isFrozen }.map(\.id)
    let id = ids.isEmpty || dice.chance(0.08) ? "nope" : dice.pick(ids)
    return [["op": .string(operation), "sup": .string(supervisor.path), "id": .string(id)]]
  }

  mutating func ask() -> [JSONValue] {
    guard let supervisor = supervisorPlace() else { return [] }
    let operation = dice.pick(["which_children", "count_children", "get_childspec"])
    if operation == "get_childspec" { return onChild(operation) }
    return [["op": .string(operation), "sup": .string(supervisor.path)]]
  }

  func terminate(_ child: Place) -> JSONValue {
    ["op": "terminate_child", "sup": .string(child.parent), "pid_of": .string(child.path)]
  }

  /// Requests that name a child by its process, also those that only know ids.
  mutating func askDynamic() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: dice.chance(0.85)) else { return [] }
    let own = children(of: supervisor.path).filter { !$0.isFrozen }
    let operation = dice.pick(weighted: [
      ("terminate_child", 5), ("get_childspec", 2), ("restart_child", 0.5), ("delete_child", 0.5),
    ])
    let path: String
    if let stranger = target(), dice.chance(0.15) {
      path = stranger.path
    } else if own.isEmpty {
      return supervisor.isSimple ? [startDynamic(under: supervisor)] : []
    } else {
      path = dice.pick(own).path
    }
    return [
      ["op": .string(operation), "sup": .string(supervisor.path), "pid_of": .string(path)]
    ]
  }
}

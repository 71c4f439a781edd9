extension ScenarioGenerator {
  /// Blocks a new child in the init of its first restart, asks the supervisor meanwhile, and lets
  /// it go on.
  ///
  /// Only a new child is sure to reach the gate now or never.
  mutating func gate() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: false) else { return [] }
    added += 1
    let id = "g\(added)"
    let child = gatedChild(id)
    note(child, id, under: supervisor.path)
    var actions = [start(child, under: supervisor.path)]
    if dice.chance(0.5) {
      actions.append(start(newChild(of: supervisor, depth: 0), under: supervisor.path))
    }
    let path = JSONValue.string(OracleTree.join(supervisor.path, id))
    actions.append(["op": "exit", "path": path, "reason": dice.pick(["kill", "kill", "boom"])])
    let siblings = children(of: supervisor.path).filter { !$0.isFrozen && $0.id != id }
    if dice.chance(0.25), let sibling = siblings.first(where: { !$0.isSupervisor && !$0.hangs }) {
      actions.append(["op": "exit", "path": .string(sibling.path), "reason": "kill"])
    }
    actions += calls(on: supervisor, id, siblings)
    if dice.chance(0.2), isWaitedFor(supervisor), let aunt = aunt(of: supervisor) {
      actions.append(["op": "exit", "path": .string(aunt.path), "reason": "kill"])
    }
    let endsTree = supervisor.path == "/" && dice.chance(0.15)
    if endsTree { actions.append(["op": "stop", "reason": "shutdown", "nowait": true]) }
    actions.append(["op": "release", "path": path])
    return actions
  }

  /// Whether everybody above it waits without limit for its end, so that nobody kills what is
  /// gated.
  private func isWaitedFor(_ supervisor: Place) -> Bool {
    var next: Place? = supervisor
    while let place = next, place.path != "/" {
      let isDefault = place.spec["shutdown"] == nil && place.spec["type"] == "supervisor"
      guard isDefault || place.spec["shutdown"] == "infinity" else { return false }
      next = self.place(at: place.parent)
    }
    return true
  }

  /// A worker beside the supervisor, whose end may end the supervisor too.
  private func aunt(of supervisor: Place) -> Place? {
    children(of: supervisor.parent).first { !$0.isSupervisor && !$0.isFrozen && !$0.hangs }
  }

  private mutating func gatedChild(_ id: String) -> JSONValue {
    var rules: [JSONValue] = [
      [
        "from": 2, "to": 2, "do": "gate", "reason": "boom",
        "then": dice.pick(["stop", "stop", "stop", "exit", "error", "ok", "ignore"]),
      ]
    ]
    if dice.chance(0.3) {
      rules.append([
        "from": 3, "to": 3, "do": .string(dice.pick(Self.failures)),
        "reason": dice.pick(Self.failureReasons),
      ])
    }
    var worker: JSONValue = ["init": .array(rules)]
    if dice.chance(0.3) { worker["trap"] = true }
    return [
      "id": .string(id), "restart": dice.pick(["permanent", "permanent", "transient"]),
      "worker": worker,
    ]
  }

  private mutating func calls(
    on supervisor: Place, _ id: String, _ siblings: [Place]
  ) -> [JSONValue] {
    let path = JSONValue.string(supervisor.path)
    let sibling = siblings.isEmpty ? id : dice.pick(siblings).id
    func on(_ operation: String, _ id: String) -> JSONValue {
      ["op": .string(operation), "sup": path, "id": .string(id)]
    }
    var calls: [JSONValue] = [
      ["op": "which_children", "sup": path], ["op": "count_children", "sup": path],
      on("restart_child", dice.chance(0.7) ? id : sibling), on("delete_child", id),
      on("get_childspec", id), start(["id": .string(id), "worker": [:]], under: supervisor.path),
      on("terminate_child", dice.chance(0.5) ? sibling : id),
      on("restart_child", dice.chance(0.5) ? sibling : id),
    ]
    if dice.chance(0.3) { calls = dice.shuffled(calls) }
    return calls.filter { _ in dice.chance(0.5) }.enumerated().map { number, call in
      ["op": "async", "tag": .string("t\(number)"), "call": call]
    }
  }

  /// The same for a dynamic child.
  ///
  /// Ending one that is being restarted spoils count_children in OTP, so it is only ended when the
  /// restart succeeds.
  mutating func gateDynamic() -> [JSONValue] {
    guard let supervisor = supervisorPlace(isSimple: true),
      let template = supervisor.definition["children"]?.array?.first, template["sup"] == nil
    else { return [] }
    let then = dice.pick(["stop", "stop", "exit", "ok"])
    let begin = startDynamic(
      under: supervisor,
      rules: [["from": 2, "to": 2, "do": "gate", "then": .string(then), "reason": "boom"]])
    guard let child = places.last else { return [] }
    let path = JSONValue.string(child.path)
    var calls: [JSONValue] = [
      ["op": "which_children", "sup": .string(supervisor.path)],
      ["op": "count_children", "sup": .string(supervisor.path)],
    ]
    if then == "ok" { calls.append(terminate(child)) }
    let asked = calls.filter { _ in dice.chance(0.75) }.enumerated().map { number, call in
      ["op": "async", "tag": .string("t\(number)"), "call": call] as JSONValue
    }
    return [begin, ["op": "exit", "path": path, "reason": "kill"]] + asked
      + [["op": "release", "path": path]]
  }

  // MARK: - Restart windows

  /// Restarts in chosen seconds, under a short period.
  ///
  /// Waits last seconds on a real machine.
  mutating func windowStory() -> (JSONValue, [JSONValue]) {
    let period = dice.pick([1, 2, 2, 3])
    let strategy = dice.pick(["one_for_one", "one_for_all", "rest_for_one"])
    var worker: JSONValue = [:]
    if dice.chance(0.3) {
      let number = dice.pick([2, 3, 4])
      worker["init"] = [
        ["from": .integer(number), "to": .integer(number), "do": "stop", "reason": "boom"]
      ]
    }
    let supervisor: JSONValue = [
      "strategy": .string(strategy), "intensity": .integer(dice.pick([0, 1, 1, 2, 3])),
      "period": .integer(period),
      "children": [["id": "a", "worker": worker], ["id": "b", "worker": ["trap": true]]],
    ]
    let tree: JSONValue = [
      "strategy": "one_for_one", "intensity": dice.pick([50, 50, 1, 2]),
      "period": dice.pick([3600, 1, 2]),
      "children": [["id": "s", "type": "supervisor", "sup": supervisor]],
    ]
    var actions: [JSONValue] = [["op": "align"]]
    var seconds = 1
    while seconds < 7 {
      for _ in 0..<dice.pick([1, 1, 1, 2]) {
        actions.append([
          "op": "exit", "path": dice.pick(["/s/a", "/s/a", "/s/b"]), "reason": "kill",
        ])
      }
      if dice.chance(0.2) { actions.append(["op": "wait", "ms": 200]) }
      let pause = dice.pick([1, 1, period, period + 1])
      seconds += pause
      actions += Array(repeating: ["op": "align"], count: pause)
    }
    return (tree, actions + [["op": "stop", "reason": "shutdown"]])
  }
}

import BubbleEvents

extension ScenarioGenerator {
  static let failures = [
    "stop", "exit", "error", "bad_return", "fn_error", "fn_return", "fn_exit", "fn_raise",
  ]
  static let failureReasons: [JSONValue] = [
    "boom", "bang", "{crash,7}", "normal", "shutdown", "{shutdown,x}", "kill", "killed", "[a,b]",
  ]

  // MARK: - Supervisors

  /// A supervisor's definition.
  ///
  /// `attempts` is how often it may be started, which keeps scenarios short in which some start
  /// always fails.
  mutating func supervisor(
    isRoot: Bool = false, depth: Int, attempts: Int, maySimple: Bool = true,
    isDynamic: Bool = false
  ) -> JSONValue {
    let strategy = dice.pick(weighted: [
      ("one_for_one", 3), ("one_for_all", 2.4), ("rest_for_one", 2.6),
      ("simple_one_for_one", maySimple ? (isRoot ? 0.6 : 1.5) : 0),
    ])
    let intensity =
      isRoot
      ? dice.pick(weighted: [(0, 0.5), (1, 1), (2, 1.5), (3, 2), (5, 2), (50, 2.5)])
      : dice.pick(weighted: [(0, 1), (1, 2.5), (2, 2.5), (3, 1.5), (5, 1), (50, 1.5)])
    var definition: JSONValue = [
      "strategy": .string(strategy), "intensity": .integer(intensity),
      "period": dice.pick([3600, 3600, 7200]),
    ]
    let isSimple = strategy == "simple_one_for_one"
    if !isSimple, dice.chance(isRoot ? 0.15 : 0.3) {
      definition["auto_shutdown"] = dice.pick([
        "any_significant", "all_significant", "all_significant", "never",
      ])
    }
    if dice.chance(0.04), let rules = supervisorRules(isDynamic: isDynamic, isRoot: isRoot) {
      definition["init"] = rules
    }
    let ids =
      isSimple
      ? ["t"] : dice.sample(["a", "b", "c", "d", "e", "7", "{k,1}"], dice.pick([1, 2, 3, 3, 4]))
    let budget = attempts * (intensity + 1)
    definition["children"] = .array(
      ids.map { child($0, of: definition, depth: depth, attempts: budget) })
    if dice.chance(0.02) { spoil(&definition) }
    return definition
  }

  /// How a supervisor's own init goes.
  ///
  /// Dynamic children that are ignored at a restart are left out, since the versions of OTP differ
  /// there.
  private mutating func supervisorRules(isDynamic: Bool, isRoot: Bool) -> JSONValue? {
    let from = isRoot ? 1 : dice.pick([1, 2, 2, 2, 3])
    let what = dice.pick(
      ["bad_return", "exit", "error"] + (isDynamic && from > 1 ? [] : ["ignore"]))
    return [
      [
        "from": .integer(from), "to": .integer(from), "do": .string(what),
        "reason": dice.pick(Self.failureReasons),
      ]
    ]
  }

  /// Something that a supervisor refuses to start with.
  private mutating func spoil(_ definition: inout JSONValue) {
    switch dice.pick([0, 1, 2, 3]) {
    case 0:
      definition["flags_raw"] = dice.pick([
        "hej", "{one_for_one,1,0}", "{one_for_one,-1,5}", "{one_for_some,1,5}",
        "#{strategy=>foo}", "#{intensity=>1.5}", "#{period=>0}", "#{auto_shutdown=>maybe}", "[]",
        "{one_for_one,1}",
      ])
    case 1:
      let twin = definition["children"]?.array?.first ?? [:]
      guard definition["strategy"] != "simple_one_for_one" else { return }
      definition["children"] = .array((definition["children"]?.array ?? []) + [twin])
    case 2: definition["children"] = []
    default:
      guard definition["strategy"] != "simple_one_for_one" else { return }
      definition["children"] = .array((definition["children"]?.array ?? []) + [wrongSpec()])
    }
  }

  // MARK: - Children

  mutating func child(
    _ id: String, of supervisor: JSONValue, depth: Int, attempts: Int
  ) -> JSONValue {
    var child: JSONValue = ["id": .string(id)]
    let isDynamic = supervisor["strategy"] == "simple_one_for_one"
    let restart = dice.pick(weighted: [("permanent", 5), ("transient", 3), ("temporary", 2)])
    if restart != "permanent" || dice.chance(0.5) { child["restart"] = .string(restart) }
    let autoShutdown = supervisor["auto_shutdown"]?.string ?? "never"
    if !isDynamic, autoShutdown != "never", restart != "permanent", dice.chance(0.65) {
      child["significant"] = true
    }
    if dice.chance(0.08) { child["modules"] = dice.pick([[], ["m"], ["m", "n"], "dynamic"]) }
    if depth > 0, dice.chance(isDynamic ? 0.3 : 0.42) {
      holdSupervisor(&child, isDynamic: isDynamic, depth: depth, attempts: attempts)
    } else {
      holdWorker(&child, isDynamic: isDynamic, attempts: attempts)
    }
    return child
  }

  private mutating func holdSupervisor(
    _ child: inout JSONValue, isDynamic: Bool, depth: Int, attempts: Int
  ) {
    if dice.chance(0.93) { child["type"] = "supervisor" }
    if !isDynamic, dice.chance(0.06) {
      child["shutdown"] = 60
      child["sup"] = hangingSupervisor()
      return
    }
    let shutdown: JSONValue = dice.pick(weighted: [
      (.null, 6), ("infinity", 2), ("brutal_kill", 1.5), (5000, 1),
    ])
    if shutdown != .null { child["shutdown"] = shutdown }
    child["sup"] = supervisor(
      depth: depth - 1, attempts: attempts, maySimple: true, isDynamic: isDynamic)
  }

  /// A supervisor that its parent has to kill after its 60 ms: a child of it takes longer to end.
  ///
  /// The others end at once, so that it is clear what has happened by then.
  private mutating func hangingSupervisor() -> JSONValue {
    let hanging: JSONValue = [
      "id": "h", "shutdown": 300,
      "worker": ["trap": true, "terminate": ["do": "hang"]],
    ]
    let quick: [JSONValue] = [
      ["id": "p", "worker": [:]], ["id": "q", "worker": ["trap": true]],
    ]
    return [
      "strategy": "one_for_one", "intensity": 50, "period": 3600,
      "children": .array(dice.shuffled(quick + [hanging])),
    ]
  }

  private mutating func holdWorker(_ child: inout JSONValue, isDynamic: Bool, attempts: Int) {
    let worker = worker(isDynamic: isDynamic, attempts: attempts)
    let traps = worker["trap"]?.bool == true
    var shutdown: JSONValue = dice.pick(weighted: [
      (.null, 4), ("brutal_kill", 1.5), (2000, 2), (5000, 1), ("infinity", 1.5),
    ])
    if worker["terminate"]?["do"] == "hang" {
      shutdown = dice.pick([30, 40, "brutal_kill"])
    } else if !traps, dice.chance(0.1) {
      // Only without trapping: else it is a race who comes first.
      shutdown = dice.pick([0, 20])
    }
    if shutdown != .null { child["shutdown"] = shutdown }
    let type: JSONValue = dice.pick(weighted: [("worker", 6), (.null, 4), ("supervisor", 0.4)])
    if type != .null { child["type"] = type }
    child["worker"] = worker
  }

  // MARK: - Workers

  private mutating func worker(isDynamic: Bool, attempts: Int) -> JSONValue {
    var worker: JSONValue = [:]
    let traps = dice.chance(0.5)
    if traps {
      worker["trap"] = true
      if dice.chance(0.3) { worker["on_exit_msg"] = "ignore" }
    }
    if dice.chance(traps ? 0.38 : 0.12) { worker["terminate"] = cleanup() }
    if dice.chance(0.4), let rule = rule(isDynamic: isDynamic, attempts: attempts) {
      worker["init"] = [rule]
    }
    return worker
  }

  private mutating func cleanup() -> JSONValue {
    switch dice.pick(weighted: [("sleep", 4), ("exit", 3), ("error", 1.5), ("hang", 2.5)]) {
    case "sleep": ["do": "sleep", "ms": dice.pick([5, 10, 20])]
    case "exit":
      [
        "do": "exit",
        "reason": dice.pick([
          "boom", "{shutdown,late}", "normal", "oops", "shutdown", "kill", "killed", "noproc",
        ]),
      ]
    case "error": ["do": "error", "reason": dice.pick(["bad_cleanup", "normal"])]
    default: ["do": "hang"]
    }
  }

  /// How starts of a worker go.
  private mutating func rule(isDynamic: Bool, attempts: Int) -> JSONValue? {
    var rule: JSONValue = [
      "do": .string(dice.pick(Self.failures)), "reason": dice.pick(Self.failureReasons),
    ]
    func limit(_ from: Int, _ to: Int?) {
      rule["from"] = .integer(from)
      if let to { rule["to"] = .integer(to) }
    }
    switch dice.pick(weighted: [
      ("once", 6), ("twice", 2), ("always", 2.5), ("ignore", 1.4), ("info", 1), ("first", 0.4),
      ("ignore first", 0.8),
    ]) {
    case "once":
      let number = dice.pick([2, 2, 2, 3, 4])
      limit(number, number)
    case "twice":
      let number = dice.pick([2, 2, 3])
      limit(number, number + 1)
    case "always":
      let number = dice.pick([2, 2, 3])
      limit(number, attempts <= 40 ? nil : number + 2)
    case "ignore":
      if isDynamic { return nil }
      rule = ["from": 2, "to": 2, "do": "ignore"]
    case "info": rule = ["do": "ok_info", "reason": dice.pick(["extra", "{more,[1]}"])]
    case "first": limit(1, 1)
    default: rule = ["from": 1, "to": 1, "do": "ignore"]
    }
    return rule
  }
}

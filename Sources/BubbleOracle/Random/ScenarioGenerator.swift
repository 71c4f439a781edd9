import BubbleEvents

/// Makes random supervision scenarios: a tree, and actions on it.
///
/// The same seed gives the same scenario. What it makes has one outcome on every runtime: nothing
/// in it depends on a race, on a version of OTP, or on the faults of OTP that
/// Tests/Oracle/FORMAT.md leaves out. The parts that keep it so say why.
package struct ScenarioGenerator {
  /// What the generator knows of a path.
  struct Place {
    var path: String
    var parent: String
    var id: String
    /// The child specification, or nothing for the root and dynamic children.
    var spec: JSONValue
    /// The worker or the supervisor.
    var definition: JSONValue
    var isSupervisor: Bool
    var isDynamic: Bool
    /// No action may aim at it: it has unlinked itself.
    var isFrozen = false

    var isSimple: Bool { definition["strategy"] == "simple_one_for_one" }
    var traps: Bool { definition["trap"]?.bool == true }
    var hangs: Bool { definition["terminate"]?["do"] == "hang" }
  }

  var dice: Dice
  var places: [Place] = []
  /// Numbers the children added later, so that no id comes twice by chance.
  var added = 0

  private init(seed: UInt64) {
    dice = Dice(seed: seed)
  }

  /// The scenario of that seed.
  package static func scenario(seed: UInt64) -> JSONValue {
    var generator = ScenarioGenerator(seed: seed)
    return generator.scenario(seed: seed)
  }

  private mutating func scenario(seed: UInt64) -> JSONValue {
    let isTimed = dice.chance(0.03)
    let (tree, actions) = isTimed ? windowStory() : story()
    var scenario: JSONValue = [
      "name": .string("seed\(seed)"), "format": 1, "tree": tree, "actions": .array(actions),
    ]
    if isTimed { scenario["timed"] = true }
    return scenario
  }

  private mutating func story() -> (JSONValue, [JSONValue]) {
    let depth = dice.pick([0, 1, 1, 2, 2, 3])
    let tree = supervisor(isRoot: true, depth: depth, attempts: 1)
    register(tree, at: "/", parent: "", id: "", spec: .null, isDynamic: false)
    var actions: [JSONValue] = []
    for _ in 0..<dice.pick([3, 5, 7, 9, 12]) { actions += step() }
    let reason = dice.pick(weighted: [
      ("shutdown", 8), ("normal", 0.7), ("kill", 0.5), ("boom", 0.5), ("{shutdown,x}", 0.3),
      ("", 0.5),
    ])
    if !reason.isEmpty { actions.append(["op": "stop", "reason": .string(reason)]) }
    return (tree, actions)
  }

  // MARK: - Paths

  /// Notes a process and everything below it; a path that is known keeps its kind.
  mutating func register(
    _ definition: JSONValue, at path: String, parent: String, id: String, spec: JSONValue,
    isDynamic: Bool
  ) {
    let isSupervisor = definition["strategy"] != nil || definition["children"] != nil
    let place = Place(
      path: path, parent: parent, id: id, spec: spec, definition: definition,
      isSupervisor: isSupervisor, isDynamic: isDynamic)
    if let index = places.firstIndex(where: { $0.path == path }) {
      places[index] = place
    } else {
      places.append(place)
    }
    guard isSupervisor, !place.isSimple else { return }
    for child in definition["children"]?.array ?? [] {
      guard let id = child["id"]?.string, child["raw"] == nil, child["start_raw"] == nil else {
        continue
      }
      register(
        child["sup"] ?? child["worker"] ?? [:], at: OracleTree.join(path, id), parent: path,
        id: id, spec: child, isDynamic: false)
    }
  }

  func place(at path: String) -> Place? { places.first { $0.path == path } }

  /// The children that a supervisor was given, in the order they were noted.
  func children(of path: String) -> [Place] { places.filter { $0.parent == path } }

  mutating func supervisorPlace(isSimple: Bool? = nil) -> Place? {
    let candidates = places.filter { place in
      place.isSupervisor && !place.isFrozen && (isSimple == nil || place.isSimple == isSimple)
    }
    return candidates.isEmpty ? nil : dice.pick(candidates)
  }

  /// A process to aim at, mostly not the root, so that scenarios do not end too early.
  mutating func target(workersOnly: Bool = false) -> Place? {
    let candidates = places.filter { place in
      !place.isFrozen && !(workersOnly && place.isSupervisor)
        && (place.path != "/" || places.count < 3)
    }
    guard !candidates.isEmpty else { return nil }
    let workers = candidates.filter { !$0.isSupervisor }
    return dice.pick(workers.isEmpty || dice.chance(0.2) ? candidates : workers)
  }
}

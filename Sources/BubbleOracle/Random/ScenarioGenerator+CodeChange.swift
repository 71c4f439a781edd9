extension ScenarioGenerator {
  /// Another definition for a supervisor: mostly one that it takes, sometimes one that it refuses.
  mutating func changeCode() -> [JSONValue] {
    guard let supervisor = supervisorPlace() else { return [] }
    var definition = supervisor.definition
    for _ in 0..<dice.pick([1, 1, 2, 3]) {
      if supervisor.isSimple {
        changeTemplate(of: &definition)
      } else {
        change(&definition, of: supervisor)
      }
    }
    let isRefused = supervisor.isSimple && definition["children"]?.array?.count != 1
    if !isRefused, let index = places.firstIndex(where: { $0.path == supervisor.path }) {
      places[index].definition = definition
    }
    return [["op": "code_change", "sup": .string(supervisor.path), "def": definition]]
  }

  private mutating func change(_ definition: inout JSONValue, of supervisor: Place) {
    var children = definition["children"]?.array ?? []
    switch dice.pick(weighted: [
      ("intensity", 3), ("strategy", 3), ("autoShutdown", 2), ("drop", 2), ("add", 3),
      ("reorder", 1.5), ("child", 3), ("refused", 1.5), ("init", 0.7),
    ]) {
    case "intensity": definition["intensity"] = dice.pick([0, 1, 4, 6])
    case "strategy":
      definition["strategy"] = dice.pick(["one_for_one", "one_for_all", "rest_for_one"])
    case "autoShutdown":
      definition["auto_shutdown"] = dice.pick(["never", "any_significant", "all_significant"])
    case "drop" where children.count > 1:
      children.remove(at: dice.pick(Array(children.indices)))
    case "add":
      let child = newChild(of: supervisor, depth: dice.chance(0.2) ? 1 : 0)
      children.insert(child, at: dice.pick(Array(0...children.count)))
    case "reorder": children = dice.shuffled(children)
    case "child" where !children.isEmpty:
      let index = dice.pick(Array(children.indices))
      changeSpec(&children[index])
    case "refused": refuse(&definition, &children)
    case "init":
      definition["init"] = [
        [
          "do": .string(
            dice.pick(["bad_return", "exit", "error"] + (supervisor.isDynamic ? [] : ["ignore"]))),
          "reason": "{no,[thing]}",
        ]
      ]
    default: break
    }
    definition["children"] = .array(children)
  }

  /// Never anything that makes a race or a worker that cannot be ended.
  private mutating func changeSpec(_ child: inout JSONValue) {
    guard child["id"] != nil, child["raw"] == nil else { return }
    switch dice.pick([0, 1, 2, 3]) {
    case 0: child["restart"] = dice.pick(["permanent", "transient", "temporary"])
    case 1 where child["shutdown"] != 60: child["shutdown"] = "brutal_kill"
    case 2: child["significant"] = dice.chance(0.7) ? true : false
    default: child["modules"] = dice.pick([["n"], "dynamic"])
    }
  }

  private mutating func refuse(_ definition: inout JSONValue, _ children: inout [JSONValue]) {
    switch dice.pick([0, 1, 2, 3]) {
    case 0: definition["intensity"] = -1
    case 1: definition["flags_raw"] = dice.pick(["hej", "{one_for_one,1,0}", "#{strategy=>foo}"])
    case 2: children.append(children.first ?? wrongSpec())
    default: children.append(wrongSpec())
    }
  }

  private mutating func changeTemplate(of definition: inout JSONValue) {
    var children = definition["children"]?.array ?? []
    switch dice.pick(["intensity", "template", "template", "none", "refused"]) {
    case "intensity": definition["intensity"] = dice.pick([0, 1, 4, 6])
    case "template" where !children.isEmpty: changeSpec(&children[0])
    case "none": children = []
    case "refused": definition["intensity"] = -1
    default: break
    }
    // A template may not be significant.
    if !children.isEmpty, children[0]["significant"] != nil { children[0]["significant"] = false }
    definition["children"] = .array(children)
  }
}

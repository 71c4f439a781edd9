extension ScenarioGenerator {
  /// A specification that a supervisor may refuse; it never names a function that is not there.
  mutating func wrongSpec() -> JSONValue {
    dice.pick([
      ["id": "z", "worker": [:], "restart": "prmanent"],
      ["id": "z", "worker": [:], "shutdown": -1],
      ["id": "z", "worker": [:], "type": "wrker"], ["raw": "hej"], ["raw": "{a,b}"],
      ["id": "z", "omit": ["start"]], ["omit": ["id"], "worker": [:]],
      ["id": "z", "start_raw": "mfa"], ["id": "z", "start_raw": "{m,f,a}"],
      ["id": "z", "worker": [:], "restart": "permanent", "significant": true],
      ["id": "z", "worker": [:], "restart": "temporary", "significant": true],
      ["id": "z", "worker": [:], "significant": "maybe"],
      ["id": "z", "worker": [:], "modules": "m"],
      ["id": "z", "worker": [:], "modules": ["m", "{x}"]],
      ["id": "z", "worker": [:], "shutdown": "soon"],
      ["id": "z", "worker": [:], "shutdown": "{a}"],
    ])
  }

  /// Any mixture of good and bad values, only ever checked and never started.
  private mutating func anySpec() -> JSONValue {
    if dice.chance(0.15) {
      return [
        "raw": dice.pick([
          "hej", "[]", "{}", "7", "{child,{m,f,[]},permanent,1000,worker,[m]}",
          "{child,{m,f,[]},prmanent,1000,worker,[m]}", "{child,mfa,permanent,1000,worker,[]}",
          "{child,{m,f,[a]},transient,infinity,supervisor,dynamic}",
          "{child,{m,f,[]},temporary,brutal_kill,wrker,[m]}",
          "{child,{m,f,[]},permanent,-1,worker,[m]}", "{child,{m,f,[]},permanent,1000,worker,[7]}",
          "{child,{m,f,[]},permanent,1000,worker}",
        ])
      ]
    }
    var spec: JSONValue = ["id": dice.pick(["a", "b", "c", "{k,1}", "[x]", "9"])]
    func maybe(_ key: String, _ good: [JSONValue], _ bad: [JSONValue]) {
      if dice.chance(0.45) { return }
      spec[key] = dice.pick(dice.chance(0.82) ? good : bad)
    }
    maybe("restart", ["permanent", "transient", "temporary"], ["prmanent", "7", "[]"])
    maybe("significant", [true, false, false], ["maybe", 1])
    maybe("type", ["worker", "supervisor"], ["wrker", 0])
    maybe("shutdown", [0, 100, "infinity", "brutal_kill"], [-1, "soon", "{a}", "[]"])
    maybe("modules", [["m"], [], "dynamic", ["m", "n"]], ["m", [7], ["m", "{x}"], 3])
    if dice.chance(0.2) {
      spec["start_raw"] = dice.pick([
        "{m,f,[]}", "{m,f,[a,b]}", "mfa", "{m,f,a}", "{5,f,[]}", "{m,5,[]}", "{m,f}", "{m,f,[],x}",
      ])
    }
    if dice.chance(0.05) { spec["omit"] = dice.pick([["id"], ["start"], ["id", "start"]]) }
    return spec
  }

  /// A check of specifications, without any process.
  mutating func specCheck() -> JSONValue {
    var specs: JSONValue = dice.pick(["hej", "{a,b}", "[]"])
    if dice.chance(0.95) {
      specs = .array((0..<dice.pick([1, 1, 1, 2, 3])).map { _ in anySpec() })
    }
    var action: JSONValue = ["op": "check_childspecs", "specs": specs]
    if dice.chance(0.4) {
      action["auto_shutdown"] = dice.pick([
        "never", "any_significant", "all_significant", "sometimes",
      ])
    }
    return action
  }
}

/// Random scenarios of one state machine or one event manager.
///
/// The same seed gives the same scenario. What would run in circles for ever is left out, and so is
/// what depends on chance in OTP: the times of time-outs are chosen so that no two end together.
package struct BehaviourGenerator {
  /// Which behaviour a scenario is about.
  package enum Behaviour: String, CaseIterable, Sendable {
    case stateMachine = "gen_statem"
    case eventManager = "gen_event"
  }

  private var dice: Dice

  private init(seed: UInt64) {
    dice = Dice(seed: seed)
  }

  /// The scenario of a seed.
  package static func scenario(_ behaviour: Behaviour, seed: UInt64) -> JSONValue {
    var generator = BehaviourGenerator(seed: seed)
    let head: [(key: String, value: JSONValue)] = [
      ("name", .string("\(behaviour.rawValue)-\(seed)")),
      ("behaviour", .string(behaviour.rawValue)),
    ]
    switch behaviour {
    case .stateMachine: return .object(head + generator.stateMachine())
    case .eventManager: return .object(head + generator.eventManager())
    }
  }
}

// MARK: State machines

extension BehaviourGenerator {
  private static let states = ["a", "b", "c"]
  private static let events = ["e1", "e2", "e3"]
  private static let timers = ["event", "state", "n1", "n2"]
  /// Units of time; no sum of two of them is one of them.
  private static let units = ["event": 3, "state": 1, "n1": 7, "n2": 12]

  private mutating func stateMachine() -> [(key: String, value: JSONValue)] {
    let enters = dice.chance(0.5)
    var rules: [(key: String, value: JSONValue)] = []
    for state in Self.states {
      for type in ["cast", "call", "info"] {
        for event in Self.events where dice.chance(0.55) {
          rules.append(("\(state) \(type) \(event)", rule(.message)))
        }
      }
      for index in 1...3 where dice.chance(0.6) {
        rules.append(("\(state) internal i\(index)", rule(.inserted(index))))
      }
      for timer in Self.timers where dice.chance(0.6) {
        let type =
          switch timer {
          case "event": "timeout"
          case "state": "state_timeout"
          default: "{timeout,\(timer)}"
          }
        rules.append(("\(state) \(type) t\(dice.pick([1, 2]))", rule(.timeout)))
      }
      for other in Self.states where enters && dice.chance(0.4) {
        rules.append(("\(state) enter from \(other)", rule(.enter)))
      }
    }
    if dice.chance(0.1) {
      rules.append(("terminate", ["do": "raise", "reason": "worse"]))
    }
    let steps = (1...6).map { _ in
      JSONValue.array(
        (1...4).map { _ in
          [.string(dice.pick(["cast", "cast", "call", "info"])), .string(dice.pick(Self.events))]
        })
    }
    return [
      ("enter", .bool(enters)), ("init", beginning()), ("rules", .object(rules)),
      ("steps", .array(steps)), ("end", .string(dice.pick(["normal", "shutdown", "boom"]))),
    ]
  }

  private mutating func beginning() -> JSONValue {
    if dice.chance(0.06) {
      return dice.pick([["do": "ignore"], ["do": "stop_init", "reason": "no"], ["do": "bad"]])
    }
    return ["do": "ok", "state": "a", "actions": .array(actions(.message, postpones: false))]
  }

  /// What a rule is for, which limits what it may do without running in circles.
  private enum Purpose: Equatable {
    case message
    case inserted(Int)
    case timeout
    case enter
  }

  private mutating func rule(_ purpose: Purpose) -> JSONValue {
    var deeds: [(String, Double)] = [
      ("keep", 30), ("keep_data", 8), ("stop", 1.5), ("raise", 1.5), ("exit", 1.5), ("bad", 0.7),
      ("stop_and_reply", 1.5),
    ]
    if purpose != .enter { deeds += [("next", 40), ("repeat", 6), ("repeat_data", 3)] }
    if purpose == .enter { deeds += [("next", 1)] }
    let deed = dice.pick(weighted: deeds)
    let postpones = purpose == .message && deed.hasPrefix("keep") && dice.chance(0.5)
    var members: [(key: String, value: JSONValue)] = [("do", .string(deed))]
    switch deed {
    case "next": members.append(("state", .string(dice.pick(Self.states))))
    case "stop", "raise", "exit", "stop_and_reply":
      members.append(("reason", .string(dice.pick(["normal", "shutdown", "boom"]))))
    default: break
    }
    members.append(("actions", .array(actions(purpose, postpones: postpones))))
    return .object(members)
  }

  private mutating func actions(_ purpose: Purpose, postpones: Bool) -> [JSONValue] {
    var actions: [JSONValue] = []
    if purpose == .message { actions.append(["reply"]) }
    if postpones { actions.append(["postpone"]) }
    for _ in 0..<dice.pick([0, 0, 1, 2, 3]) {
      actions += action(purpose, postpones: postpones)
    }
    return dice.chance(0.1) ? actions + [["hibernate"]] : actions
  }

  private mutating func action(_ purpose: Purpose, postpones: Bool) -> [JSONValue] {
    let timer = dice.pick(Self.timers)
    let content = JSONValue.string(dice.pick(["t1", "t2"]))
    let units = Self.units[timer, default: 1] + (dice.chance(0.3) ? 20 : 0)
    let timed: JSONValue = ["timeout", .string(timer), .integer(units), content]
    switch (purpose, dice.pick([0, 1, 2, 3])) {
    case (.enter, 0): return dice.chance(0.1) ? [["postpone"]] : []
    case (.enter, 1): return dice.chance(0.1) ? [["next_event", "internal", "i3"]] : []
    case (.enter, 2): return [timed]
    case (.message, 0) where !postpones, (.message, 1) where !postpones:
      let first = dice.pick([1, 2, 3])
      return [["next_event", "internal", .string("i\(first)")]]
    case (.inserted(let index), 0) where index < 3:
      return [["next_event", "internal", .string("i\(index + 1)")]]
    case (.message, 2) where !postpones && dice.chance(0.5):
      return [["timeout", .string(timer), 0, content]]
    case (.message, 2): return [timed]
    case (.message, 3) where !postpones && dice.chance(0.4):
      return [["update", .string(timer), content]]
    case (_, 3): return [["cancel", .string(timer)]]
    default: return []
    }
  }
}

// MARK: Event managers

extension BehaviourGenerator {
  private static let handlers = ["h1", "h2", "h3", "h4"]

  private mutating func eventManager() -> [(key: String, value: JSONValue)] {
    var rules: [(key: String, value: JSONValue)] = []
    for handler in Self.handlers {
      for event in Self.events {
        for type in ["event", "info", "call"] where dice.chance(0.25) {
          rules.append(("\(handler) \(type) \(event)", deed()))
        }
      }
      for key in ["init", "terminate"] where dice.chance(0.1) {
        rules.append(("\(handler) \(key)", ["do": .string(dice.pick(["raise", "exit", "bad"]))]))
      }
      if dice.chance(0.1) { rules.append(("\(handler) exit gone", deed())) }
    }
    let steps = (1...16).map { _ in JSONValue.array(operation().map(JSONValue.string)) }
    return [("rules", .object(rules)), ("steps", .array(steps))]
  }

  private mutating func deed() -> JSONValue {
    let deed = dice.pick(["remove", "raise", "exit", "bad", "swap", "swap"])
    return deed == "swap"
      ? ["do": "swap", "to": .string(dice.pick(Self.handlers))] : ["do": .string(deed)]
  }

  private mutating func operation() -> [String] {
    let (handler, owner) = (dice.pick(Self.handlers), dice.pick(["o1", "o2"]))
    let event = dice.pick(Self.events)
    let kind = dice.pick(weighted: [
      ("add", 4), ("add_sup", 4), ("delete", 2), ("swap", 2), ("swap_sup", 2), ("call", 3),
      ("notify", 5), ("sync_notify", 3), ("info", 2), ("which", 2), ("end_owner", 1),
    ])
    switch kind {
    case "add", "delete": return [kind, handler]
    case "add_sup": return [kind, owner, handler]
    case "swap": return [kind, handler, dice.pick(Self.handlers)]
    case "swap_sup": return [kind, owner, handler, dice.pick(Self.handlers)]
    case "call": return [kind, handler, event]
    case "notify", "sync_notify", "info": return [kind, event]
    case "which": return [kind]
    default: return [kind, owner, "gone"]
    }
  }
}

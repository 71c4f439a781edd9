import BubbleEvents

/// What the row does that lets faults happen by chance.
enum ChaosActions {
  /// One kill every five seconds: often enough to watch, seldom enough for most intensities.
  static let usual = FaultPlan(rate: FaultRate(perHour: 720, scope: .together))

  static let choices = ["off", "12/min together", "1/s together", "target=", "seed="]

  /// Begins, or ends what goes on; a plan in words begins another.
  @Sendable static func toggle(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let words = input.text.split(separator: " ").map(String.init)
    if words.isEmpty ? model.chaos != nil : words == ["off"] {
      guard model.chaos != nil else { throw Refusal("there is no chaos") }
      model.leavePreview()
      return [.chaos(nil)]
    }
    var status = ChaosStatus(plan: usual, seed: model.nextChaosSeed)
    try status.read(words)
    model.nextChaosSeed = status.seed &+ 1
    model.leavePreview()
    return [.chaos(status)]
  }
}

extension ChaosStatus {
  private static let grammar =
    "write a rate such as 12/min or '6/h together', or seed=7, target=cache, reason=badarg, "
    + "slow=10%, fail=10%, refuse=10%, supervisors"

  fileprivate mutating func read(_ words: [String]) throws(Refusal) {
    var rate: [String] = []
    var reasons: [FaultPlan.Reason] = []
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if word == "supervisors" {
        plan.includesSupervisors = true
      } else if !word.contains("=") {
        rate.append(word)
      } else if parts.count == 2, parts[0] == "reason" {
        guard let reason = FaultPlan.Reason(describedAs: parts[1]) else {
          throw Refusal("'\(parts[1])' is not a reason: write kill, badarg or kill:3")
        }
        reasons.append(reason)
      } else if parts.count == 2 {
        try set(parts[0], parts[1])
      } else {
        throw Refusal("'\(word)' says nothing: \(Self.grammar)")
      }
    }
    if !reasons.isEmpty { plan.reasons = reasons }
    guard !rate.isEmpty else { return }
    let text = rate.joined(separator: " ")
    guard let read = FaultRate(describedAs: text) else {
      throw Refusal("'\(text)' is not a rate: \(Self.grammar)")
    }
    plan.rate = read
  }

  private mutating func set(_ name: String, _ text: String) throws(Refusal) {
    switch name {
    case "seed":
      guard let number = UInt64(text) else {
        throw Refusal("'\(text)' is not a seed: write a whole number")
      }
      seed = number
    case "target":
      guard let target = FaultTarget(text) else {
        throw Refusal("'\(text)' is not a target: write an id, or ids between slashes")
      }
      plan.targets.append(target)
    case "slow": plan.consequences.slowStart = try chance(text)
    case "fail": plan.consequences.failedStart = try chance(text)
    case "refuse": plan.consequences.refusedShutdown = try chance(text)
    default: throw Refusal("there is no '\(name)': \(Self.grammar)")
    }
  }

  private func chance(_ text: String) throws(Refusal) -> Double {
    guard let chance = FaultPlan.Consequences.chance(describedAs: text) else {
      throw Refusal("'\(text)' is not a chance: write 10% or 0.1")
    }
    return chance
  }
}

import ArgumentParser
import BubbleCells
import BubbleEvents
import BubbleSimulation

/// What goes wrong, how often and with whom.
struct FaultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Crashes of each worker: 1/h, 0.5/min, 2/d; with “together”, of all of them: '6/h together'.",
      valueName: "rate"), transform: parseRate)
  var crashRate = FaultRate(perHour: 1)

  @Option(
    help: ArgumentHelp(
      "An exit reason, and its weight among several: kill, badarg, kill:3.", valueName: "reason"),
    transform: parseReason)
  var reason: [FaultPlan.Reason] = []

  @Option(
    help: ArgumentHelp(
      "Whom faults hit: cache, db_sup/cache, 'conn_sup/*'; every worker without it.",
      valueName: "name"), transform: parseTarget)
  var target: [FaultTarget] = []

  @Flag(help: "Let faults hit supervisors too, but for the root.")
  var supervisors = false

  @Option(
    help: "The chance that the start after a fault is slow: 10% or 0.1.", transform: parseChance)
  var slowStart = 0.0

  @Option(help: "How long a slow start takes.", transform: parseDuration)
  var startTakes: Duration = .seconds(1)

  @Option(help: "The chance that the init after a fault fails.", transform: parseChance)
  var failedStart = 0.0

  @Option(
    help: "The chance that a sibling of the fault refuses when next told to end.",
    transform: parseChance)
  var refusedShutdown = 0.0

  /// All of it as a plan.
  var plan: FaultPlan {
    var consequences = FaultPlan.Consequences()
    consequences.slowStart = slowStart
    consequences.delay = startTakes
    consequences.failedStart = failedStart
    consequences.refusedShutdown = refusedShutdown
    return FaultPlan(
      rate: crashRate, reasons: reason.isEmpty ? [.init(.kill)] : reason, targets: target,
      includesSupervisors: supervisors, consequences: consequences)
  }
}

private func parseRate(_ text: String) throws -> FaultRate {
  guard let rate = FaultRate(describedAs: text) else {
    throw ValidationError(
      "“\(sanitised(text))” is not a rate; write 1/h, 0.5/min, 2/d or '6/h together'")
  }
  return rate
}

private func parseTarget(_ text: String) throws -> FaultTarget {
  guard let target = FaultTarget(text) else {
    throw ValidationError(
      "“\(sanitised(text))” is not a target; write an id, or ids between slashes")
  }
  return target
}

private func parseReason(_ text: String) throws -> FaultPlan.Reason {
  guard let reason = FaultPlan.Reason(describedAs: text) else {
    throw ValidationError(
      "“\(sanitised(text))” is not a reason; write kill, badarg, '{shutdown,done}' or kill:3")
  }
  return reason
}

func parseChance(_ text: String) throws -> Double {
  guard let chance = FaultPlan.Consequences.chance(describedAs: text) else {
    throw ValidationError("“\(sanitised(text))” is not a chance; write 10% or 0.1")
  }
  return chance
}

import BubbleText
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import BubbleTree

/// What a study found out, as tables and words for people.
struct StudyText {
  /// Workers of a variant that are listed; of more, those that ran least.
  static let workersShown = 20
  private static let nameWidth = 26

  let results: StudyResults
  let study: FaultStudy
  let risk: Double

  /// All of it, ending with a line break.
  var text: String {
    var lines = heading
    for variant in results.variants { lines += [""] + table(of: variant) }
    lines += [""] + verdict
    return lines.map(trimmedAtEnd).joined(separator: "\n") + "\n"
  }

  // MARK: - Heading

  private var heading: [String] {
    let plan = study.plan
    let whom =
      plan.targets.isEmpty
      ? (plan.includesSupervisors ? "child" : "worker")
      : "of " + plan.targets.map { sanitised($0.description) }.joined(separator: ", ")
    let scope = plan.rate.scope == .each ? "of each \(whom)" : "in all, of any \(whom)"
    let rate = FaultRate(perHour: plan.rate.perHour).description
    let reasons = plan.reasons.map { sanitised($0.reason.description) }.joined(separator: ", ")
    var lines = [
      "\(sanitised(study.scenario.name)): "
        + "\(grouped(study.runs)) runs of \(hours), seed \(study.seed)",
      "crashes: \(rate) \(scope) (\(reasons))",
    ]
    if !study.keepsTraffic {
      lines.append("Workers do not talk to each other; --traffic lets them.")
    }
    return lines
  }

  private var hours: String {
    let seconds = study.duration.wholeNanoseconds / 1_000_000_000
    return seconds % 3600 == 0 && seconds > 0 ? "\(grouped(Int(seconds / 3600))) h" : "\(seconds) s"
  }

  // MARK: - Tables

  private func table(of variant: StudyResults.Variant) -> [String] {
    var lines = [
      sanitised(variant.name),
      "  faults a run \(mean(variant.faults, digits: 1)), "
        + "supervisors that gave up a run \(mean(variant.escalations, digits: 3))",
      row("worker", "available", "restarts a run"),
    ]
    let shown = leastAvailable(variant.workers)
    for worker in shown {
      lines.append(
        row(
          worker.name, worker.availability.map { share($0, digits: 4) } ?? "-",
          mean(worker.restarts, digits: 1)))
    }
    let rest = variant.workers.count - shown.count
    if rest > 0 { lines.append("  and \(grouped(rest)) that run at least as long") }
    lines.append(row("supervisor", "gives up in \(hours)", "restarts a run", "allowed"))
    for supervisor in variant.supervisors {
      lines.append(
        row(
          supervisor.name, interval(supervisor.givesUp), mean(supervisor.restarts, digits: 2),
          supervisor.flags.intensity.description))
    }
    lines.append(row("the whole machine", interval(variant.machineEnds), ""))
    return lines
  }

  /// The workers in start order; of too many, those that run least.
  private func leastAvailable(_ workers: [StudyResults.Worker]) -> [StudyResults.Worker] {
    guard workers.count > Self.workersShown else { return workers }
    let order = workers.indices.sorted { first, second in
      let (left, right) = (workers[first].availability, workers[second].availability)
      let (one, other) = (left?.value ?? 1, right?.value ?? 1)
      return one == other ? first < second : one < other
    }
    return order.prefix(Self.workersShown).sorted().map { workers[$0] }
  }

  private func row(_ name: String, _ first: String, _ second: String, _ third: String = "")
    -> String
  {
    "  " + padded(name, to: Self.nameWidth) + " " + padded(first, to: 24, alignment: .right) + " "
      + padded(second, to: 18, alignment: .right) + "  " + third
  }

  // MARK: - Words

  private var verdict: [String] {
    let title =
      "What suffices, so that a supervisor gives up in at most \(percent(risk, digits: 1)) of runs:"
    return [title] + results.needs.map { "  " + sentence(on: $0) }
      + ["Intervals hold the truth in 95 of 100 studies."]
  }

  private func sentence(on need: StudyResults.Need) -> String {
    let name = sanitised(need.name)
    let written = need.written
    guard let restarts = need.restarts(atRisk: risk) else {
      if Estimate.proportion(0, of: study.runs).upper > risk {
        let runs = "\(grouped(study.runs)) \(noun(for: study.runs, "run is", "runs are"))"
        return "\(name): \(runs) too few to say; take more --runs"
      }
      let most = FaultStudy.intensityLimit
      return "\(name): more than \(most) \(noun(for: most, "restart")) in \(written.seconds) s"
    }
    let needed = RestartIntensity(restarts, in: written.seconds)
    guard restarts > written.restarts else {
      return restarts == written.restarts
        ? "\(name): \(needed), as it is"
        : "\(name): \(needed); it has \(written), more than enough"
    }
    return "\(name): \(needed); it has \(written), too little in "
      + "\(interval(need.exceeds(written.restarts))) of runs"
  }

  // MARK: - Numbers

  private func mean(_ estimate: Estimate, digits: Int) -> String {
    let spread = (estimate.upper - estimate.lower) / 2
    return fixed(estimate.value, digits) + " ±" + fixed(spread, digits)
  }

  private func share(_ estimate: Estimate, digits: Int) -> String {
    let spread = (estimate.upper - estimate.lower) / 2
    return percent(estimate.value, digits: digits) + " ±" + fixed(spread * 100, digits)
  }

  private func interval(_ estimate: Estimate) -> String {
    percent(estimate.value, digits: 1) + " (\(fixed(estimate.lower * 100, 1)) to "
      + "\(fixed(estimate.upper * 100, 1)))"
  }

  private func percent(_ share: Double, digits: Int) -> String { fixed(share * 100, digits) + " %" }
}

/// A number with so many digits after the point, rounded; the same everywhere.
///
/// One that is too large for that is written in full.
func fixed(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard let whole = Int(exactly: scaled) else { return "\(value)" }
  let sign = value < 0 && whole > 0 ? "-" : ""
  guard digits > 0 else { return sign + String(whole) }
  let fraction = String(whole % Int(scale))
  return sign + String(whole / Int(scale)) + "."
    + String(repeating: "0", count: digits - fraction.count) + fraction
}

private func trimmedAtEnd(_ line: String) -> String {
  var line = line[...]
  while line.last == " " { line.removeLast() }
  return String(line)
}

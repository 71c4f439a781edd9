import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import Foundation

/// What a study found out, as JSON for programs; docs/SIMULATE.md describes it.
struct StudyDocument: Encodable {
  struct Faults: Encodable {
    var ratePerHour: Double
    var scope: String
    var reasons: [Reason]
    var targets: [String]
    var supervisors: Bool
    var slowStart: Double
    var startTakesSeconds: Double
    var failedStart: Double
    var refusedShutdown: Double
  }

  struct Reason: Encodable {
    var reason: String
    var weight: Double
  }

  struct Interval: Encodable {
    var value: Double
    var lower: Double
    var upper: Double
  }

  struct Intensity: Encodable {
    var restarts: Int
    var seconds: Int
  }

  struct Worker: Encodable {
    var name: String
    var availability: Interval?
    var restarts: Interval
  }

  struct Supervisor: Encodable {
    var name: String
    var strategy: String
    var intensity: Intensity
    var givesUp: Interval
    var restarts: Interval
  }

  struct Variant: Encodable {
    var name: String
    var faults: Interval
    var escalations: Interval
    var machineEnds: Interval
    var workers: [Worker]
    var supervisors: [Supervisor]
  }

  struct Need: Encodable {
    var supervisor: String
    var written: Intensity
    /// Absent when the runs do not tell.
    var needed: Intensity?
    /// The share of runs in which the written intensity is too little.
    var tooLittle: Interval
  }

  var scenario: String
  var seed: UInt64
  var hours: Double
  var runs: Int
  var traffic: Bool
  var risk: Double
  var faults: Faults
  var variants: [Variant]
  var needs: [Need]

  init(_ results: StudyResults, _ study: FaultStudy, risk: Double) {
    scenario = study.scenario.name
    seed = study.seed
    hours = Double(study.duration.wholeNanoseconds) / 3_600_000_000_000
    runs = study.runs
    traffic = study.keepsTraffic
    self.risk = risk
    faults = Faults(study.plan)
    variants = results.variants.map(Variant.init)
    needs = results.needs.map { need in
      Need(
        supervisor: need.name, written: Intensity(need.written),
        needed: need.restarts(atRisk: risk).map {
          Intensity(RestartIntensity($0, in: need.written.seconds))
        }, tooLittle: Interval(need.exceeds(need.written.restarts)))
    }
  }

  /// The document, its keys in the order of the alphabet.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let bytes = withoutSteering(Array(try encoder.encode(self)))
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }
}

extension StudyDocument.Faults {
  fileprivate init(_ plan: FaultPlan) {
    ratePerHour = plan.rate.perHour
    scope = plan.rate.scope.rawValue
    reasons = plan.reasons.map {
      StudyDocument.Reason(reason: $0.reason.description, weight: $0.weight)
    }
    targets = plan.targets.map(\.description)
    supervisors = plan.includesSupervisors
    slowStart = plan.consequences.slowStart
    startTakesSeconds = Double(plan.consequences.delay.wholeNanoseconds) / 1e9
    failedStart = plan.consequences.failedStart
    refusedShutdown = plan.consequences.refusedShutdown
  }
}

extension StudyDocument.Interval {
  fileprivate init(_ estimate: Estimate) {
    self.init(value: estimate.value, lower: estimate.lower, upper: estimate.upper)
  }
}

extension StudyDocument.Intensity {
  fileprivate init(_ intensity: RestartIntensity) {
    self.init(restarts: intensity.restarts, seconds: intensity.seconds)
  }
}

extension StudyDocument.Variant {
  fileprivate init(_ variant: StudyResults.Variant) {
    name = variant.name
    faults = .init(variant.faults)
    escalations = .init(variant.escalations)
    machineEnds = .init(variant.machineEnds)
    workers = variant.workers.map { worker in
      StudyDocument.Worker(
        name: worker.name, availability: worker.availability.map { .init($0) },
        restarts: .init(worker.restarts))
    }
    supervisors = variant.supervisors.map { supervisor in
      StudyDocument.Supervisor(
        name: supervisor.name, strategy: supervisor.flags.strategy.rawValue,
        intensity: .init(supervisor.flags.intensity), givesUp: .init(supervisor.givesUp),
        restarts: .init(supervisor.restarts))
    }
  }
}

import BubbleCopyOnWrite
public import BubbleEvents
import BubbleSimulation
import BubbleKernel

/// A question about a scenario: what becomes of it under faults by chance, in many runs.
///
/// Run number n has the same chance under every variant, so variants differ by what they do and not
/// by luck. The results depend on the seed alone, whatever the number of jobs. The scenario's
/// script and its faults at given instants are left out.
public struct FaultStudy: Sendable {
  /// The most restarts within a period that the study of what suffices looks at.
  public static let intensityLimit = 100
  /// Runs done as one piece of work.
  static let chunkSize = 16

  /// What is run.
  public var scenario: Scenario
  /// The faults.
  public var plan: FaultPlan
  /// How much of the machine's time a run has, at least a nanosecond.
  public var duration: Duration
  /// How many runs each variant has, at least 1.
  public var runs: Int
  /// Where all chance begins.
  public var seed: UInt64
  /// Whether workers tick, call and cast as the scenario says.
  ///
  /// Without that a run costs only its faults, and workers start, end and stop as ever; calls that
  /// would fail with the fault of another do not. Workers that end on a message keep their traffic.
  public var keepsTraffic: Bool

  /// Creates a study.
  public init(
    of scenario: Scenario, plan: FaultPlan, duration: Duration, runs: Int, seed: UInt64 = 1,
    keepsTraffic: Bool = false
  ) {
    precondition(runs > 0, "a study has at least one run")
    precondition(duration >= .nanoseconds(1), "a run takes some time")
    self.scenario = scenario
    self.plan = plan
    self.duration = duration
    self.runs = runs
    self.seed = seed
    self.keepsTraffic = keepsTraffic
  }

  /// The first target of the plan that means nobody in the tree.
  public var unknownTarget: FaultTarget? {
    let places = StudyPlaces(scenario)
    return plan.targets.first { !places.contains($0.ids) }
  }

  /// The ids of the tree, for finding the one that was meant.
  public var ids: [String] { StudyPlaces(scenario).all.compactMap(\.ids.last) }

  /// Runs the variants, several runs at a time, and what each supervisor would need to bear it all.
  ///
  /// - Parameters:
  ///   - variants: What to compare.
  ///   - jobs: How many runs are under way at one time, at least 1.
  ///   - progress: Is told how many runs are done, and of how many.
  /// - Returns: What became of each variant, and what each supervisor needs.
  /// - Throws: `StudyVariant.Mistake`, before anything runs; `CancellationError` when the task is
  ///   cancelled.
  public func results(
    of variants: [StudyVariant], jobs: Int,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> StudyResults {
    var settings = try variants.map { try Setting($0.applied(to: stripped), self) }
    settings.append(Setting(patient, self))
    let pieces = settings.indices.flatMap { index in
      stride(from: 0, to: runs, by: Self.chunkSize).map { first in
        Piece(setting: index, runs: first..<min(runs, first + Self.chunkSize))
      }
    }
    let tallies = try await run(pieces, of: settings, jobs: jobs, progress: progress)
    var sums = settings.map { StudyTally($0.places) }
    for (piece, tally) in zip(pieces, tallies) {
      if let tally { sums[piece.setting].add(tally) }
    }
    let need = sums.removeLast()
    return StudyResults(
      variants: zip(variants, zip(settings, sums)).map { variant, setting in
        StudyResults.Variant(variant.name, setting.1, setting.0.places, duration)
      }, need: need, places: StudyPlaces(stripped))
  }

  // MARK: - Pieces of work

  /// A scenario ready to run.
  struct Setting: Sendable {
    @Boxed var scenario: Scenario
    var places: StudyPlaces
    @Boxed var study: FaultStudy

    init(_ scenario: Scenario, _ study: FaultStudy) {
      self.scenario = scenario
      self.study = study
      places = StudyPlaces(scenario)
    }
  }

  private struct Piece: Sendable {
    var setting: Int
    var runs: Range<Int>
  }

  /// Runs all pieces; what they came to, in their order.
  private func run(
    _ pieces: [Piece], of settings: [Setting], jobs: Int, progress: (Int, Int) -> Void
  ) async throws -> [StudyTally?] {
    let total = runs * settings.count
    return try await withThrowingTaskGroup(of: (Int, StudyTally).self) { group in
      var tallies = [StudyTally?](repeating: nil, count: pieces.count)
      var next = 0
      var done = 0
      func begin() {
        guard next < pieces.count else { return }
        let number = next
        next += 1
        group.addTask {
          let piece = pieces[number]
          return (number, try settings[piece.setting].tally(piece.runs))
        }
      }
      for _ in 0..<max(1, jobs) { begin() }
      while let (number, tally) = try await group.next() {
        tallies[number] = tally
        done += pieces[number].runs.count
        progress(done, total)
        begin()
      }
      return tallies
    }
  }

  // MARK: - Scenarios

  /// The scenario without the traffic that nothing depends on.
  private var stripped: Scenario {
    var result = scenario
    if !keepsTraffic, !result.root.endsOnMessages { result.root.dropTraffic() }
    return result
  }

  /// The scenario with supervisors that bear as many restarts as are counted.
  private var patient: Scenario {
    var result = stripped
    result.root.eachFlags { $0.intensity.restarts = Self.intensityLimit }
    return result
  }
}

extension FaultStudy.Setting {
  func tally(_ runs: Range<Int>) throws -> StudyTally {
    var tally = StudyTally(places)
    for number in runs {
      try Task.checkCancellation()
      tally.add(run(number), places, study.duration)
    }
    return tally
  }

  /// One run; its chance is decided by its number.
  func run(_ number: Int) -> StudyRun {
    var seeds = SplitMix64(seed: study.seed &+ UInt64(number) &* 0xD605_BBB5_8C8A_BC03)
    var machine = SimulatedMachine(scenario.simulation(seed: seeds.next()))
    machine.chaos.start(study.plan, seed: seeds.next(), at: .zero)
    var recorder = StudyRecorder(places)
    let end = RuntimeInstant.zero + study.duration
    let last = RuntimeInstant.zero + (study.duration - .nanoseconds(1))
    var progress: SimulatedMachine.Progress
    repeat {
      progress = machine.advance(to: last, turns: 1000)
      for event in machine.takeEvents() { recorder.follow(event) }
      // All turns of the instant at which the root ends belong to the run.
    } while progress != .idle && (recorder.run.end == nil || machine.isRunnable)
    return recorder.finish(at: recorder.run.end ?? end, faults: machine.chaos.faultCount)
  }
}

extension Scenario.Child {
  /// Whether a worker somewhere ends by the messages it gets.
  fileprivate var endsOnMessages: Bool {
    switch content {
    case .worker(let worker): worker.end?.onMessage != nil || worker.end?.chance != nil
    case .supervisor(_, let children): children.contains(where: \.endsOnMessages)
    case .dynamic(_, let template, _), .special(_, .partitions(let template, _)),
      .special(_, .limited(let template, _, _)):
      template.endsOnMessages
    case .special(_, .own(let children, _)): children.contains(where: \.endsOnMessages)
    case .special: false
    case .applications(let applications):
      applications.contains { $0.tree?.endsOnMessages ?? false }
    case .nodes(let nodes): nodes.contains(where: \.root.endsOnMessages)
    }
  }

  fileprivate mutating func dropTraffic() {
    if case .worker(var worker) = content {
      worker.tick = nil
      worker.calls = []
      worker.casts = []
      worker.state = []
      content = .worker(worker)
    }
    eachChild { $0.dropTraffic() }
  }

  fileprivate mutating func eachFlags(_ change: (inout SupervisorFlags) -> Void) {
    if var changed = flags {
      change(&changed)
      flags = changed
    }
    eachChild { $0.eachFlags(change) }
  }
}

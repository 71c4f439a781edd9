import BubbleDemos
import BubbleEvents
@testable import BubbleScenarios
import Foundation
import Testing

/// Many runs under faults by chance: numbers against closed forms, and the same numbers every time.
@Suite struct FaultStudyTests {
  /// One worker under one supervisor.
  static func single(_ restarts: Int, in seconds: Int, worker: String = "w") throws -> Scenario {
    try scenario(
      """
      tree:
        supervisor: top
        intensity: \(restarts) in \(seconds) s
        children:
          - worker: \(worker)
      """)
  }

  static func scenario(_ text: String) throws -> Scenario {
    try Scenario(yaml: text, file: "test.yaml")
  }

  static func study(
    _ scenario: Scenario, _ perHour: Double, hours: Double = 1, runs: Int, seed: UInt64 = 4711,
    _ change: (inout FaultPlan) -> Void = { _ in }
  ) -> FaultStudy {
    var plan = FaultPlan(rate: FaultRate(perHour: perHour))
    change(&plan)
    return FaultStudy(
      of: scenario, plan: plan, duration: .seconds(hours * 3600), runs: runs, seed: seed)
  }

  static func variant(
    _ study: FaultStudy, jobs: Int = 2
  ) async throws -> StudyResults.Variant {
    try #require(await study.results(of: [.asWritten], jobs: jobs).variants.first)
  }

  /// Whether a share of so many runs may come from that probability: within 3.3 standard
  /// deviations, which one of a thousand right programs misses.
  static func agrees(_ estimate: Estimate, _ probability: Double, runs: Int) -> Bool {
    abs(estimate.value - probability)
      < 3.3 * (probability * (1 - probability) / Double(runs)).squareRoot()
  }

  // MARK: - Closed forms

  /// The first crash ends the supervisor: the time to it is exponential.
  @Test(arguments: [0.2, 0.7, 2.0])
  func `with intensity 0 a supervisor gives up by 1 - exp(-λT)`(perHour: Double) async throws {
    let study = Self.study(try Self.single(0, in: 5), perHour, runs: 2000)
    let result = try await Self.variant(study)
    let exact = 1 - exp(-perHour)
    #expect(
      Self.agrees(result.machineEnds, exact, runs: 2000), "\(result.machineEnds), exactly \(exact)")
    #expect(result.supervisors[0].givesUp == result.machineEnds)
  }

  /// OTP compares whole seconds: with intensity 1 a supervisor gives up at a crash in the same
  /// second as the last one or in one of the P after it.
  ///
  /// So it lasts for n seconds when k of them have one crash, the others none, and more than P lie
  /// between any two: k seconds can be chosen so in C(n - (k-1)P, k) ways, and each choice has the
  /// probability (λ exp(-λ))^k exp(-λ)^(n-k).
  static func lasts(_ perSecond: Double, seconds: Int, period: Int) -> Double {
    var sum = 0.0
    var crashes = 0
    while seconds - (crashes - 1) * period >= crashes {
      let places = Double(seconds - (crashes - 1) * period)
      let ways =
        lgamma(places + 1) - lgamma(Double(crashes) + 1) - lgamma(places - Double(crashes) + 1)
      sum += exp(ways + Double(crashes) * log(perSecond) - Double(seconds) * perSecond)
      crashes += 1
    }
    return sum
  }

  @Test(arguments: [(20.0, 5), (8.0, 60), (30.0, 1)])
  func `with intensity 1 two crashes within the period end it`(
    perHour: Double, period: Int
  ) async throws {
    let study = Self.study(try Self.single(1, in: period), perHour, runs: 1000)
    let result = try await Self.variant(study)
    let exact = 1 - Self.lasts(perHour / 3600, seconds: 3600, period: period)
    #expect(exact > 0.1 && exact < 0.9)
    #expect(
      Self.agrees(result.machineEnds, exact, runs: 1000), "\(result.machineEnds), exactly \(exact)")
  }

  /// A worker is up for 1/λ and down for d, on the average.
  @Test func `the availability of a slow starter is its share of a cycle`() async throws {
    let study = Self.study(try Self.single(100, in: 5), 60, hours: 20, runs: 40) { plan in
      plan.consequences.slowStart = 1
      plan.consequences.delay = .seconds(20)
    }
    let worker = try #require(try await Self.variant(study).workers.first)
    let availability = try #require(worker.availability)
    #expect(abs(availability.value - 0.75) < 0.01)
    #expect(availability.lower < 0.755 && availability.upper > 0.745)
    #expect(abs(worker.restarts.value - 20 * 60 * 0.75) < 25)
  }

  @Test func `faults are as many as the rate says`() async throws {
    let result = try await Self.variant(
      Self.study(try Self.single(100, in: 5), 10, hours: 10, runs: 100))
    #expect(abs(result.faults.value - 100) < 3.3)
    #expect(result.workers[0].restarts == result.faults)
    #expect(result.workers[0].availability?.value == 1)
  }

  // MARK: - Variants and needs

  @Test func `what a supervisor needs is what variants come to`() async throws {
    let study = Self.study(try Self.single(3, in: 5), 60, runs: 300)
    let variants = try (0...4).map { try StudyVariant("intensity=\($0)/5") }
    let results = try await study.results(of: variants, jobs: 2)
    let need = try #require(results.needs.first)
    for (restarts, variant) in results.variants.enumerated() {
      #expect(need.exceeds(restarts) == variant.machineEnds, "\(restarts)")
    }
    let enough = try #require(need.restarts(atRisk: 0.05))
    #expect(need.exceeds(enough).upper <= 0.05)
    #expect(need.exceeds(enough - 1).upper > 0.05)
    #expect(need.written == RestartIntensity(3, in: 5))
  }

  @Test func `too few runs do not say what suffices`() async throws {
    let study = Self.study(try Self.single(3, in: 5), 1, runs: 20)
    let results = try await study.results(of: [], jobs: 1)
    #expect(results.needs.first?.restarts(atRisk: 0.01) == nil)
    #expect(results.needs.first?.restarts(atRisk: 0.5) != nil)
  }

  @Test func `a start that always fails ends even the most patient supervisor`() async throws {
    let study = Self.study(
      try Self.single(3, in: 5, worker: "w\n      start: {fails: 2-}"), 60, runs: 10)
    let results = try await study.results(of: [.asWritten], jobs: 2)
    #expect(results.variants[0].machineEnds.value == 1)
    #expect(results.needs[0].restarts(atRisk: 0.9) == nil)
  }

  @Test func `applications are studied like one tree`() async throws {
    func machine(_ restart: String) throws -> Scenario {
      try Self.scenario(
        """
        applications:
          - application: a
            restart: \(restart)
            tree: {supervisor: a_sup, intensity: 0 in 5 s, children: [{worker: w}]}
          - {application: b, needs: [a, c], tree: {supervisor: b_sup, children: [{worker: v}]}}
          - application: c
        """)
    }
    for (restart, isPermanent) in [("permanent", true), ("temporary", false)] {
      let study = Self.study(try machine(restart), 1, runs: 500) { plan in
        plan.targets = ["a/a_sup/w"].compactMap { FaultTarget($0) }
      }
      #expect(study.unknownTarget == nil)
      let results = try await study.results(
        of: [.asWritten, StudyVariant("a/a_sup.intensity=50/5")], jobs: 2)
      let written = results.variants[0]
      #expect(written.workers.map(\.name) == ["a/a_sup/w", "b/b_sup/v"])
      #expect(written.supervisors.map(\.name) == ["a/a_sup", "b/b_sup"])
      #expect(Self.agrees(written.supervisors[0].givesUp, 1 - exp(-1), runs: 500))
      #expect(written.machineEnds.value == (isPermanent ? written.supervisors[0].givesUp.value : 0))
      let isUp = written.workers[1].availability?.value == 1
      #expect(isUp != isPermanent)
      #expect(results.variants[1].supervisors[0].givesUp.value == 0)
    }
    #expect(throws: StudyVariant.Mistake.self) {
      _ = try StudyVariant("intensity=3/5").applied(to: machine("permanent"))
    }
  }

  static let rooms = """
    tree:
      supervisor: top
      children:
        - {supervisor: left, strategy: one_for_all, children: [{worker: a}, {worker: b}]}
        - {supervisor: right, children: [{worker: a}]}
        - {supervisor: pool, template: {worker: w}, count: 2}
    """

  @Test(arguments: [
    ("intensity=7/9", ["7 in 9", "1 in 5", "1 in 5", "1 in 5"]),
    ("intensity=7 in 9 s", ["7 in 9", "1 in 5", "1 in 5", "1 in 5"]),
    ("period=60", ["1 in 60", "1 in 5", "1 in 5", "1 in 5"]),
    ("*.intensity=0", ["0 in 5", "0 in 5", "0 in 5", "0 in 5"]),
    ("left.intensity=2/3 pool.period=8", ["1 in 5", "2 in 3", "1 in 5", "1 in 8"]),
    ("top/right.intensity=4/4", ["1 in 5", "1 in 5", "4 in 4", "1 in 5"]),
  ])
  func `a variant changes whom it names`(text: String, expected: [String]) async throws {
    let study = Self.study(try Self.scenario(Self.rooms), 1, runs: 1)
    let results = try await study.results(of: [try StudyVariant(text)], jobs: 1)
    let flags = results.variants[0].supervisors.map(\.flags.intensity)
    #expect(flags.map { "\($0.restarts) in \($0.seconds)" } == expected)
    #expect(results.variants[0].name == text)
  }

  @Test func `a variant's strategy acts`() async throws {
    let study = Self.study(try Self.scenario(Self.rooms), 30, runs: 20)
    let variants = [
      StudyVariant.asWritten, try StudyVariant("*.strategy=one_for_one *.intensity=9/1"),
      try StudyVariant("strategy=one_for_all *.intensity=9/1"),
    ]
    let results = try await study.results(of: variants, jobs: 2)
    #expect(
      results.variants[1].supervisors.map(\.flags.strategy) == [
        .oneForOne, .oneForOne, .oneForOne, .simpleOneForOne,
      ])
    let restarts = results.variants.map { $0.workers[0].restarts.value }
    // Under one_for_all both of `left` start again with each crash of either.
    #expect(restarts[2] > restarts[1] * 1.5)
  }

  @Test(arguments: [
    ("", "intensity=1/5"), ("intensity", "not a change"), ("intensity=x", "“x”"),
    ("intensity=-1/5", "“-1/5”"), ("intensity=1/0", "“1/0”"), ("intensity=1/2/3", "“1/2/3”"),
    ("period=0", "“0”"), ("strategy=one_for_al", "“one_for_al”"),
    ("strategy=simple_one_for_one", "“simple_one_for_one”"), ("intensty=1/5", "intensity"),
  ])
  func `a variant that says nothing sensible is refused`(text: String, culprit: String) {
    let mistake = #expect(throws: StudyVariant.Mistake.self) { try StudyVariant(text) }
    #expect(mistake?.description.contains(culprit) == true)
  }

  @Test(arguments: [
    ("rigth.intensity=1/5", "did you mean right?"), ("a.intensity=1/5", "“a”"),
    ("pool.strategy=one_for_all", "simple_one_for_one"),
  ])
  func `a variant of nobody is refused before anything runs`(
    text: String, culprit: String
  ) async throws {
    let study = Self.study(try Self.scenario(Self.rooms), 1, runs: 1)
    let variant = try StudyVariant(text)
    let mistake = await #expect(throws: StudyVariant.Mistake.self) {
      try await study.results(of: [variant], jobs: 1)
    }
    #expect(mistake?.description.contains(culprit) == true)
  }

  // MARK: - Determinism

  @Test func `the same seed gives the same numbers with any number of jobs`() async throws {
    let shop = try #require(Demo.named("shop")).scenario()
    func results(seed: UInt64, jobs: Int) async throws -> StudyResults {
      let study = Self.study(shop, 5, hours: 1, runs: 2 * FaultStudy.chunkSize + 1, seed: seed) {
        plan in
        plan.consequences.slowStart = 0.3
        plan.consequences.failedStart = 0.3
        plan.consequences.refusedShutdown = 0.3
      }
      return try await study.results(
        of: [.asWritten, try StudyVariant("*.intensity=1/5")], jobs: jobs)
    }
    let first = try await results(seed: 1, jobs: 1)
    #expect(try await results(seed: 1, jobs: 1) == first)
    #expect(try await results(seed: 1, jobs: 3) == first)
    #expect(try await results(seed: 1, jobs: 16) == first)
    #expect(try await results(seed: 2, jobs: 3) != first)
  }

  @Test func `progress tells each piece of work, up to the last run`() async throws {
    let study = Self.study(try Self.single(1, in: 5), 1, runs: 100)
    var told: [Int] = []
    _ = try await study.results(of: [.asWritten], jobs: 3) { done, total in
      #expect(total == 200)
      told.append(done)
    }
    #expect(told.last == 200)
    #expect(told == told.sorted())
  }

  @Test func `a cancelled study ends`() async throws {
    let study = Self.study(try Self.single(100, in: 5), 3600, hours: 1000, runs: 100_000)
    let task = Task { try await study.results(of: [.asWritten], jobs: 2) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  // MARK: - The scenario

  @Test func `workers keep their own ends, and their traffic when an end depends on it`()
    async throws
  {
    let text = """
      tree:
        supervisor: top
        intensity: 50 in 1 s
        children:
          - {worker: a, ends: {after: 60 s}}
          - {worker: b, tick: 1 s}
      """
    let quiet = try await Self.variant(Self.study(try Self.scenario(text), 0, runs: 2))
    #expect(quiet.workers[0].restarts.value == 59)
    let ending = text.replacing("tick: 1 s", with: "tick: 1 s, ends: {on_message: 90}")
    let loud = try await Self.variant(Self.study(try Self.scenario(ending), 0, runs: 2))
    #expect(loud.workers[1].restarts.value == 39)
  }

  @Test func `the children of a template are one place without an availability`() async throws {
    let study = Self.study(try Self.scenario(Self.rooms), 20, runs: 5) { plan in
      plan.targets = [FaultTarget("pool/*")].compactMap(\.self)
    }
    let results = try await study.results(of: [try StudyVariant("*.intensity=99/1")], jobs: 1)
    let pool = try #require(results.variants[0].workers.first { $0.name == "pool/*" })
    #expect(pool.availability == nil)
    #expect(pool.restarts == results.variants[0].faults)
    #expect(results.variants[0].workers.map(\.name) == ["left/a", "left/b", "right/a", "pool/*"])
  }

  @Test func `registries, partitions and tasks are studied like other children`() async throws {
    let scenario = try Self.scenario(
      """
      tree:
        supervisor: top
        children:
          - {supervisor: rooms, registry: unique, partitions: 2}
          - {supervisor: pool, partitions: 2, template: {worker: w}}
          - {supervisor: jobs, tasks: 5}
          - {worker: total, agent: 0}
          - {worker: a, tasks: {under: jobs, linked: false, every: 1 min}}
      """)
    let results = try await Self.study(scenario, 20, runs: 5)
      .results(of: [try StudyVariant("*.intensity=99/1")], jobs: 1)
    let workers = results.variants[0].workers
    #expect(
      workers.map(\.name) == [
        "rooms/rooms.PIDPartition0", "rooms/rooms.PIDPartition1", "pool/0", "pool/1", "jobs/*",
        "total", "a",
      ])
    #expect(workers.allSatisfy { $0.restarts.value > 0 || $0.name == "jobs/*" })
    for (variant, problem) in [
      ("rooms.strategy=one_for_one", "“rooms” is a registry and cannot get another strategy"),
      (
        "jobs.strategy=one_for_all",
        "“jobs” is a supervisor of tasks and cannot get another strategy"
      ),
    ] {
      #expect(throws: StudyVariant.Mistake(description: problem)) {
        _ = try StudyVariant(variant).applied(to: scenario)
      }
    }
    let together = try StudyVariant("pool.strategy=one_for_all").applied(to: scenario)
    let children = try #require(together.root.listedChildren)
    #expect(children[1].flags?.strategy == .oneForAll)
  }

  @Test(arguments: [
    ("left/a", nil), ("a", nil), ("pool/#3", nil), ("pool#4", nil), ("lef/a", "lef/a"),
    ("top", "top"),
  ])
  func `a target that means nobody is found out`(target: String, unknown: String?) throws {
    let study = Self.study(try Self.scenario(Self.rooms), 1, runs: 1) { plan in
      plan.targets = [FaultTarget(target)].compactMap(\.self)
    }
    #expect(study.unknownTarget?.description == unknown)
  }

  // MARK: - Intervals

  /// The values of Wilson's interval in Newcombe, "Two-sided confidence intervals for the single
  /// proportion" (1998), table I.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func `the interval of a share is Wilson's`(
    count: Int, total: Int, lower: Double, upper: Double
  ) {
    let estimate = Estimate.proportion(count, of: total)
    #expect(abs(estimate.lower - lower) < 0.00005)
    #expect(abs(estimate.upper - upper) < 0.00005)
  }
}

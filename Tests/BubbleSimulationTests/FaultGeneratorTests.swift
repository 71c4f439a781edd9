import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Faults by chance: how often, whom, and that a copy has the same future.
@Suite struct FaultGeneratorTests {
  static let hour = Duration.seconds(3600)

  @Test(arguments: [
    (FaultRate(perHour: 60), 1), (FaultRate(perHour: 60), 5),
    (FaultRate(perHour: 60, scope: .together), 5),
  ])
  func `faults are as many as the rate says`(rate: FaultRate, workers: Int) {
    var nursery = Nursery((0..<workers).map { "w\($0)" })
    nursery.generator.start(FaultPlan(rate: rate), seed: 4711, at: .zero)
    nursery.run(for: Self.hour * 40)
    let expected = 40 * rate.perHour * (rate.scope == .each ? Double(workers) : 1)
    // Four standard deviations of a Poisson distribution.
    let deviation = 4 * expected.squareRoot()
    #expect(abs(Double(nursery.victims.count) - expected) < deviation)
    #expect(nursery.generator.faultCount == nursery.victims.count)
  }

  /// The times between arrivals of a Poisson process are exponential: of mean 1/λ, and one in e of
  /// them is longer than that.
  @Test func `the times between faults are exponential`() {
    var nursery = Nursery(["w"])
    nursery.generator.start(FaultPlan(rate: FaultRate(perHour: 3600)), seed: 7, at: .zero)
    nursery.run(for: Self.hour * 3)
    let instants = nursery.events.compactMap { event -> Int64? in
      if case .requested = event.kind { event.instant.nanoseconds } else { nil }
    }
    let gaps = zip(instants.dropFirst(), instants).map { Double($0 - $1) / 1e9 }
    let count = Double(gaps.count)
    let mean = gaps.reduce(0, +) / count
    let longer = Double(gaps.count { $0 > 1 }) / count
    let square = gaps.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(mean - 1) < 4 / count.squareRoot())
    #expect(abs(longer - 0.36788) < 4 * (0.36788 * 0.63212 / count).squareRoot())
    // The variance of the square of an exponential is 20.
    #expect(abs(square - 2) < 4 * (20 / count).squareRoot())
  }

  @Test func `each worker is hit as often as the others`() {
    var nursery = Nursery(["a", "b", "c"])
    nursery.generator.start(FaultPlan(rate: FaultRate(perHour: 1000)), seed: 3, at: .zero)
    nursery.run(for: Self.hour)
    let places = nursery.places
    for id in ["a", "b", "c"] {
      let hits = places.count { $0 == id }
      #expect(abs(hits - 1000) < 4 * 32, "\(id) was hit \(hits) times")
    }
  }

  @Test(arguments: [
    (["a"], ["a", "a"]), (["left/a"], ["a"]), (["right/*"], ["a", "b"]),
    (["*"], ["a", "b", "a", "b"]),
    (["left/b", "right/a"], ["b", "a"]), (["nobody"], []), (["left"], []),
  ])
  func `only the targets are hit`(targets: [String], expected: [String]) throws {
    var nursery = Self.twoRooms()
    let plan = FaultPlan(
      rate: FaultRate(perHour: 100), targets: try targets.map { try #require(FaultTarget($0)) })
    nursery.generator.start(plan, seed: 11, at: .zero)
    nursery.run(for: Self.hour)
    #expect(Set(nursery.places) == Set(expected))
    // As many hits as targets say which places they were.
    let hits = 100.0 * Double(expected.count)
    #expect(abs(Double(nursery.places.count) - hits) <= 4 * hits.squareRoot())
  }

  @Test func `supervisors are hit when they are included, the root never`() {
    var nursery = Self.twoRooms()
    let plan = FaultPlan(rate: FaultRate(perHour: 100), includesSupervisors: true)
    nursery.generator.start(plan, seed: 5, at: .zero)
    nursery.run(for: Self.hour)
    #expect(Set(nursery.places) == ["a", "b", "left", "right"])
    #expect(!nursery.victims.contains(PID(1)))
  }

  @Test func `nobody is hit who is not there`() {
    var nursery = Nursery(
      Nursery.supervisor("top", ["a", "b", "c"], restart: .temporary))
    nursery.generator.start(FaultPlan(rate: FaultRate(perHour: 60)), seed: 1, at: .zero)
    nursery.run(for: Self.hour * 10)
    #expect(nursery.victims.count == 3)
    #expect(Set(nursery.victims).count == 3)
    #expect(nursery.generator.nextInstant == nil)
  }

  @Test func `reasons come in proportion to their weights`() {
    var nursery = Nursery(["w"])
    let plan = FaultPlan(
      rate: FaultRate(perHour: 4000),
      reasons: [.init(.kill, weight: 3), .init(.failure("oops"), weight: 1)])
    nursery.generator.start(plan, seed: 2, at: .zero)
    nursery.run(for: Self.hour)
    let kills = nursery.requests.count { if case .process(_, .kill) = $0 { true } else { false } }
    let share = Double(kills) / Double(nursery.requests.count)
    #expect(abs(share - 0.75) < 4 * (0.75 * 0.25 / 4000.0).squareRoot())
  }

  @Test func `a copy has the same future and changes nothing in the original`() throws {
    var nursery = Nursery(["a", "b", "c"])
    nursery.generator.start(FaultPlan(rate: FaultRate(perHour: 100)), seed: 9, at: .zero)
    nursery.run(for: Self.hour)
    let due = try #require(nursery.generator.nextInstant)
    var copy = nursery
    copy.run(for: Self.hour)
    #expect(nursery.generator.nextInstant == due)
    #expect(copy.requests.count > nursery.requests.count)
    nursery.run(for: Self.hour)
    #expect(nursery.requests == copy.requests)
    #expect(nursery.events == copy.events)
  }

  @Test func `another seed makes other faults`() {
    let stories = [UInt64(1), 2].map { seed in
      var nursery = Nursery(["a", "b"])
      nursery.generator.start(FaultPlan(rate: FaultRate(perHour: 50)), seed: seed, at: .zero)
      nursery.run(for: Self.hour)
      return nursery.events
    }
    #expect(stories[0] != stories[1])
  }

  @Test func `stopped it makes no faults, and knows who lives when it starts again`() {
    var nursery = Nursery(["a"])
    let plan = FaultPlan(rate: FaultRate(perHour: 60))
    nursery.generator.start(plan, seed: 1, at: .zero)
    nursery.run(for: Self.hour)
    nursery.generator.stop()
    #expect(nursery.generator.nextInstant == nil)
    let count = nursery.requests.count
    nursery.run(for: Self.hour)
    #expect(nursery.requests.count == count)
    nursery.generator.start(plan, seed: 1, at: nursery.simulation.now)
    nursery.run(for: Self.hour)
    #expect(nursery.requests.count > count)
  }

  @Test(arguments: [
    ("6/h", 6, FaultRate.Scope.each, "6/h"), ("0.5/min", 30, .each, "30/h"),
    ("2/s together", 7200, .together, "2/s together"), ("12/d", 0.5, .each, "12/d"),
    ("1 / h", 1, .each, "1/h"), ("0/h", 0, .each, "0/h"), ("100/h", 100, .each, "100/h"),
  ])
  func `a rate is read as it is written`(
    text: String, perHour: Double, scope: FaultRate.Scope, written: String
  ) throws {
    let rate = try #require(FaultRate(describedAs: text))
    #expect(abs(rate.perHour - perHour) < 1e-9)
    #expect(rate.scope == scope)
    #expect(rate.description == written)
    #expect(FaultRate(describedAs: rate.description) == rate)
  }

  @Test(arguments: [
    "", "6", "/h", "6/", "6/w", "-1/h", "nan/h", "inf/s", "1e9/s", "6/h all", "x/h",
  ])
  func `what is not a rate is not read`(text: String) {
    #expect(FaultRate(describedAs: text) == nil)
  }

  /// Two rooms with an `a` and a `b` each.
  static func twoRooms() -> Nursery {
    Nursery(
      Nursery.supervisor(
        "top", [],
        ["left", "right"].map { Nursery.nested(Nursery.supervisor($0, ["a", "b"])) }))
  }
}

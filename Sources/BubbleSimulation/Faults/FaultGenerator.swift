public import BubbleEvents
internal import BubbleKernel

/// Faults by chance: crashes arrive as a Poisson process, from a seed and without a clock.
///
/// It is a value: a copy has the same future. Whoever drives the machine shows it every event, asks
/// when it is due once no turn is left to take, moves time there and applies what it asks for.
/// `stop` ends that, and it goes on learning who lives. While no target lives no fault arrives.
///
/// ```swift
/// while true {
///   while simulation.takeTurn() {}  // restarts, too
///   for event in simulation.takeEvents() { generator.follow(event) }
///   let next = [simulation.nextTimer, generator.nextInstant].compactMap(\.self).min()
///   guard let instant = next, instant <= limit else { break }
///   simulation.advance(to: instant)
///   while let request = generator.takeRequest(dueAt: instant) {
///     simulation.apply(request, by: .chaos)
///     for event in simulation.takeEvents() { generator.follow(event) }
///   }
/// }
/// ```
public struct FaultGenerator: Sendable {
  /// What it does; nil while it stands still.
  public private(set) var plan: FaultPlan?
  /// Where its chance began; 0 before the first start.
  public private(set) var seed: UInt64 = 0
  /// Faults made since the last start.
  public private(set) var faultCount = 0

  /// Who lives in the machine.
  private var residents = Residents()
  /// Those who can be hit, in an order that only the events decide.
  private var targets: [PID] = []
  private var positions: [PID: Int] = [:]
  private var chance = SplitMix64(seed: 0)
  /// How much of an exponentially distributed lot with mean 1 is left before the next fault; time
  /// uses it up in proportion to the rate, so that it need not be drawn anew when that changes.
  private var lot = 0.0
  /// The instant up to which time has used up the lot.
  private var reached = RuntimeInstant.zero
  /// The requests of the fault that is due, the next one last.
  private var waiting: [ControlRequest] = []

  /// Creates a generator that stands still and learns who lives.
  public init() {}

  /// Begins to make faults, from `instant` on.
  ///
  /// - Parameters:
  ///   - plan: What it does.
  ///   - seed: Where its chance begins; the machine's own chance is another.
  ///   - instant: The machine's present instant.
  public mutating func start(_ plan: FaultPlan, seed: UInt64, at instant: RuntimeInstant) {
    self.plan = plan
    self.seed = seed
    faultCount = 0
    waiting = []
    chance = SplitMix64(seed: seed)
    lot = chance.exponential()
    reached = instant
    targets = residents.targets(of: plan)
    positions = [:]
    for (position, pid) in targets.enumerated() { positions[pid] = position }
  }

  /// Makes no more faults.
  public mutating func stop() {
    plan = nil
    waiting = []
    targets = []
    positions = [:]
  }

  /// When the next fault is due, as things stand; nil while nobody can be hit or it stands still.
  public var nextInstant: RuntimeInstant? {
    if !waiting.isEmpty { return reached }
    let rate = ratePerNanosecond
    guard rate > 0 else { return nil }
    let delay = (lot / rate).rounded(.up)
    guard delay < 9e18 else { return nil }
    return reached + .nanoseconds(Int64(delay))
  }

  /// Learns from an event of the machine who lives; every event is to be shown once, in order.
  public mutating func follow(_ event: Event) {
    guard let change = residents.follow(event), let plan else { return }
    switch change {
    case .settled: break
    case .started(let pid): if residents.isTarget(pid, of: plan) { add(pid, at: event.instant) }
    case .ended(let pid): remove(pid, at: event.instant)
    case .stopped(let node):
      for pid in targets.filter({ $0.node == node }).sorted() { remove(pid, at: event.instant) }
    }
  }

  /// Takes out the next request if it is due at `instant` or was before.
  ///
  /// A fault is one request or several at one instant: what is to go wrong later comes first, then
  /// the exit itself.
  public mutating func takeRequest(dueAt instant: RuntimeInstant) -> ControlRequest? {
    if let next = waiting.popLast() { return next }
    guard let plan, let due = nextInstant, due <= instant else { return nil }
    reached = due
    lot = chance.exponential()
    faultCount += 1
    let victim = targets[Int.random(in: targets.indices, using: &chance)]
    let exit = request(reason(of: plan), victim)
    waiting = [exit] + consequences(of: plan.consequences, victim).reversed()
    return waiting.popLast()
  }

  // MARK: - Private helpers

  private mutating func add(_ pid: PID, at instant: RuntimeInstant) {
    guard positions[pid] == nil else { return }
    pass(to: instant)
    positions[pid] = targets.count
    targets.append(pid)
  }

  private mutating func remove(_ pid: PID, at instant: RuntimeInstant) {
    guard let position = positions.removeValue(forKey: pid) else { return }
    pass(to: instant)
    targets.swapAt(position, targets.count - 1)
    targets.removeLast()
    if position < targets.count { positions[targets[position]] = position }
  }

  private var ratePerNanosecond: Double {
    guard let plan, !targets.isEmpty else { return 0 }
    let count = plan.rate.scope == .each ? Double(targets.count) : 1
    return plan.rate.perHour * count / 3_600_000_000_000
  }

  private mutating func pass(to instant: RuntimeInstant) {
    let elapsed = Double((instant - reached).wholeNanoseconds)
    lot = max(0, lot - elapsed * ratePerNanosecond)
    reached = instant
  }

  private mutating func reason(of plan: FaultPlan) -> ExitReason {
    guard plan.reasons.count > 1 else { return plan.reasons[0].reason }
    var left = chance.unit() * plan.reasons.reduce(0) { $0 + $1.weight }
    for choice in plan.reasons {
      left -= choice.weight
      if left < 0 { return choice.reason }
    }
    return plan.reasons[plan.reasons.count - 1].reason
  }

  private func request(_ reason: ExitReason, _ pid: PID) -> ControlRequest {
    .process(pid, reason == .kill ? .kill : .exit(reason))
  }

  private mutating func consequences(
    of odds: FaultPlan.Consequences, _ victim: PID
  ) -> [ControlRequest] {
    var requests: [ControlRequest] = []
    if happens(odds.slowStart) { requests += inject(.slowStart(odds.delay), victim) }
    if happens(odds.failedStart) { requests += inject(.failedStart(odds.failure), victim) }
    if happens(odds.refusedShutdown) {
      let siblings = residents.siblings(of: victim)
      let place =
        siblings.isEmpty
        ? victim : siblings[Int.random(in: siblings.indices, using: &chance)]
      requests += inject(.refusedShutdown, place)
    }
    return requests
  }

  private func inject(_ fault: ChildFault, _ pid: PID) -> [ControlRequest] {
    residents[pid].map {
      [.child(of: $0.supervisor, $0.id, .injectFault(fault))]
    } ?? []
  }

  private mutating func happens(_ probability: Double) -> Bool {
    probability > 0 && chance.unit() < probability
  }
}

extension SplitMix64 {
  /// A number from 0 up to 1, each as likely as any other.
  fileprivate mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }

  /// A number from an exponential distribution with mean 1.
  ///
  /// Von Neumann's way ("Various techniques used in connection with random digits", 1951): it only
  /// compares, so the result is the same on every machine, which a logarithm's need not be.
  fileprivate mutating func exponential() -> Double {
    var whole = 0.0
    while true {
      let first = unit()
      var last = first
      var isOdd = true
      while true {
        let next = unit()
        guard next <= last else { break }
        last = next
        isOdd.toggle()
      }
      if isOdd { return whole + first }
      whole += 1
    }
  }
}

import BubbleEvents
import BubbleTestSupport

/// Makes events of every kind from a seed.
struct AnyEvent {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// One event of every kind, numbered from 1, and with every request.
  mutating func events() -> [Event] {
    let kinds =
      everyRequest().map { .requested($0, by: one(of: everyAsker())) }
      + everyAsker().map { .requested(.process(pid(), .kill), by: $0) }
      + everyKind()
    return kinds.enumerated().map { index, kind in
      Event(
        id: UInt64(index) + 1,
        instant: RuntimeInstant(nanoseconds: Int64(number(1_000_000_000_000))),
        cause: flip() ? UInt64(number(index + 2)) : nil, kind: kind)
    }
  }

  mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
  mutating func flip() -> Bool { Bool.random(using: &generator) }
  mutating func pid() -> PID {
    PID(UInt32(number(5000)) + 1, node: flip() ? .nonode : NodeID(UInt32(number(3))))
  }
  mutating func pidOrNone() -> PID? { flip() ? pid() : nil }
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(elements.count)]
  }

  mutating func text() -> String {
    one(of: ["cache", "", "a\"b", "it's \\ back", "作者", "\u{1b}[31m", "{x,1}", "#3", "STACK"])
  }

  mutating func term(depth: Int = 0) -> Term {
    switch number(depth > 3 ? 6 : 9) {
    case 0: .atom(one(of: ["normal", "an atom", "Big", "STACK", "it's", "x@y", "", "'"]))
    case 1: .integer(number(2000) - 1000)
    case 2: .text(text())
    case 3: .pid(pid())
    case 4: .reference(UInt64(number(1000)))
    case 5: one(of: [.stack, .opaque(text()), .float(Double(number(100)) / 8)])
    case 6: .tuple((0..<number(4)).map { _ in term(depth: depth + 1) })
    default: .list((0..<number(4)).map { _ in term(depth: depth + 1) })
    }
  }

  mutating func reason() -> ExitReason { ExitReason(term()) }
  mutating func child() -> ChildID { flip() ? .named(term()) : .dynamic(number(100)) }
  mutating func shutdown() -> ChildShutdown {
    one(of: [.brutalKill, .infinity, .timeout(number(9000))])
  }
  mutating func intensity() -> RestartIntensity {
    RestartIntensity(number(10), in: number(10) + 1)
  }
  mutating func flags() -> SupervisorFlags {
    SupervisorFlags(
      strategy: one(of: SupervisionStrategy.allCases), intensity: intensity(),
      autoShutdown: one(of: AutoShutdown.allCases))
  }
  mutating func description() -> ChildDescription {
    ChildDescription(
      id: child(), restart: one(of: ChildRestart.allCases), shutdown: shutdown(),
      kind: one(of: ChildKind.allCases), isSignificant: flip())
  }

  mutating func plan() -> FaultPlan {
    var plan = FaultPlan(
      rate: FaultRate(
        perHour: Double(number(100_000)) / 7, scope: one(of: FaultRate.Scope.allCases)),
      reasons: (0...number(3)).map { _ in
        FaultPlan.Reason(reason(), weight: Double(number(9) + 1) / 3)
      },
      targets: ["a", "b/*", "c/#3"].prefix(number(4)).compactMap { FaultTarget($0) },
      includesSupervisors: flip())
    plan.consequences.slowStart = Double(number(100)) / 99
    plan.consequences.delay = .milliseconds(number(9000))
    plan.consequences.failedStart = Double(number(100)) / 99
    plan.consequences.failure = reason()
    plan.consequences.refusedShutdown = Double(number(100)) / 99
    return plan
  }

  mutating func fault() -> ChildFault {
    switch number(3) {
    case 0: .slowStart(.milliseconds(number(9000)))
    case 1: .failedStart(reason())
    default: .refusedShutdown
    }
  }

  mutating func change() -> ApplicationEvent.Change {
    switch number(10) {
    case 0: .loaded(version: text())
    case 1: .unloaded
    case 2: .starting(one(of: ApplicationRestart.allCases))
    case 3: .started(top: pidOrNone())
    case 4: .startFailed(term())
    case 5: .phase(text())
    case 6: .stopping
    case 7: .stopped(reason())
    case 8: .refused(term())
    default: .endsMachine(one(of: ApplicationRestart.allCases), reason())
    }
  }

  mutating func releaseChange() -> ReleaseEvent.Change {
    switch number(10) {
    case 0: .booting
    case 1: .installing(from: text(), one(of: ReleaseEvent.Direction.allCases))
    case 2: .instruction(number: number(9), count: number(9), text: text())
    case 3: .leftOut(pid())
    case 4: .installed(from: text())
    case 5: .failed(term(), isPastReturn: flip())
    case 6: .rebooting
    case 7: .madePermanent
    case 8: .refused(term())
    default: .removed
    }
  }

  mutating func report() -> Report {
    switch number(6) {
    case 0:
      .supervisor(
        supervisor: pid(), context: one(of: Report.Context.allCases), reason: term(),
        offender: one(of: [.process(pidOrNone()), .restarting(pidOrNone()), .children(number(9))]),
        child: description())
    case 1:
      .progress(supervisor: pid(), child: description(), pid: pid(), isRequested: flip())
    case 2: .serverTerminated(pid: pid(), reason: reason())
    case 3: .handlerTerminated(manager: pid(), handler: term(), reason: term())
    case 4: .crash(pid: pid(), reason: reason())
    default: .unexpectedMessage(pid: pid(), message: text())
    }
  }
}

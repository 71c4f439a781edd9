import BubbleEvents
import BubbleTestSupport

/// Makes events of every kind from a seed.
struct AnyEvent {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func event(id: Event.ID, kindNumber: Int) -> Event {
    Event(
      id: id, instant: RuntimeInstant(nanoseconds: Int64(number(1_000_000_000_000))),
      cause: flip() ? UInt64(number(Int(id) + 1)) : nil, kind: kind(kindNumber))
  }

  private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
  private mutating func flip() -> Bool { Bool.random(using: &generator) }
  private mutating func pid() -> PID {
    PID(UInt32(number(5000)) + 1, machine: flip() ? 0 : UInt32(number(3)))
  }
  private mutating func pidOrNone() -> PID? { flip() ? pid() : nil }
  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(elements.count)]
  }

  private mutating func text() -> String {
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

  private mutating func reason() -> ExitReason { ExitReason(term()) }
  private mutating func child() -> ChildID { flip() ? .named(term()) : .dynamic(number(100)) }
  private mutating func shutdown() -> ChildShutdown {
    one(of: [.brutalKill, .infinity, .timeout(number(9000))])
  }
  private mutating func intensity() -> RestartIntensity {
    RestartIntensity(number(10), in: number(10) + 1)
  }
  private mutating func flags() -> SupervisorFlags {
    SupervisorFlags(
      strategy: one(of: SupervisionStrategy.allCases), intensity: intensity(),
      autoShutdown: one(of: AutoShutdown.allCases))
  }
  private mutating func description() -> ChildDescription {
    ChildDescription(
      id: child(), restart: one(of: ChildRestart.allCases), shutdown: shutdown(),
      kind: one(of: ChildKind.allCases), isSignificant: flip())
  }

  private mutating func request() -> ControlRequest {
    switch number(17) {
    case 0: .exit(pid(), reason())
    case 1: .kill(pid())
    case 2: .suspend(pid())
    case 3: .resume(pid())
    case 4: .send(pid(), term())
    case 5: .restartChild(supervisor: pid(), id: child())
    case 6: .terminateChild(supervisor: pid(), id: child())
    case 7: .deleteChild(supervisor: pid(), id: child())
    case 8: .startChild(supervisor: pid(), arguments: [term(), term()])
    case 9: .injectFault(supervisor: pid(), id: child(), fault())
    case 10:
      .changeChild(
        supervisor: pid(), id: child(),
        ChildSettings(restart: one(of: ChildRestart.allCases), shutdown: shutdown()))
    case 12: .replaceState(pid(), field: text(), term())
    case 13:
      .startApplication(
        controller: pid(), text(), one(of: ApplicationStep.Restart.allCases))
    case 14: .stopApplication(controller: pid(), text())
    case 15:
      .changeRelease(handler: pid(), one(of: ReleaseDeed.allCases), version: text())
    case 11: .reorderChildren(supervisor: pid(), [child(), child(), child()])
    default: .changeFlags(supervisor: pid(), flags())
    }
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

  private mutating func fault() -> ChildFault {
    switch number(3) {
    case 0: .slowStart(.milliseconds(number(9000)))
    case 1: .failedStart(reason())
    default: .refusedShutdown
    }
  }

  private mutating func change() -> ApplicationStep.Change {
    switch number(10) {
    case 0: .loaded(version: text())
    case 1: .unloaded
    case 2: .starting(one(of: ApplicationStep.Restart.allCases))
    case 3: .started(top: pidOrNone())
    case 4: .startFailed(term())
    case 5: .phase(text())
    case 6: .stopping
    case 7: .stopped(reason())
    case 8: .refused(term())
    default: .endsMachine(one(of: ApplicationStep.Restart.allCases), reason())
    }
  }

  private mutating func releaseChange() -> ReleaseStep.Change {
    switch number(10) {
    case 0: .booting
    case 1: .installing(from: text(), one(of: ReleaseStep.Direction.allCases))
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

  private mutating func report() -> Report {
    switch number(6) {
    case 0:
      .supervisor(
        supervisor: pid(), context: one(of: Report.Context.allCases), reason: term(),
        offender: one(of: [.process(pidOrNone()), .restarting(pidOrNone()), .children(number(9))]),
        child: description())
    case 1: .progress(supervisor: pid(), child: description(), pid: pid())
    case 2: .serverTerminated(pid: pid(), reason: reason())
    case 3: .handlerTerminated(manager: pid(), handler: term(), reason: term())
    case 4: .crash(pid: pid(), reason: reason())
    default: .unexpectedMessage(pid: pid(), message: text())
    }
  }

  /// The kind with that place in `Event.Kind.names`.
  private mutating func kind(_ index: Int) -> Event.Kind {
    switch Event.Kind.names[index] {
    case "requested": .requested(request(), by: one(of: ControlRequest.Origin.allCases))
    case "process_spawned":
      .processSpawned(pid: pid(), parent: pidOrNone(), behaviour: text())
    case "process_exited": .processExited(pid: pid(), reason: reason())
    case "process_suspended": .processSuspended(pid: pid())
    case "process_resumed": .processResumed(pid: pid())
    case "linked": .linked(pid(), pid())
    case "unlinked": .unlinked(pid(), pid())
    case "monitored": .monitored(by: pid(), target: pid())
    case "demonitored": .demonitored(by: pid(), target: pid())
    case "exit_signal_sent":
      .exitSignalSent(from: pidOrNone(), to: pid(), reason: reason(), isLink: flip())
    case "exit_signal_trapped":
      .exitSignalTrapped(pid: pid(), from: pidOrNone(), reason: reason())
    case "down_delivered": .downDelivered(to: pid(), about: pid(), reason: reason())
    case "name_registered": .nameRegistered(name: text(), pid: pid())
    case "name_released": .nameReleased(name: text(), pid: pid())
    case "message_sent": .messageSent(from: pidOrNone(), to: pid(), text: text())
    case "message_handled": .messageHandled(pid: pid(), text: text())
    case "call_started": .callStarted(from: pid(), to: pid(), text: text())
    case "call_returned": .callReturned(from: pid(), to: pid())
    case "call_timed_out": .callTimedOut(from: pid(), to: pid())
    case "limit_reached": .limitReached(pid: pidOrNone(), limit: text())
    case "reported": .reported(report())
    default: supervision(Event.Kind.names[index])
    }
  }

  private mutating func supervision(_ name: String) -> Event.Kind {
    switch name {
    case "supervisor_configured": .supervisorConfigured(supervisor: pid(), flags: flags())
    case "child_specified":
      .childSpecified(supervisor: pid(), child: description(), position: number(9))
    case "child_forgotten": .childForgotten(supervisor: pid(), id: child())
    case "child_starting": .childStarting(supervisor: pid(), id: child())
    case "child_started": .childStarted(supervisor: pid(), id: child(), pid: pid())
    case "child_ignored": .childIgnored(supervisor: pid(), id: child())
    case "child_start_failed": .childStartFailed(supervisor: pid(), id: child(), reason: reason())
    case "child_stopping":
      .childStopping(supervisor: pid(), id: child(), pid: pid(), shutdown: shutdown())
    case "child_stop_timed_out": .childStopTimedOut(supervisor: pid(), id: child(), pid: pid())
    case "child_stopped":
      .childStopped(supervisor: pid(), id: child(), pid: pid(), reason: reason())
    case "child_terminated":
      .childTerminated(supervisor: pid(), id: child(), pid: pid(), reason: reason())
    case "restart_decided":
      .restartDecided(
        supervisor: pid(), id: child(), strategy: one(of: SupervisionStrategy.allCases),
        stops: number(5), starts: number(5))
    case "restart_not_needed":
      .restartNotNeeded(
        supervisor: pid(), id: child(), restart: one(of: ChildRestart.allCases), reason: reason())
    case "restart_counted":
      .restartCounted(supervisor: pid(), used: number(9), intensity: intensity())
    case "intensity_exceeded":
      .intensityExceeded(supervisor: pid(), id: child(), used: number(9), intensity: intensity())
    case "auto_shutdown_started":
      .autoShutdownStarted(supervisor: pid(), id: child(), mode: one(of: AutoShutdown.allCases))
    case "application":
      .application(ApplicationStep(text(), master: pidOrNone(), change()))
    case "release": .release(ReleaseStep(text(), handler: pid(), releaseChange()))
    case "code_entered":
      .codeEntered(
        pid: pid(), module: text(), version: term(), previous: flip() ? term() : nil)
    case "restart_completed": .restartCompleted(supervisor: pid(), id: child())
    default:
      .childrenReordered(supervisor: pid(), order: (0..<number(5)).map { _ in child() })
    }
  }
}

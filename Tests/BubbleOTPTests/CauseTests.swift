import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Every event leads back to what began it.
struct CauseTests {
  private func tree() -> Supervisor {
    func leaf(_ id: String, traps: Bool) -> ChildSpec {
      ChildSpec(
        id: .atom(id), start: .genServer { Clerk(name: id, trapsExits: traps) },
        shutdown: .timeout(100))
    }
    let inner = Supervisor(
      "inner", flags: SupervisorFlags(strategy: .oneForAll, intensity: RestartIntensity(1, in: 5)),
      children: [leaf("x", traps: true), leaf("y", traps: false), leaf("z", traps: true)])
    return Supervisor(
      "outer", flags: SupervisorFlags(strategy: .restForOne, intensity: RestartIntensity(9, in: 5)),
      children: [leaf("a", traps: false), .supervisor(id: "inner", inner), leaf("b", traps: true)])
  }

  private func beginning(of event: Event, in events: [Event.ID: Event]) -> Event {
    var event = event
    while let cause = event.cause, let earlier = events[cause] { event = earlier }
    return event
  }

  /// The events that an event leads back to.
  private func causes(of event: Event, in events: [Event]) -> [Event.ID] {
    var causes: [Event.ID] = []
    var next = event.cause
    while let cause = next {
      causes.append(cause)
      next = events.first { $0.id == cause }?.cause
    }
    return causes
  }

  @Test func `everything that a kill brings about leads back to the request`() throws {
    var shop = try Shop(tree())
    for victim in ["x", "y", "y"] {
      let inner = try #require(try shop.pid("inner"))
      let request = ControlRequest.process(try #require(try shop.pid(victim, of: inner)), .kill)
      shop.apply(request)
      let byID = Dictionary(uniqueKeysWithValues: shop.events.map { ($0.id, $0) })
      for event in shop.events {
        #expect(beginning(of: event, in: byID).kind == .requested(request), "\(event)")
      }
    }
    #expect(try shop.pid("inner") != nil)
  }

  @Test func `stops and starts of a restart are caused by its decision`() throws {
    var shop = try Shop(["a", "b", "c"], .oneForAll)
    let victim = try #require(try shop.pid("b"))
    shop.apply(.process(victim, .kill))
    func first(_ isWanted: (Event.Kind) -> Bool) throws -> Event {
      try #require(shop.events.first { isWanted($0.kind) })
    }
    let requested = try first { $0 == .requested(.process(victim, .kill)) }
    let exited = try first { $0 == .process(victim, .exited(.killed)) }
    let terminated = try first { if case .child(_, _, .terminated) = $0 { true } else { false } }
    let decided = try first { if case .supervisor(_, .restartDecided) = $0 { true } else { false } }
    #expect(causes(of: exited, in: shop.events).contains(requested.id))
    #expect(causes(of: terminated, in: shop.events).contains(exited.id))
    #expect(decided.cause == terminated.id)
    for event in shop.events {
      switch event.kind {
      case .child(_, _, .stopping), .child(_, _, .stopped), .child(_, _, .starting),
        .child(_, _, .started), .supervisor(_, .restartCompleted):
        #expect(event.cause == decided.id, "\(event)")
      default: break
      }
    }
  }

  @Test func `another attempt is caused by the failure of the one before`() throws {
    var shop = try Shop(
      Supervisor(
        "shop", flags: SupervisorFlags(intensity: RestartIntensity(5, in: 5)),
        children: [
          ChildSpec(
            id: "a", start: .genServer { Clerk(name: "a", failingStarts: 2...2) })
        ]))
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    let failed = shop.events.filter {
      if case .child(_, _, .startFailed) = $0.kind { true } else { false }
    }
    let decided = shop.events.filter {
      if case .supervisor(_, .restartDecided) = $0.kind { true } else { false }
    }
    #expect(failed.count == 1)
    #expect(decided.count == 2)
    #expect(decided.last?.cause == failed.first?.id)
  }
}

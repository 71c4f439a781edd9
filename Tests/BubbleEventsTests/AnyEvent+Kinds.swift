import BubbleEvents

/// Every kind, one after the other: each function makes the first of a group, and the one behind
/// the one that it is given, so that the compiler says when one is missing.
extension AnyEvent {
  /// Every kind but requests.
  mutating func everyKind() -> [Event.Kind] {
    every { $0.process(after: $1) }.map { .process(pid(), $0) }
      + every { $0.signal(after: $1) }.map { .signal($0) }
      + every { $0.supervisor(after: $1) }.map { .supervisor(pid(), $0) }
      + every { $0.child(after: $1) }.map { .child(of: pid(), child(), $0) }
      + every { $0.message(after: $1) }.map { .message($0) }
      + every { $0.node(after: $1) }.map { .node(node(), $0) } + [
        .application(ApplicationEvent(text(), master: pidOrNone(), change())),
        .release(ReleaseEvent(text(), handler: pid(), releaseChange())), .reported(report()),
        .limitReached(pid: pidOrNone(), limit: text()),
      ]
  }

  /// Every request.
  mutating func everyRequest() -> [ControlRequest] {
    every { $0.processRequest(after: $1) }.map { .process(pid(), $0) }
      + every { $0.childRequest(after: $1) }.map { .child(of: pid(), child(), $0) }
      + every { $0.supervisorRequest(after: $1) }.map { .supervisor(pid(), $0) }
      + every { $0.applicationRequest(after: $1) }
      .map { .application(controller: pid(), text(), $0) }
      + ControlRequest.ReleaseRequest.allCases
      .map { .release(handler: pid(), $0, version: text()) }
      + ControlRequest.NodeRequest.allCases.map { .node(node(), $0) }
      + [.network(.cut(sides())), .network(.heal(sides()))]
  }

  /// Everybody who may ask.
  mutating func everyAsker() -> [Asker] { every { $0.asker(after: $1) } }

  private mutating func every<Member>(
    _ next: (inout AnyEvent, Member?) -> Member?
  ) -> [Member] {
    var members: [Member] = []
    while let member = next(&self, members.last) { members.append(member) }
    return members
  }

  private mutating func node() -> NodeID { NodeID(UInt32(number(9))) }

  private mutating func sides() -> [[NodeID]] {
    (0..<2 + number(2)).map { _ in (0..<1 + number(3)).map { _ in node() } }
  }

  // MARK: - Events

  private mutating func node(after event: NodeEvent?) -> NodeEvent? {
    switch event {
    case nil: .started(name: text(), isHidden: flip())
    case .started: .stopped
    case .stopped: .connected(node(), isHidden: flip())
    case .connected: .disconnected(node(), reason: term())
    case .disconnected: .cableCut(node())
    case .cableCut: .cableHealed(node())
    case .cableHealed: .globalNameRegistered(term(), pid())
    case .globalNameRegistered: .globalNameReleased(term(), pid())
    case .globalNameReleased: .globalNameConflict(term(), kept: pidOrNone(), lost: pid())
    case .globalNameConflict: .groupJoined(term(), pid())
    case .groupJoined: .groupLeft(term(), pid())
    case .groupLeft: .leaderElected(term(), pid(), fence: number(99))
    case .leaderElected: .leaderSurrendered(term(), pid(), to: pid())
    case .leaderSurrendered: .leaderResigned(term(), pid())
    case .leaderResigned: nil
    }
  }

  private mutating func process(after event: ProcessEvent?) -> ProcessEvent? {
    switch event {
    case nil: .spawned(parent: pidOrNone(), behaviour: text())
    case .spawned: .exited(reason())
    case .exited: .suspended
    case .suspended: .resumed
    case .resumed: .nameRegistered(text())
    case .nameRegistered: .nameReleased(text())
    case .nameReleased:
      .codeEntered(module: text(), version: term(), previous: flip() ? term() : nil)
    case .codeEntered: .stateEntered(term(), previous: flip() ? term() : nil, by: text())
    case .stateEntered: .noted(text())
    case .noted: nil
    }
  }

  private mutating func signal(after event: SignalEvent?) -> SignalEvent? {
    switch event {
    case nil: .linked(pid(), pid())
    case .linked: .unlinked(pid(), pid())
    case .unlinked: .monitored(by: pid(), target: pid())
    case .monitored: .demonitored(by: pid(), target: pid())
    case .demonitored: .exitSent(from: pidOrNone(), to: pid(), reason: reason(), isLink: flip())
    case .exitSent: .exitTrapped(by: pid(), from: pidOrNone(), reason: reason())
    case .exitTrapped: .downDelivered(to: pid(), about: pid(), reason: reason())
    case .downDelivered: nil
    }
  }

  private mutating func supervisor(after event: SupervisorEvent?) -> SupervisorEvent? {
    switch event {
    case nil: .configured(flags())
    case .configured: .childSpecified(description(), position: number(9))
    case .childSpecified: .childForgotten(child())
    case .childForgotten: .childrenReordered((0..<number(5)).map { _ in child() })
    case .childrenReordered:
      .restartDecided(
        child(), one(of: SupervisionStrategy.allCases), stops: number(5), starts: number(5))
    case .restartDecided: .restartCounted(used: number(9), intensity())
    case .restartCounted: .restartCompleted(child())
    case .restartCompleted: .intensityExceeded(child(), used: number(9), intensity())
    case .intensityExceeded: .autoShutdownStarted(child(), one(of: AutoShutdown.allCases))
    case .autoShutdownStarted: nil
    }
  }

  private mutating func child(after event: ChildEvent?) -> ChildEvent? {
    switch event {
    case nil: .starting
    case .starting: .started(pid())
    case .started: .ignored
    case .ignored: .startFailed(reason())
    case .startFailed: .stopping(pid(), shutdown())
    case .stopping: .stopTimedOut(pid())
    case .stopTimedOut: .stopped(pid(), reason())
    case .stopped: .terminated(pid(), reason())
    case .terminated: .restartNotNeeded(one(of: ChildRestart.allCases), reason())
    case .restartNotNeeded: nil
    }
  }

  private mutating func message(after event: MessageEvent?) -> MessageEvent? {
    switch event {
    case nil: .sent(from: pidOrNone(), to: pid(), text: text())
    case .sent: .handled(by: pid(), text: text())
    case .handled: .callStarted(from: pid(), to: pid(), text: text())
    case .callStarted: .callReturned(from: pid(), to: pid())
    case .callReturned: .callTimedOut(from: pid(), to: pid())
    case .callTimedOut: nil
    }
  }

  // MARK: - Requests

  private mutating func processRequest(
    after request: ControlRequest.ProcessRequest?
  ) -> ControlRequest.ProcessRequest? {
    switch request {
    case nil: .exit(reason())
    case .exit: .kill
    case .kill: .suspend
    case .suspend: .resume
    case .resume: .send(term())
    case .send: .replaceState(field: text(), term())
    case .replaceState: nil
    }
  }

  private mutating func childRequest(
    after request: ControlRequest.ChildRequest?
  ) -> ControlRequest.ChildRequest? {
    switch request {
    case nil: .restart
    case .restart: .terminate
    case .terminate: .delete
    case .delete:
      .change(ChildSettings(restart: one(of: ChildRestart.allCases), shutdown: shutdown()))
    case .change: .injectFault(fault())
    case .injectFault: nil
    }
  }

  private mutating func supervisorRequest(
    after request: ControlRequest.SupervisorRequest?
  ) -> ControlRequest.SupervisorRequest? {
    switch request {
    case nil: .startChild([term(), term()])
    case .startChild: .changeFlags(flags())
    case .changeFlags: .reorderChildren([child(), child(), child()])
    case .reorderChildren: nil
    }
  }

  private mutating func asker(after asker: Asker?) -> Asker? {
    switch asker {
    case nil: .key(text())
    case .key: .command(text())
    case .command: .script
    case .script: .program(text())
    case .program: .viewer(text())
    case .viewer: .scenario
    case .scenario: .chaos
    case .chaos: .someone
    case .someone: nil
    }
  }

  private mutating func applicationRequest(
    after request: ControlRequest.ApplicationRequest?
  ) -> ControlRequest.ApplicationRequest? {
    switch request {
    case nil: .start(one(of: ApplicationRestart.allCases))
    case .start: .stop
    case .stop: nil
    }
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// What every call comes to, whomever it goes to, and by whichever name (docs/SEMANTICS.md, GS10,
/// GS18, SM11, GE8); the reasons are those of OTP 25 and Elixir 1.14.
struct CallTests {
  /// The state of the process that is called.
  enum Whom: String, CaseIterable {
    case gone, itself, suspended, ending, killed, refusing
  }

  /// How it is named.
  enum Naming: CaseIterable {
    case pid, name, key
  }

  /// Never answers; takes two seconds to start when it is told so, and one to end.
  private struct Mute: GenServer {
    var refuses = false

    mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Mute> {
      guard refuses else { return .ok }
      return .wait(.sleeping(.seconds(2)) { _, _ in .stop(.failure("refused")) })
    }

    mutating func handleCall(
      _ request: Term, from caller: Caller, _ context: inout ProcessContext
    ) throws -> CallResult<Mute> {
      .noReply
    }

    mutating func terminate(
      _ reason: ExitReason, _ context: inout ProcessContext
    ) throws -> TerminateResult<Mute> {
      .wait(.sleeping(.seconds(1)) { _, _ in .done })
    }
  }

  private var test = Servers()
  private var target = PID(0)
  private var caller = PID(0)

  /// Brings the process into its state, and a caller into being.
  private mutating func prepare(_ whom: Whom) throws {
    test.simulation.start(Registry("keys", keys: .unique).supervisor.start)
    caller = try test.started()
    target = caller
    let helper = test.listener()
    if whom == .itself {
      test.order(helper) { [caller] in try $0.register("whom", caller) }
      test.cast(caller) { context in
        try Registry.register("whom", in: "keys", &context)
        return .noReply
      }
      return
    }
    target = PID(helper.number + 1)
    let start = ProcessStart.genServer(name: "whom") { Mute(refuses: whom == .refusing) }
      .registered(as: "whom", in: "keys")
    test.simulation.send(
      Listener.Order { context in
        context.trapsExits = true
        _ = try start.run(&context, [])
      }, to: helper)
    test.simulation.run(until: test.simulation.now)
    switch whom {
    case .gone: test.simulation.apply(.process(target, .kill))
    case .suspended: test.simulation.apply(.process(target, .suspend))
    case .ending: _ = test.simulation.kernel.system(.terminate(.normal), to: target)
    case .itself, .killed, .refusing: break
    }
    test.simulation.run(until: test.simulation.now)
  }

  private func name(_ naming: Naming) -> ProcessName {
    switch naming {
    case .pid: .pid(target)
    case .name: .local("whom")
    case .key: .registry("keys", "whom")
    }
  }

  /// How the caller ends.
  private mutating func end(
    _ whom: Whom, _ wait: @escaping Diary.Cast
  ) -> String? {
    _ = test.simulation.takeEvents()
    test.simulation.cast(wait, to: caller)
    test.simulation.run(until: test.simulation.now + .milliseconds(50))
    if whom == .killed { test.simulation.apply(.process(target, .kill)) }
    test.simulation.run(until: test.simulation.now + .seconds(60))
    let caller = caller
    return test.simulation.takeEvents().lazy.compactMap { event in
      if case .process(caller, .exited(let reason)) = event.kind { reason.description } else { nil }
    }.first
  }

  private static func reason(_ whom: Whom) -> String {
    switch whom {
    case .gone: "noproc"
    case .itself: "calling_self"
    case .suspended: "timeout"
    case .ending: "normal"
    case .killed: "killed"
    case .refusing: "refused"
    }
  }

  @Test(arguments: Whom.allCases, Naming.allCases)
  func `a failed call has the name in its reason as it was called`(
    whom: Whom, naming: Naming
  ) throws {
    var copy = self
    try copy.prepare(whom)
    let name = copy.name(naming)
    let end = copy.end(whom) { context in
      .wait(try .calling(Term.atom("hello"), to: name, &context) { (_, _: Term, _) in .noReply })
    }
    #expect(end == "{\(Self.reason(whom)),{gen_server,call,[\(name.term),hello]}}")
  }

  @Test(arguments: Whom.allCases, [Duration.seconds(3), nil])
  func `a failed call with a time has the time in its reason too`(
    whom: Whom, timeout: Duration?
  ) throws {
    var copy = self
    try copy.prepare(whom)
    let end = copy.end(whom) { context in
      .wait(
        try .calling(Term.atom("hello"), to: .local("whom"), timeout: timeout, &context) {
          (_, _: Term, _) in .noReply
        })
    }
    let text = "\(timeout == nil ? "infinity" : "3000")"
    // Without a time a process that is suspended is waited for as long as it is.
    let expected =
      whom == .suspended && timeout == nil
      ? nil : "{\(Self.reason(whom)),{gen_server,call,[whom,hello,\(text)]}}"
    #expect(end == expected)
  }

  @Test(arguments: Whom.allCases, Naming.allCases)
  func `a stop that fails has the name in its reason, and oneself is never waited for`(
    whom: Whom, naming: Naming
  ) throws {
    var copy = self
    try copy.prepare(whom)
    let name = copy.name(naming)
    let end = copy.end(whom) { context in
      .wait(try .stopping(name, timeout: .seconds(9), &context) { _, _ in .stop(.shutdown) })
    }
    let attempt = "{GenServer,stop,[\(name.term),normal,9000]}"
    switch whom {
    case .gone, .itself, .killed, .refusing:
      #expect(end == "{\(Self.reason(whom)),\(attempt)}")
    case .suspended, .ending: #expect(end == "shutdown")
    }
  }

  /// The call says of which behaviour it is, and a request for the whole manager says nothing.
  @Test(arguments: Whom.allCases, Naming.allCases)
  func `a call of a state machine or an event manager that fails is told as theirs`(
    whom: Whom, naming: Naming
  ) throws {
    let reason = Self.reason(whom)
    let time = Duration.seconds(3)
    func end(_ call: @escaping @Sendable (ProcessName, inout ProcessContext) throws -> Diary.Wait)
      throws -> (String?, Term)
    {
      var copy = self
      try copy.prepare(whom)
      let name = copy.name(naming)
      return (copy.end(whom) { .wait(try call(name, &$0)) }, name.term)
    }
    let (machine, name) = try end {
      try .callingStateMachine(Term.atom("x"), to: $0, timeout: time, &$1) { (_, _: Term, _) in
        .noReply
      }
    }
    #expect(machine == "{\(reason),{gen_statem,call,[\(name),x,3000]}}")
    let (question, _) = try end {
      try .callingEventManager(.call(HandlerID("h"), "q"), to: $0, timeout: time, &$1) {
        _, _, _ in .noReply
      }
    }
    #expect(question == "{\(reason),{gen_event,call,[\(name),h,q,3000]}}")
    let (list, _) = try end {
      try .callingEventManager(.whichHandlers, to: $0, timeout: time, &$1) { _, _, _ in .noReply }
    }
    #expect(list == reason)
  }

  /// Each kind of call to a name that nobody has, as OTP tells it.
  @Test(arguments: [
    ("statem", "{noproc,{gen_statem,call,[gone,x,infinity]}}"),
    ("statem 100", "{noproc,{gen_statem,call,[gone,x,100]}}"),
    ("event", "{noproc,{gen_event,call,[gone,h,q]}}"),
    ("event 100", "{noproc,{gen_event,call,[gone,h,q,100]}}"),
    ("add", "noproc"), ("delete", "noproc"), ("swap", "noproc"), ("which", "noproc"),
    ("sync", "noproc"), ("notify", "{badarg,STACK}"), ("send", "{badarg,STACK}"),
    ("start_child", "{noproc,{gen_server,call,[gone,{start_child,[]},infinity]}}"),
    ("terminate_child", "{noproc,{gen_server,call,[gone,{terminate_child,x},infinity]}}"),
    ("restart_child", "{noproc,{gen_server,call,[gone,{restart_child,x},infinity]}}"),
    ("delete_child", "{noproc,{gen_server,call,[gone,{delete_child,x},infinity]}}"),
    ("get_childspec", "{noproc,{gen_server,call,[gone,{get_childspec,x},infinity]}}"),
    ("which_children", "{noproc,{gen_server,call,[gone,which_children,infinity]}}"),
    ("count_children", "{noproc,{gen_server,call,[gone,count_children,infinity]}}"),
    ("cast", nil), ("cast to a registry that is not there", nil),
    ("cast to partitions that are not there", nil), ("notify a dead process", nil),
  ])
  func `whoever talks to a name that nobody has ends as in OTP`(
    call: String, reason: String?
  ) throws {
    var copy = self
    copy.caller = try copy.test.started()
    #expect(copy.end(.gone) { try Self.talk(call, &$0) } == reason)
  }

  private static func talk(
    _ call: String, _ context: inout ProcessContext
  ) throws -> CastResult<Diary> {
    let gone = ProcessName.local("gone")
    let time: Duration? = call.hasSuffix("100") ? .milliseconds(100) : nil
    switch call {
    case "statem", "statem 100":
      return .wait(
        try .callingStateMachine(Term.atom("x"), to: gone, timeout: time, &context) {
          (_, _: Term, _) in .noReply
        })
    case "notify": try context.notify(Term.atom("x"), to: gone)
    case "notify a dead process": context.notify(Term.atom("x"), to: PID(900))
    case "send": try context.send(Term.atom("x"), to: gone)
    case "cast": context.cast(Term.atom("x"), to: gone)
    case "cast to a registry that is not there":
      context.cast(Term.atom("x"), to: .registry("none", "k"))
    case "cast to partitions that are not there":
      context.cast(Term.atom("x"), to: .partition("none", "k"))
    default:
      if let request = eventRequests[call] {
        return .wait(
          try .callingEventManager(request, to: gone, timeout: time, &context) { _, _, _ in
            .noReply
          })
      }
      let request = try #require(supervisorRequests[call])
      return .wait(
        try .calling(request, to: gone, timeout: nil, &context) { (_, _: SupervisorReply, _) in
          .noReply
        })
    }
    return .noReply
  }

  private struct Ear: GenEventHandler {
    mutating func handleEvent(
      _ event: Term, _ context: inout ProcessContext
    ) throws -> HandlerResult {
      .ok
    }
  }

  private static let eventRequests: [String: GenEventRequest] = [
    "event": .call(HandlerID("h"), "q"), "event 100": .call(HandlerID("h"), "q"),
    "add": .add(HandlerID("h"), Ear()), "delete": .delete(HandlerID("h"), "args"),
    "swap": .swap(HandlerID("h"), "args", to: HandlerID("i"), Ear()), "which": .whichHandlers,
    "sync": .notify(Term.atom("x")),
  ]

  private static let supervisorRequests: [String: SupervisorRequest] = [
    "start_child": .startDynamic([]), "terminate_child": .terminateChild("x"),
    "restart_child": .restartChild("x"), "delete_child": .deleteChild("x"),
    "get_childspec": .getChildSpec("x"), "which_children": .whichChildren,
    "count_children": .countChildren,
  ]
}

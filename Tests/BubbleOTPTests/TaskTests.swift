import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The rules of Elixir's Task and Task.Supervisor, one by one (docs/SEMANTICS.md, TS).
struct TaskTests {
  typealias Outcome = TaskOutcome<Int>

  var test = Servers()

  /// Work that takes some seconds and gives 7, or fails.
  static func work(
    _ seconds: Int = 1, failing error: (any Error)? = nil, trapping: Bool = false
  ) -> TaskWork<Int> {
    TaskWork("sum") { context in
      context.trapsExits = trapping
      return .wait(
        .sleeping(.seconds(seconds)) { _, _ in
          if let error { throw error }
          return .value(7)
        })
    }
  }

  mutating func owner(trapping: Bool = true) throws -> PID {
    let pid = try test.started()
    test.cast(pid) { context in
      context.trapsExits = trapping
      return .noReply
    }
    return pid
  }

  mutating func supervisor(most: Int? = nil) -> PID {
    let supervisor = TaskSupervisor(maximumChildren: most).supervisor("tasks", name: "tasks")
    guard case .ok(let pid, _)? = test.simulation.start(supervisor.start) else { return PID(0) }
    return pid
  }

  func entries(_ pid: PID) -> String? {
    test.simulation.inspect(pid)?.state.first { $0.name == "entries" }?.value
  }

  /// How a process ended; nil when it lives.
  mutating func end(of pid: PID) -> ExitReason? {
    test.simulation.takeEvents().lazy.compactMap { event in
      if case .process(pid, .exited(let reason)) = event.kind { reason } else { nil }
    }.first
  }

  @Test func `an awaited task gives its value`() throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let task = context.async(Self.work())
      return .wait(
        try .awaiting(task, &context) { diary, value, _ in
          diary.entries.append("\(value)")
          return .noReply
        })
    }
    #expect(copy.entries(owner) == #"["7","{EXIT,<2>,normal}"]"#)
    #expect(copy.test.simulation.now == RuntimeInstant.zero + .seconds(1))
  }

  @Test(arguments: [
    (RaisedError("bad") as any Error & Sendable, "{bad,STACK}"),
    (ProcessExit(.failure("boom")), "boom"), (ProcessExit(.normal), "normal"),
  ])
  func `awaiting a task that fails exits with its reason`(
    error: any Error & Sendable, reason: String
  ) throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let task = context.async(Self.work(failing: error))
      return .wait(try .awaiting(task, &context) { _, _, _ in .noReply })
    }
    #expect(
      copy.end(of: owner)?.description == "{\(reason),{Task,await,[<2>,5000]}}")
  }

  @Test func `a task that fails takes its owner along, unless that traps exits`() throws {
    for traps in [false, true] {
      var copy = self
      let owner = try copy.owner(trapping: traps)
      copy.test.cast(owner) { context in
        _ = context.async(Self.work(failing: ProcessExit(.failure("boom"))))
        return .noReply
      }
      #expect(copy.test.isAlive(owner) == traps)
      guard traps else { continue }
      #expect(copy.entries(owner)?.contains("{DOWN,#Ref<") == true)
      #expect(copy.entries(owner)?.contains("{EXIT,<2>,boom}") == true)
    }
  }

  @Test func `a task ends with its owner, unless that ends normally`() throws {
    for (reason, lives) in [(ExitReason.failure("oops"), false), (.normal, true)] {
      var copy = self
      let owner = try copy.owner(trapping: false)
      copy.test.simulation.cast(
        { (context: inout ProcessContext) in
          _ = context.async(Self.work(60))
          return .wait(.sleeping(.seconds(1)) { _, _ in .stop(reason) })
        } as Diary.Cast, to: owner)
      copy.test.simulation.run(until: RuntimeInstant.zero + .seconds(2))
      #expect(copy.test.isAlive(PID(2)) == lives)
    }
  }

  @Test func `a task of a supervisor without a link is only watched`() throws {
    var copy = self
    let supervisor = copy.supervisor()
    let owner = try copy.owner(trapping: false)
    copy.test.cast(owner) { context in
      .wait(
        try .beginning(
          Self.work(failing: ProcessExit(.failure("boom"))), under: .local("tasks"),
          isLinked: false, &context
        ) { _, task, context in
          .wait(
            try .yielding(task, &context) { diary, outcome, _ in
              diary.entries.append("\(outcome.map { "\($0)" } ?? "nil")")
              return .noReply
            })
        })
    }
    #expect(copy.entries(owner) == #"["{exit,boom}"]"#)
    #expect(copy.test.isAlive(supervisor))
  }

  @Test func `a linked task of a supervisor that fails takes its owner along`() throws {
    var copy = self
    let supervisor = copy.supervisor()
    let owner = try copy.owner(trapping: false)
    copy.test.cast(owner) { context in
      .wait(
        try .beginning(
          Self.work(failing: ProcessExit(.failure("boom"))), under: .pid(supervisor), &context
        ) { _, _, _ in .noReply })
    }
    #expect(copy.end(of: owner) == .failure("boom"))
    #expect(copy.test.isAlive(supervisor))
  }

  @Test func `an owner that does not wait gets the answer, the exit and the end, in that order`()
    throws
  {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      _ = context.async(Self.work())
      return .noReply
    }
    let entries: Term = try copy.test.simulation.call(Term.atom("read"), to: owner)
    let heard = try #require(entries.elements)
    let mark = "#Ref<\(heard.first?.description.filter(\.isNumber).dropLast() ?? "")>"
    #expect(
      heard.map(\.description) == [
        "{\(mark),7}", "{EXIT,<2>,normal}", "{DOWN,\(mark),process,<2>,normal}",
      ])
  }

  @Test func `an owner that waits later hears nothing more of the end`() throws {
    for isLooking in [false, true] {
      var copy = self
      let owner = try copy.owner(trapping: false)
      copy.test.cast(owner) { context in
        let task = context.async(Self.work())
        return .wait(
          .sleeping(.seconds(2)) { _, context in
            guard isLooking else {
              return .wait(try .awaiting(task, &context) { _, _, _ in .noReply })
            }
            return .wait(try .yielding(task, &context) { _, _, _ in .noReply })
          })
      }
      #expect(copy.entries(owner) == "[]")
    }
  }

  @Test func `awaiting too long exits, and the task goes on`() throws {
    var copy = self
    let supervisor = copy.supervisor()
    let owner = try copy.owner(trapping: false)
    copy.test.simulation.cast(
      { (context: inout ProcessContext) in
        .wait(
          try .beginning(
            Self.work(60), under: .pid(supervisor), isLinked: false, &context
          ) { _, task, context in
            .wait(try .awaiting(task, timeout: .seconds(1), &context) { _, _, _ in .noReply })
          })
      } as Diary.Cast, to: owner)
    copy.test.simulation.run(until: RuntimeInstant.zero + .seconds(2))
    #expect(copy.end(of: owner)?.description == "{timeout,{Task,await,[<3>,1000]}}")
    #expect(copy.test.isAlive(PID(3)))
  }

  @Test func `yielding gives nothing until the task has ended, and can be repeated`() throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let task = context.async(Self.work(3))
      return .wait(
        try .yielding(task, timeout: .seconds(1), &context) { diary, outcome, context in
          diary.entries.append("\(outcome == nil)")
          return .wait(
            try .yielding(task, &context) { diary, outcome, _ in
              diary.entries.append(outcome.map { "\($0)" } ?? "nil")
              return .noReply
            })
        })
    }
    #expect(copy.entries(owner)?.hasPrefix(#"["true","{ok,7}""#) == true)
  }

  static let shutdowns: [(Int, Bool, (any Error & Sendable)?, TaskShutdown, String)] = [
    // It works still: it ends as it is told.
    (60, false, nil, .timeout(.seconds(5)), "nil"), (60, false, nil, .infinity, "nil"),
    (60, false, nil, .brutalKill, "nil"),
    // It does not end in time.
    (60, true, nil, .timeout(.seconds(5)), "{exit,killed}"),
    // It takes its time, and gives a value.
    (4, true, nil, .timeout(.seconds(5)), "{ok,7}"), (4, true, nil, .infinity, "{ok,7}"),
    // It has ended before.
    (0, false, nil, .timeout(.seconds(5)), "{ok,7}"), (0, false, nil, .brutalKill, "{ok,7}"),
    (0, false, ProcessExit(.failure("boom")), .timeout(.seconds(5)), "{exit,boom}"),
    (0, false, ProcessExit(.normal), .timeout(.seconds(5)), "{exit,normal}"),
  ]

  @Test(arguments: shutdowns)
  func `shutting a task down gives the outcome it had, if any`(
    seconds: Int, trapping: Bool, error: (any Error & Sendable)?, shutdown: TaskShutdown,
    outcome: String
  ) throws {
    var copy = self
    let owner = try copy.owner(trapping: false)
    copy.test.cast(owner) { context in
      context.trapsExits = true
      let task = context.async(Self.work(seconds, failing: error, trapping: trapping))
      return .wait(
        .sleeping(.seconds(1)) { _, context in
          .wait(
            try .shuttingDown(task, by: shutdown, &context) { diary, outcome, _ in
              diary.entries.append(outcome.map { "\($0)" } ?? "nil")
              return .noReply
            })
        })
    }
    #expect(
      copy.entries(owner)?.hasPrefix("[\"\(outcome)\"") == true, "\(copy.entries(owner) ?? "")")
    #expect(!copy.test.isAlive(PID(2)))
    // One that was still there is not heard of any more.
    if seconds > 0 { #expect(copy.entries(owner)?.contains("exit(from") == false) }
  }

  @Test func `shutting a task down whose outcome was taken gives noproc`() throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let task = context.async(Self.work())
      return .wait(
        try .awaiting(task, &context) { _, _, context in
          .wait(
            try .shuttingDown(task, &context) { diary, outcome, _ in
              diary.entries.append(outcome.map { "\($0)" } ?? "nil")
              return .noReply
            })
        })
    }
    #expect(copy.entries(owner)?.hasPrefix(#"["{exit,noproc}""#) == true)
  }

  @Test func `an ignored task goes on alone, and what comes of it is dropped`() throws {
    for (wait, outcome) in [(0, "nil"), (2, "{ok,7}")] {
      var copy = self
      let owner = try copy.owner(trapping: false)
      copy.test.cast(owner) { context in
        let task = context.async(Self.work())
        return .wait(
          .sleeping(.seconds(wait)) { _, context in
            .wait(
              try .ignoring(task, &context) { diary, outcome, _ in
                diary.entries.append(outcome.map { "\($0)" } ?? "nil")
                return .noReply
              })
          })
      }
      #expect(copy.entries(owner) == "[\"\(outcome)\"]")
    }
  }

  @Test func `only its owner may wait for a task`() throws {
    var copy = self
    let task = copy.test.simulation.kernel.async(Self.work())
    let stranger = try copy.owner()
    copy.test.cast(stranger) { context in
      .wait(try .awaiting(task, &context) { _, _, _ in .noReply })
    }
    #expect(copy.end(of: stranger)?.description == "{{not_the_owner,<1>,<2>},STACK}")
  }

  @Test func `a task is awaited from outside as a call is`() throws {
    var copy = self
    let task = copy.test.simulation.kernel.async(Self.work())
    #expect(try copy.test.simulation.await(task.mark, returning: Int.self) == 7)
    let slow = copy.test.simulation.kernel.async(Self.work(60))
    #expect(throws: CallFailure.timedOut) {
      _ = try copy.test.simulation.await(slow.mark, returning: Int.self)
    }
    let failing = copy.test.simulation.kernel.async(
      Self.work(failing: ProcessExit(.failure("boom"))))
    #expect(throws: CallFailure.ended(.failure("boom"))) {
      _ = try copy.test.simulation.await(failing.mark, returning: Int.self)
    }
  }

  @Test func `a task whose owner ends before it could give the order ends too`() throws {
    var copy = self
    let supervisor = copy.supervisor()
    let owner = try copy.owner(trapping: false)
    copy.test.simulation.cast(
      { (context: inout ProcessContext) in
        .wait(
          try .beginning(Self.work(), under: .pid(supervisor), &context) { _, _, _ in .noReply })
      } as Diary.Cast, to: owner)
    // The request is on its way to the supervisor.
    copy.test.simulation.takeTurn()
    copy.test.simulation.apply(.process(owner, .kill))
    copy.test.simulation.runUntilIdle()
    #expect(copy.end(of: PID(3)) == .shutdownBecause("noproc"))
  }

  @Test func `the inspector tells what a task waits for`() throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.simulation.cast(
      { (context: inout ProcessContext) in
        _ = context.async(Self.work())
        return .noReply
      } as Diary.Cast, to: owner)
    copy.test.simulation.run(until: RuntimeInstant.zero + .milliseconds(500))
    let task = copy.test.simulation.inspect(PID(2))
    #expect(task?.behaviour == "task sum")
    #expect(task?.state.map { "\($0.name) \($0.value)" } == ["task works", "owner \(owner)"])
    #expect(task?.waitingFor == "time to pass")
  }
}

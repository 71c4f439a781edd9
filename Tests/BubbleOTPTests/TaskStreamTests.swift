import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Streams of tasks (docs/SEMANTICS.md, TS5).
struct TaskStreamTests {
  private var test = Servers()

  /// What comes of a stream whose tasks take these times, in tenths of a second, and give their own
  /// number; with how the caller ended, and when its tasks began.
  private func stream(
    _ tenths: [Int], _ options: TaskStreamOptions, failing: Int? = nil, trapping: Bool = false
  ) throws -> (outcomes: String?, end: ExitReason?, begun: [String]) {
    var test = test
    let supervisor = TaskSupervisor().supervisor("tasks", name: "tasks")
    test.simulation.start(supervisor.start)
    let owner = try test.started()
    test.cast(owner) { context in
      context.trapsExits = trapping
      return try .streaming(Array(tenths.enumerated()), options, &context) { number, tenths in
        TaskWork { context in
          context.post(.limitReached(pid: nil, limit: "\(number) at \(context.now)"))
          return .wait(
            .sleeping(.milliseconds(tenths * 100)) { _, _ in
              if number == failing { throw ProcessExit(.failure("boom")) }
              return .value(number)
            })
        }
      } then: { diary, outcomes, context in
        diary.entries.append("\(outcomes) at \(context.now)")
        return .noReply
      }
    }
    let events = test.simulation.takeEvents()
    // No task is left, however it went.
    #expect(test.simulation.kernel.processes.filter { $0.number > 2 }.isEmpty)
    return (
      test.simulation.inspect(owner)?.state.first { $0.name == "entries" }?.value,
      events.lazy.compactMap { event in
        if case .process(owner, .exited(let reason)) = event.kind { reason } else { nil }
      }.first,
      events.compactMap { event in
        if case .limitReached(_, let text) = event.kind { text } else { nil }
      }
    )
  }

  @Test(arguments: [
    (true, "[{ok,0}, {ok,1}, {ok,2}, {ok,3}] at 0.300"),
    (false, "[{ok,1}, {ok,2}, {ok,3}, {ok,0}] at 0.300"),
  ])
  func `a stream runs so many tasks at once, and orders their outcomes if it is told to`(
    isOrdered: Bool, outcomes: String
  ) throws {
    for supervisor in [nil, ProcessName.local("tasks")] {
      let result = try stream(
        [3, 1, 1, 1],
        TaskStreamOptions(maximumConcurrency: 2, isOrdered: isOrdered, under: supervisor))
      #expect(result.outcomes == "[\"\(outcomes)\"]" || isOrdered == false)
      #expect(
        result.begun == ["0 at 0.000", "1 at 0.000", "2 at 0.100", "3 at 0.200"])
      guard !isOrdered else { continue }
      // The first and the last end at the same instant.
      let last = "[\"[{ok,1}, {ok,2}, {ok,0}, {ok,3}] at 0.300\"]"
      #expect([last, "[\"\(outcomes)\"]"].contains(result.outcomes))
    }
  }

  @Test func `a stream of nothing gives nothing`() throws {
    #expect(try stream([], TaskStreamOptions()).outcomes == #"["[] at 0.000"]"#)
  }

  @Test func `a task that fails is an outcome to a caller that traps exits or is not linked`()
    throws
  {
    let outcome = #"["[{ok,0}, {exit,boom}, {ok,2}] at 0.100"]"#
    #expect(
      try stream([1, 1, 1], TaskStreamOptions(), failing: 1, trapping: true).outcomes == outcome)
    #expect(
      try stream(
        [1, 1, 1], TaskStreamOptions(under: .local("tasks"), isLinked: false), failing: 1
      ).outcomes == outcome)
  }

  @Test func `a linked task that fails takes the caller of a stream along`() throws {
    for supervisor in [nil, ProcessName.local("tasks")] {
      let result = try stream([1, 1, 9], TaskStreamOptions(under: supervisor), failing: 1)
      #expect(result.end == .failure("boom"))
    }
  }

  @Test func `a task that takes too long ends the caller of a stream, and all its tasks`() throws {
    for isLinked in [true, false] {
      let options = TaskStreamOptions(
        timeout: .milliseconds(500), under: .local("tasks"), isLinked: isLinked)
      let result = try stream([1, 9, 1], options)
      #expect(
        result.end?.description == "{timeout,{Task.Supervised,stream,[500]}}")
    }
  }

  @Test func `a task that takes too long can be killed instead`() throws {
    let options = TaskStreamOptions(timeout: .milliseconds(500), onTimeout: .killTask)
    for traps in [false, true] {
      let result = try stream([1, 9, 2], options, trapping: traps)
      #expect(result.outcomes == #"["[{ok,0}, {exit,timeout}, {ok,2}] at 0.500"]"#)
    }
  }
}

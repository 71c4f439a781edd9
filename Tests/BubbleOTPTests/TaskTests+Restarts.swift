import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

extension TaskTests {
  @Test func `tasks that nobody waits for are temporary, and can be limited`() throws {
    var copy = self
    let supervisor = copy.supervisor(most: 1)
    let owner = try copy.owner(trapping: false)
    let start: Diary.Cast = { context in
      .wait(
        try .startingTask(
          Self.work(failing: ProcessExit(.failure("boom"))), under: .pid(supervisor), &context
        ) { diary, reply, _ in
          if case .failure(let error) = reply { diary.entries.append("\(error.term)") }
          return .noReply
        })
    }
    copy.test.simulation.cast(start, to: owner)
    copy.test.cast(owner, start)
    #expect(copy.entries(owner) == #"["max_children"]"#)
    #expect(copy.test.simulation.kernel.processes == [supervisor, owner])
    copy.test.simulation.cast(start, to: owner)
    copy.test.simulation.cast(
      { (context: inout ProcessContext) in
        .wait(
          try .beginning(Self.work(), under: .pid(supervisor), &context) { _, _, _ in .noReply })
      } as Diary.Cast, to: owner)
    copy.test.simulation.runUntilIdle()
    #expect(copy.end(of: owner)?.description == "{max_children,STACK}")
  }

  @Test func `a transient task that fails is begun again`() throws {
    var copy = self
    let supervisor = copy.supervisor()
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let work = TaskWork<Int> { context in
        guard context.count("attempts") > 2 else { throw RaisedError("boom") }
        return .value(0)
      }
      return .wait(
        try .startingTask(work, under: .pid(supervisor), restart: .transient, &context) {
          _, _, _ in .noReply
        })
    }
    let story = copy.test.simulation.takeEvents().compactMap { event -> String? in
      if case .process(_, .exited(let reason)) = event.kind { "\(reason)" } else { nil }
    }
    #expect(story == ["{boom,STACK}", "{boom,STACK}", "normal"])
  }

  @Test func `a task that stands in a tree ends for good by default`() throws {
    var simulation = Simulation(seed: 1)
    simulation.start(
      Supervisor("top", children: [.task(id: "job", Self.work(1, failing: RaisedError("x")))]).start
    )
    #expect(simulation.kernel.processes == [PID(1), PID(2)])
    simulation.runUntilIdle()
    #expect(simulation.kernel.processes == [PID(1)])
  }
}

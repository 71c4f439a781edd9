import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleRealTime
import BubbleSimulation
import Dispatch
import Testing

/// The driver by the wall clock: what comes in, what goes out, when it sleeps.
@Suite(.timeLimit(.minutes(60))) struct RealTimeMachineTests {
  let witness = Witness()

  func machine(inboxLimit: Int = 1000) -> RealTimeMachine {
    RealTimeMachine(seed: 1, inboxLimit: inboxLimit, world: witness)
  }

  @Test func `what is posted is handled in its order, and what is asked is done in its order`()
    async throws
  {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    for number in 1...5 { #expect(machine.post(number, to: herald) == .accepted) }
    #expect(await witness.next(5) == (1...5).map { "\(herald) \($0)" })
    machine.stop()
  }

  @Test func `messages from many threads all arrive, each thread's in its order`() async throws {
    let machine = machine(inboxLimit: 10_000)
    let herald = try #require(machine.startHerald())
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          for number in 0..<250 { _ = machine.post("\(thread):\(number)", to: herald) }
        }
      }
    }
    let lines = await witness.next(2000)
    for thread in 0..<8 {
      let numbers = lines.compactMap { line -> Int? in
        let words = line.split(separator: " ")[1].split(separator: ":")
        return words[0] == "\(thread)" ? Int(words[1]) : nil
      }
      #expect(numbers == Array(0..<250))
    }
    machine.stop()
  }

  @Test func `a timer fires by the wall clock, and not before its time`() async throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    let before = machine.now
    _ = machine.post(Duration.milliseconds(30), to: herald)
    #expect(await witness.next(1) == ["\(herald) waited"])
    #expect(machine.now - before >= .milliseconds(30))
    machine.stop()
  }

  @Test func `an idle machine sleeps`() async throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    let before = machine.slices
    _ = machine.post(Duration.milliseconds(100), to: herald)
    _ = await witness.next(1)
    // The message, going to sleep, the timer, and a late signal.
    #expect(machine.slices - before <= 6)
    machine.stop()
  }

  @Test func `a full inbox says so, and takes more once there is room`() async throws {
    let machine = machine(inboxLimit: 10)
    let herald = try #require(machine.startHerald())
    let gate = DispatchSemaphore(value: 0)
    _ = machine.post(gate, to: herald)
    // From here on the machine's thread stands in the outside and takes nothing.
    #expect(await witness.next(1) == ["gate"])
    for _ in 0..<10 { #expect(machine.post("x", to: herald) == .accepted) }
    #expect(machine.post("y", to: herald) == .full)
    gate.signal()
    #expect(await witness.next(10).count == 10)
    #expect(machine.post("z", to: herald) == .accepted)
    #expect(await witness.next(1) == ["\(herald) z"])
    machine.stop()
  }

  @Test(arguments: ["stop", "boom"])
  func `the outside hears of an end after all that the process asked for`(word: String)
    async throws
  {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    _ = machine.post("last", to: herald)
    _ = machine.post(word, to: herald)
    #expect(await witness.next(2) == ["\(herald) last", "\(herald) ended"])
    machine.stop()
  }

  @Test func `the outside hears of a kill, and not of processes that never asked`() async throws {
    let machine = machine()
    let quiet = try #require(machine.startHerald())
    let herald = try #require(machine.startHerald())
    _ = machine.post("hello", to: herald)
    #expect(await witness.next(1) == ["\(herald) hello"])
    machine.apply(.process(quiet, .kill))
    machine.apply(.process(herald, .kill))
    #expect(await witness.next(1) == ["\(herald) ended"])
    machine.stop()
  }

  @Test func `a copy of the kernel runs ahead and asks the outside for nothing`() async throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    var copy = machine.look().kernel
    copy.send("from the copy", to: herald)
    while copy.runTurn() {}
    #expect(copy.takeOutsideRequests().isEmpty)
    _ = machine.post("from the machine", to: herald)
    #expect(await witness.next(1) == ["\(herald) from the machine"])
    machine.stop()
  }

  @Test func `a simulation keeps nothing that is asked of the outside`() throws {
    var simulation = Simulation(seed: 1)
    guard case .ok(let herald, _)? = simulation.start(.genServer { Herald() }) else {
      Issue.record("the herald did not start")
      return
    }
    simulation.send("hello", to: herald)
    simulation.runUntilIdle()
    #expect(simulation.kernel.takeOutsideRequests().isEmpty)
  }

  @Test func `a task's outcome comes as a message, its failure too`() async throws {
    struct Broken: Error {}
    let machine = machine()
    let herald = try #require(machine.startHerald())
    _ = machine.post(OutsideTask(id: "sum") { 6 * 7 }, to: herald)
    #expect(await witness.next(1) == ["\(herald) task sum: value(42)"])
    _ = machine.post(OutsideTask(id: "bad") { throw Broken() }, to: herald)
    #expect(await witness.next(1) == ["\(herald) task bad: failure(\"Broken()\")"])
    machine.stop()
  }

  @Test func `a task is cancelled when its process ends`() async throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    let (signals, signal) = AsyncStream<String>.makeStream()
    let task = OutsideTask(id: "long") {
      signal.yield("begun")
      do {
        try await Task.sleep(for: .seconds(3600))
      } catch {
        signal.yield("cancelled")
      }
      return 0
    }
    _ = machine.post(task, to: herald)
    var seen: [String] = []
    for await line in signals {
      seen.append(line)
      if line == "cancelled" { break }
      machine.apply(.process(herald, .kill))
    }
    #expect(seen == ["begun", "cancelled"])
    machine.stop()
  }

  @Test func `a process waits for asynchronous work as for any other task`() async throws {
    struct Broken: Error {}
    let machine = machine()
    let herald = try #require(machine.startHerald())
    _ = machine.post(TaskWork.outside("sum") { "\(6 * 7)" }, to: herald)
    #expect(await witness.next(2) == ["<2> ended", "\(herald) awaited 42"])
    _ = machine.post(TaskWork<String>.outside("bad") { throw Broken() }, to: herald)
    // The task takes the herald along.
    #expect(await witness.next(2) == ["<3> ended", "\(herald) ended"])
    machine.stop()
  }

  @Test func `in a simulation asynchronous work fails`() throws {
    var simulation = Simulation(seed: 1)
    let task = simulation.kernel.async(TaskWork<Int>.outside { 1 })
    #expect(throws: CallFailure.ended(.failure(.tuple(["no_outside", .stack])))) {
      _ = try simulation.await(task.mark, returning: Int.self)
    }
  }

  @Test func `a process is ended in order, and the reason is told`() throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    #expect(machine.end(herald, reason: .shutdown, timeout: .seconds(600)) == .shutdown)
    #expect(machine.look().kernel.processCount == 0)
    machine.stop()
  }

  @Test func `a stopped machine takes nothing and answers nobody`() throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    machine.stop()
    machine.stop()
    #expect(machine.post("x", to: herald) == .stopped)
    #expect(machine.startHerald() == nil)
    #expect(machine.end(herald, timeout: .milliseconds(10)) == nil)
  }

  @Test func `everything that happened can be taken once`() throws {
    let machine = machine()
    let herald = try #require(machine.startHerald())
    let events = machine.look().events
    #expect(
      events.first?.kind
        == .process(herald, .spawned(parent: nil, behaviour: "gen_server Herald")))
    #expect(machine.look().events.isEmpty)
    machine.stop()
  }
}

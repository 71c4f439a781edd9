import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// A scenario's tree comes up, its script is played, and the same seed gives the same run.
@Suite struct ScenarioScheduleTests {
  private static let crowd = """
    tree:
      supervisor: top
      intensity: 10 in 1 s
      children:
        - {supervisor: crowd, template: {worker: w, tick: 1 s}, count: 5}
    """

  private func alive(_ run: ScenarioRun) -> Int { run.machine.processCount }

  @Test func `a dynamic supervisor begins with its count, and comes back empty`() throws {
    var run = try ScenarioRun(yaml: Self.crowd + "\nfaults: [{at: 2 s, kill: crowd}]", seconds: 1)
    #expect(alive(run) == 7)
    let numbers = run.events.compactMap { event in
      if case .child(_, .dynamic(let number), .started) = event.kind { number } else { nil }
    }
    #expect(numbers == [0, 1, 2, 3, 4])
    run.run(until: 3)
    #expect(alive(run) == 2)
  }

  @Test func `a worker starts children up to its limit`() throws {
    let run = try ScenarioRun(
      a: "starts: {under: crowd, every: 1 s, most: 4}",
      others: "{supervisor: crowd, template: {worker: w}, count: 1}", seconds: 10)
    #expect(alive(run) == 3 + 4)
    let starts = run.milliseconds {
      if case .child(_, .dynamic, .started) = $0 { true } else { false }
    }
    #expect(starts == [0, 1000, 2000, 3000])
  }

  @Test func `nobody is registered to whom nobody talks`() throws {
    let run = try ScenarioRun(yaml: Self.crowd, seconds: 1)
    let names = run.events.compactMap { event in
      if case .process(_, .nameRegistered(let name)) = event.kind { name } else { nil }
    }
    #expect(names == [])
  }

  // MARK: - The script

  @Test func `every step does what it says at its instant`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 10 in 1 s
          children:
            - worker: a
            - worker: b
            - supervisor: inner
              strategy: one_for_all
              children: [{supervisor: deep, children: [{worker: c}]}]
            - {supervisor: crowd, template: {worker: w}, count: 3}
        faults:
          - {at: 1.5 s, kill: c, say: c dies}
          - {at: 2 s, exit: a, reason: badarg}
          - {at: 3 s, suspend: b}
          - {at: 4 s, send: b, message: "{hello, 1}"}
          - {at: 4.5 s, set: b, field: messages, value: 7}
          - {at: 5 s, resume: b}
          - {at: 6 s, terminate: a}
          - {at: 7 s, restart: a}
          - {at: 8 s, kill: crowd#2}
          - {at: 9 s, start: crowd}
          - {at: 10 s, change: inner, intensity: 7 in 8 s}
          - {at: 11 s, say: The end.}
          - {at: 12 s, kill: top}
          - {at: 13 s, kill: a}
        """, seconds: 20)
    let requests = run.events.compactMap { event in
      guard case .requested(let request, _) = event.kind else { return String?.none }
      return "\(event.instant) \(verb(request))"
    }
    #expect(
      requests == [
        "1.500 kill", "2.000 exit badarg", "3.000 suspend", "4.000 send {hello,1}",
        "4.500 replace messages: 7", "5.000 resume",
        "6.000 terminate a", "7.000 restart a", "8.000 kill", "9.000 start",
        "10.000 change one_for_all 7 in 8", "12.000 kill",
      ])
    #expect(run.exits(of: "c").first == "1500 killed")
    #expect(run.exits(of: "a").prefix(2) == ["2000 badarg", "6000 shutdown"])
    #expect(run.starts(of: "a") == [0, 2000, 7000])
    #expect(run.captions == ["c dies", "The end.", "the script found nobody at a"])
    #expect(alive(run) == 0)
  }

  private func verb(_ request: ControlRequest) -> String {
    switch request {
    case .process(_, .exit(let reason)): "exit \(reason)"
    case .process(_, .kill): "kill"
    case .process(_, .suspend): "suspend"
    case .process(_, .resume): "resume"
    case .process(_, .send(let term)): "send \(term)"
    case .process(_, .replaceState(let field, let value)): "replace \(field): \(value)"
    case .child(_, let id, .restart): "restart \(id)"
    case .child(_, let id, .terminate): "terminate \(id)"
    case .child(_, let id, .delete): "delete \(id)"
    case .supervisor(_, .startChild): "start"
    case .child(_, let id, .injectFault(let fault)): "inject into \(id): \(fault)"
    case .child(_, let id, .change): "change child \(id)"
    case .supervisor(_, .reorderChildren): "reorder"
    case .application(_, let name, .start(let restart)): "start \(name) \(restart.rawValue)"
    case .application(_, let name, .stop): "stop \(name)"
    case .release(_, let deed, let version): "\(deed.rawValue) \(version)"
    case .node, .network: request.name
    case .supervisor(_, .changeFlags(let flags)):
      "change \(flags.strategy.rawValue) \(flags.intensity.restarts) in \(flags.intensity.seconds)"
    }
  }

  @Test func `a step finds the process that fills the place at its instant`() throws {
    let run = try ScenarioRun(
      a: "restart: permanent",
      script: "[{at: 1 s, kill: a}, {at: 2 s, kill: a}, {at: 3 s, kill: a}]",
      seconds: 5)
    #expect(run.exits(of: "a") == ["1000 killed", "2000 killed", "3000 killed"])
  }

  @Test func `steps of one instant are played in order, one after the other's turn`() throws {
    let run = try ScenarioRun(
      a: "restart: temporary", others: "{worker: b}",
      script: "[{at: 1 s, kill: b}, {at: 1 s, kill: a}, {at: 1 s, say: done}]", seconds: 2)
    #expect(run.exits(of: "a") == ["1000 killed"])
    #expect(run.requests.count == 2 && run.captions == ["done"])
  }

  @Test func `a copy of a machine goes another way`() throws {
    let run = try ScenarioRun(a: "tick: 1 s", script: "[{at: 2 s, kill: a}]", seconds: 1)
    var copy = run
    copy.run(until: 5)
    #expect(copy.exits(of: "a") == ["2000 killed"])
    #expect(run.machine.now == .zero + .seconds(1))
    var later = run
    later.run(until: 5)
    #expect(later.events == copy.events)
  }

  @Test func `the seed of the file counts unless another is given`() throws {
    let yaml = "tree: {supervisor: top, children: [{worker: a, tick: 1 ms to 9 s}]}"
    let scenario = try Scenario(yaml: "seed: 7\n" + yaml, file: "x")
    func ticks(_ machine: SimulatedMachine) -> RuntimeInstant? {
      var machine = machine
      machine.run(until: .zero)
      return machine.nextInstant
    }
    let plain = try Scenario(yaml: yaml, file: "x")
    #expect(ticks(scenario.machine()) == ticks(plain.machine(seed: 7)))
    #expect(ticks(scenario.machine(seed: 8)) != ticks(scenario.machine()))
  }
}

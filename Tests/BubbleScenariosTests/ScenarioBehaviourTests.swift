import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Workers that are state machines or event managers do what the document says.
@Suite struct ScenarioBehaviourTests {
  private static let door =
    "states: {locked: {on: {code: open, push: postpone, kick: crash}}, "
    + "open: {on: {push: stay}, after: 3 s, next: locked}}"

  @Test func `a message changes the state, and time changes it back`() throws {
    let others = "{worker: b, casts: {to: a, every: 5 s, message: code}}"
    let open = try ScenarioRun(a: Self.door, others: others, seconds: 7.5)
    #expect(open.inspection(of: "a")?.behaviour == "gen_statem a")
    #expect(open.field("state", of: "a") == "open")
    #expect(open.field("locked → open", of: "a") == "cast {code,1}")
    #expect(open.field("timeouts", of: "a") == "state_timeout at 8.000")
    let locked = try ScenarioRun(a: Self.door, others: others, seconds: 8.5)
    #expect(locked.field("state", of: "a") == "locked")
  }

  @Test func `a postponed call is answered when the state has changed`() throws {
    let others =
      "{worker: b, casts: {to: a, every: 5 s, message: code}}, "
      + "{worker: c, calls: {to: a, every: 1 s, message: push, timeout: infinity}}"
    let waiting = try ScenarioRun(a: Self.door, others: others, seconds: 4)
    #expect(waiting.field("postponed", of: "a") == "1: call {push,1}")
    #expect(waiting.inspection(of: "c")?.waitingFor == "a reply")
    let answered = try ScenarioRun(a: Self.door, others: others, seconds: 5.5)
    #expect(answered.field("postponed", of: "a") == "0")
    #expect(answered.field("messages", of: "c") == "1")
  }

  @Test func `an event that crashes a state machine is told in its exit reason`() throws {
    let run = try ScenarioRun(
      a: Self.door, others: "{worker: b, casts: {to: a, every: 5 s, message: kick}}", seconds: 6)
    #expect(run.exits(of: "a") == ["5000 {{crash,kick},STACK}"])
    #expect(run.field("state", of: "a") == "locked")
  }

  @Test func `entering a state and working on an event take their time`() throws {
    let run = try ScenarioRun(
      a: "work: 1 s, states: {x: {enter: 2 s, on: {go: y}}, y: {enter: 1 s}}",
      others: "{worker: b, casts: {to: a, every: 1 s, message: go}}", seconds: 3.5)
    #expect(run.field("state", of: "a") == "x")
    let later = try ScenarioRun(
      a: "work: 1 s, states: {x: {enter: 2 s, on: {go: y}}, y: {enter: 1 s}}",
      others: "{worker: b, casts: {to: a, every: 1 s, message: go}}", seconds: 4.5)
    #expect(later.field("state", of: "a") == "y")
  }

  @Test func `a handler that fails is gone, and the manager and the others go on`() throws {
    let run = try ScenarioRun(
      a: "handlers: [{handler: log}, {handler: pager, fails: 2}]",
      others: "{worker: b, casts: {to: a, every: 1 s, message: smoke}}", seconds: 4.5)
    #expect(run.inspection(of: "a")?.behaviour == "gen_event a")
    #expect(run.field("handlers", of: "a") == "1")
    #expect(run.field("log", of: "a") == "events 4, last {smoke,4}")
    #expect(run.field("pager", of: "a") == nil)
    #expect(run.exits(of: "a").isEmpty)
  }

  @Test func `a worker ends with the handler that it added, and adds a new one`() throws {
    let others =
      "{worker: b, casts: {to: a, every: 1 s, message: smoke}}, "
      + "{worker: c, adds: {handler: screen, to: a, fails: 2}}"
    let run = try ScenarioRun(a: "handlers: []", others: others, seconds: 3.5)
    #expect(run.exits(of: "c") == ["2000 {handler_gone,screen}"])
    #expect(run.field("handlers", of: "a") == "1")
    #expect(run.field("screen", of: "a")?.hasPrefix("events 1, last {smoke,3}, for <") == true)
  }
}

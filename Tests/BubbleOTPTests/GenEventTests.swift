import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Tells each event, and does with it what a table says.
private struct Scribe: GenEventHandler {
  typealias Answer = @Sendable (inout Scribe) throws -> HandlerResult

  var name: String
  var start: HandlerStart = .ok
  var startError: (any Error)?
  var count = 0
  var answers: [String: Answer] = [:]
  var reply: HandlerReply = .reply("fine")

  mutating func initialize(
    _ predecessor: Term?, _ context: inout ProcessContext
  ) throws -> HandlerStart {
    if let predecessor { tell("after \(predecessor)", &context) }
    if let startError { throw startError }
    return start
  }

  mutating func handleEvent(
    _ event: Term, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    count += 1
    tell("\(event)", &context)
    return try answers["\(event)"]?(&self) ?? .ok
  }

  mutating func handleCall(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> HandlerReply {
    if request == "raise" { throw RaisedError("boom") }
    return reply
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    tell("info \(message)", &context)
    return .ok
  }

  mutating func terminate(_ end: HandlerEnd, _ context: inout ProcessContext) throws -> Term {
    tell("terminate \(end.term) after \(count)", &context)
    return .tuple(["left", .atom(name)])
  }

  private func tell(_ text: String, _ context: inout ProcessContext) {
    context.post(.limitReached(pid: context.pid, limit: "\(name) \(text)"))
  }
}

struct GenEventTests {
  private var test = Servers()
  private let manager: PID

  init() throws {
    manager = try #require(test.simulation.start(.genEvent())?.pid)
  }

  private mutating func ask(_ request: GenEventRequest) throws -> String {
    let answer: Term = try test.simulation.call(request, to: manager)
    return answer.description
  }

  private mutating func add(_ scribes: Scribe...) throws {
    for scribe in scribes {
      #expect(try ask(.add(HandlerID(scribe.name), scribe)) == "ok")
    }
  }

  private mutating func notify(_ event: Term) {
    test.simulation.cast(event, to: manager)
    test.simulation.runUntilIdle()
  }

  private static func reports(_ simulation: inout Simulation) -> [String] {
    simulation.takeEvents().compactMap { event in
      guard case .reported(.handlerTerminated(_, let handler, let reason)) = event.kind else {
        return nil
      }
      return "\(handler) \(reason)"
    }
  }

  @Test func `every handler gets each event, the last added first`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"), Scribe(name: "b"))
    #expect(try copy.ask(.add(HandlerID("b", id: 2), Scribe(name: "c"))) == "ok")
    copy.notify("x")
    #expect(try copy.ask(.notify(Term.atom("y"))) == "ok")
    #expect(copy.test.ends() == ["c x", "b x", "a x", "c y", "b y", "a y"])
    #expect(try copy.ask(.whichHandlers) == "[{b,2},b,a]")
  }

  @Test func `a handler that does not want to start is not added`() throws {
    var copy = self
    var refusing = Scribe(name: "a")
    refusing.start = .refused("no")
    #expect(try copy.ask(.add(HandlerID("a"), refusing)) == "no")
    var failing = Scribe(name: "a")
    failing.startError = RaisedError("boom")
    #expect(try copy.ask(.add(HandlerID("a"), failing)) == "{EXIT,{boom,STACK}}")
    failing.startError = ProcessExit(.failure("out"))
    #expect(try copy.ask(.add(HandlerID("a"), failing)) == "{EXIT,out}")
    #expect(try copy.ask(.whichHandlers) == "[]")
  }

  @Test func `deleting a handler answers what its terminate returns`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"))
    #expect(try copy.ask(.delete(HandlerID("a"), "bye")) == "{left,a}")
    #expect(copy.test.ends() == ["a terminate bye after 0"])
    #expect(try copy.ask(.delete(HandlerID("a"), "bye")) == "{error,module_not_found}")
  }

  /// How a handler goes: what it does, what terminate is told, and what the log says.
  private static let ends:
    [(
      answer: Scribe.Answer, told: String, report: String?
    )] = [
      ({ _ in .remove }, "remove_handler after 0", nil),
      ({ _ in .invalid("odd") }, "{error,odd} after 0", "a odd"),
      (
        { _ in throw RaisedError("boom") }, "{error,{EXIT,{boom,STACK}}} after 0",
        "a {EXIT,{boom,STACK}}"
      ),
      (
        { _ in throw ProcessExit(.failure("out")) }, "{error,{EXIT,out}} after 0", "a {EXIT,out}"
      ),
    ]

  @Test(arguments: ends.indices)
  func `a handler that fails or asks for it is removed, and all others go on`(
    index: Int
  ) throws {
    var copy = self
    let (answer, told, report) = Self.ends[index]
    try copy.add(
      Scribe(name: "z"), Scribe(name: "a", answers: ["x": answer]), Scribe(name: "b"))
    copy.notify("x")
    var events = copy.test.simulation
    #expect(Self.reports(&events) == (report.map { [$0] } ?? []))
    #expect(copy.test.ends() == ["b x", "a x", "a terminate \(told)", "z x"])
    #expect(try copy.ask(.whichHandlers) == "[b,z]")
  }

  @Test func `an event of another type removes a handler`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"))
    copy.test.simulation.cast(1.5, to: copy.manager)
    copy.test.simulation.runUntilIdle()
    #expect(
      copy.test.ends() == ["a terminate {error,{EXIT,{function_clause,STACK}}} after 0"])
  }

  @Test func `a swap gives the new handler what the old one left`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"))
    let swap = GenEventRequest.swap(HandlerID("a"), "args", to: HandlerID("b"), Scribe(name: "b"))
    #expect(try copy.ask(swap) == "ok")
    #expect(try copy.ask(swap) == "ok")
    #expect(
      copy.test.ends() == ["a terminate args after 0", "b after {left,a}", "b after error"])
    #expect(try copy.ask(.whichHandlers) == "[b,b]")
  }

  @Test func `a handler can give its place to another`() throws {
    var copy = self
    try copy.add(
      Scribe(
        name: "a",
        answers: ["x": { _ in .swap("args", to: HandlerID("b"), Scribe(name: "b")) }]))
    copy.notify("x")
    copy.notify("y")
    #expect(
      copy.test.ends() == ["a x", "a terminate args after 1", "b after {left,a}", "b y"])
  }

  @Test func `one handler answers a question`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"), Scribe(name: "b", reply: .removeWithReply("bye")))
    #expect(try copy.ask(.call(HandlerID("a"), "q")) == "fine")
    #expect(try copy.ask(.call(HandlerID("b"), "q")) == "bye")
    #expect(try copy.ask(.call(HandlerID("b"), "q")) == "{error,bad_module}")
    #expect(try copy.ask(.call(HandlerID("a"), "raise")) == "{error,{EXIT,{boom,STACK}}}")
    #expect(try copy.ask(.whichHandlers) == "[]")
  }

  @Test func `plain messages go to every handler's handleInfo`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"), Scribe(name: "b"))
    copy.test.simulation.send(Term.atom("hi"), to: copy.manager)
    copy.test.simulation.runUntilIdle()
    #expect(copy.test.ends() == ["b info hi", "a info hi"])
  }

  @Test func `a stop ends all handlers, the parent's end too`() throws {
    var copy = self
    try copy.add(Scribe(name: "a"), Scribe(name: "b"))
    copy.test.simulation.stop(copy.manager)
    #expect(
      copy.test.ends() == ["b terminate stop after 0", "a terminate stop after 0", "exit normal"])
    let parent = copy.test.listener()
    copy.test.order(parent) { _ = $0.startEventManager(name: "m") }
    let pid = PID(parent.number + 1)
    let _: Term = try copy.test.simulation.call(
      GenEventRequest.add(HandlerID("c"), Scribe(name: "c")), to: pid)
    copy.test.order(parent) { $0.finish(.failure("gone")) }
    #expect(
      copy.test.ends() == [
        "exit gone", "c terminate stop after 0", "crash report gone", "exit gone",
      ])
  }

  @Test func `a supervised handler's removal is told, and its supervisor's end ends it`() throws {
    var copy = self
    let (manager, owner) = (manager, copy.test.listener())
    let other = copy.test.listener()
    func add(_ name: String, for owner: PID, _ test: inout Servers) {
      test.order(owner) { context in
        _ = context.call(
          GenEventRequest.add(
            HandlerID(name),
            Scribe(name: name, answers: ["x\(name)": { _ in throw RaisedError("boom") }]),
            isSupervised: true), to: manager)
      }
    }
    for name in ["a", "b", "c"] { add(name, for: owner, &copy.test) }
    add("d", for: other, &copy.test)
    copy.notify("xa")
    _ = try copy.ask(.delete(HandlerID("b"), "args"))
    _ = try copy.ask(
      .swap(HandlerID("c"), "args", to: HandlerID("e"), Scribe(name: "e")))
    copy.test.simulation.runUntilIdle()
    #expect(
      copy.test.heard(owner).filter { $0.contains("gen_event") } == [
        "{gen_event_EXIT,a,{EXIT,{boom,STACK}}}", "{gen_event_EXIT,b,normal}",
        "{gen_event_EXIT,c,{swapped,e,\(owner)}}",
      ])
    _ = copy.test.ends()
    copy.test.order(owner) { $0.finish(.failure("gone")) }
    let story = copy.test.ends()
    #expect(story.prefix(2) == ["exit gone", "e terminate {stop,gone} after 0"])
    #expect(story.count == 3 && story[2].hasPrefix("d info {EXIT"))
    copy.test.simulation.stop(manager)
    copy.test.simulation.runUntilIdle()
    #expect(copy.test.heard(other).last == "{gen_event_EXIT,d,shutdown}")
    #expect(copy.test.isAlive(other))
  }

  @Test func `a manager without handlers lives on`() throws {
    var copy = self
    copy.notify("x")
    #expect(try copy.ask(.whichHandlers) == "[]")
    #expect(copy.test.isAlive(manager))
  }

  @Test func `inspection lists the handlers with their states`() throws {
    var copy = self
    let pid = try #require(
      copy.test.simulation.start(
        .genEvent(name: "alarms") { [(HandlerID("log", id: 1), Counting())] })?.pid)
    copy.test.simulation.cast(Term.atom("x"), to: pid)
    copy.test.simulation.runUntilIdle()
    let inspection = copy.test.simulation.inspect(pid)
    #expect(inspection?.behaviour == "gen_event alarms")
    #expect(
      inspection?.state.map { "\($0.name): \($0.value)" } == ["handlers: 1", "{log,1}: count 1"])
  }

  private struct Counting: GenEventHandler {
    var count = 0
    mutating func handleEvent(
      _ event: Term, _ context: inout ProcessContext
    ) throws -> HandlerResult {
      count += 1
      return .ok
    }
  }

  @Test func `a manager's handler that fails at the start is left out`() throws {
    var copy = self
    var failing = Scribe(name: "a")
    failing.startError = RaisedError("boom")
    let handler = failing
    let pid = try #require(
      copy.test.simulation.start(
        .genEvent { [(HandlerID("a"), handler), (HandlerID("b"), Scribe(name: "b"))] })?.pid)
    let which: Term = try copy.test.simulation.call(GenEventRequest.whichHandlers, to: pid)
    #expect(which == ["b"])
    #expect(Self.reports(&copy.test.simulation) == ["a {EXIT,{boom,STACK}}"])
  }
}

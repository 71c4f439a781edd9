import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// Runs a scenario of one event manager, as Tests/Oracle/src/oracle_event.erl does.
struct EventManagerRunner {
  private var simulation = Simulation(seed: 1)
  private let witness: PID
  private let rules: JSONValue
  private var manager = PID(0)
  private var owners: [String: PID] = [:]
  private var lines: [String] = []
  private var toldCount = 0
  private var heardCount = 0

  private init(_ scenario: JSONValue) {
    rules = scenario["rules"] ?? .object([])
    witness = simulation.spawn(BehaviourWitness())
    simulation.send(
      BehaviourWitness.Order { witness, context in
        guard case .spawned(let pid, _) = context.startEventManager() else { return }
        witness.subject = pid
      }, to: witness)
    simulation.runUntilIdle()
    manager = all("subject").first.flatMap { PID($0) } ?? manager
  }

  static func trace(of scenario: JSONValue) -> [JSONValue] {
    var runner = EventManagerRunner(scenario)
    for step in scenario["steps"]?.array ?? [] {
      let words = (step.array ?? []).compactMap(\.string)
      runner.note(words.joined(separator: " "), runner.answer(words))
    }
    runner.simulation.stop(runner.manager)
    runner.note("stop", "ok")
    return BehaviourText.trace(of: scenario, runner.lines)
  }

  /// Writes an operation and its answer, and then what was told meanwhile.
  private mutating func note(_ operation: String, _ answer: String) {
    simulation.runUntilIdle()
    let told = all("line")
    let heard = all("heard")
    lines.append("\(operation): \(answer)")
    lines += told[toldCount...] + heard[heardCount...].sorted()
    (toldCount, heardCount) = (told.count, heard.count)
  }

  private func all(_ name: String) -> [String] {
    (simulation.inspect(witness)?.state ?? []).filter { $0.name == name }.map(\.value)
  }

  // MARK: - Operations

  private mutating func answer(_ words: [String]) -> String {
    switch words[0] {
    case "add": return ask(.add(id(words[1]), handler(words[1])))
    case "add_sup":
      return ask(.add(id(words[2]), handler(words[2]), isSupervised: true), as: words[1])
    case "delete": return ask(.delete(id(words[1]), "deleted"))
    case "swap":
      return ask(.swap(id(words[1]), "swapped", to: id(words[2]), handler(words[2])))
    case "swap_sup":
      let request = GenEventRequest.swap(
        id(words[2]), "swapped", to: id(words[3]), handler(words[3]), isSupervised: true)
      return ask(request, as: words[1])
    case "call": return ask(.call(id(words[1]), .atom(words[2])))
    case "sync_notify": return ask(.notify(Term.atom(words[1])))
    case "which": return ask(.whichHandlers)
    case "notify": simulation.cast(Term.atom(words[1]), to: manager)
    case "info": simulation.send(Term.atom(words[1]), to: manager)
    default:
      if let owner = owners.removeValue(forKey: words[1]) {
        simulation.send(OracleOwner.Finish(reason: ExitReason(.atom(words[2]))), to: owner)
      }
    }
    return "ok"
  }

  private mutating func ask(_ request: GenEventRequest) -> String {
    do {
      let reply: Term = try simulation.call(request, to: manager)
      return text(reply)
    } catch {
      return "\(error)"
    }
  }

  private mutating func ask(_ request: GenEventRequest, as name: String) -> String {
    let owner: PID
    if let known = owners[name] {
      owner = known
    } else {
      owner = simulation.spawn(OracleOwner(name: name, witness: witness))
      owners[name] = owner
    }
    do {
      let reply: Term = try simulation.call(
        OracleOwner.Question(request: request, manager: manager), to: owner)
      return text(reply)
    } catch {
      return "\(error)"
    }
  }

  private func text(_ reply: Term) -> String {
    guard case .list(let handlers) = reply else { return BehaviourText.reason(reply) }
    return "[\(handlers.map(BehaviourText.handler).joined(separator: ","))]"
  }

  private func id(_ name: String) -> HandlerID { HandlerID("oracle_event", id: .atom(name)) }

  private func handler(_ name: String) -> OracleHandler {
    OracleHandler(id: name, witness: witness, rules: rules)
  }
}

/// A process that supervises handlers.
struct OracleOwner: ProcessBody {
  struct Question: Sendable {
    var request: GenEventRequest
    var manager: PID
  }

  struct Finish: Sendable {
    var reason: ExitReason
  }

  let name: String
  let witness: PID
  private var asking: (mark: Reference, caller: Caller)?

  init(name: String, witness: PID) {
    self.name = name
    self.witness = witness
  }

  var behaviour: String { "owner" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .call(let question as Question, let caller):
      asking = (context.call(question.request, to: question.manager), caller)
    case .reply(let mark, let value as Term) where mark == asking?.mark:
      if let asking { context.reply(to: asking.caller, value) }
    case .plain(let finish as Finish): context.finish(finish.reason)
    case .plain(let exit as HandlerExit):
      let handler = BehaviourText.handler(exit.handler.term)
      tell("\(name) heard \(handler) \(BehaviourText.reason(exit.reason))", &context)
    case .exit(_, let reason):
      tell("\(name) exit \(BehaviourText.reason(reason.term))", &context)
    default: break
    }
  }

  private func tell(_ text: String, _ context: inout ProcessContext) {
    context.send(BehaviourWitness.Heard(text: text), to: witness)
  }
}

/// A handler whose behaviour is data.
struct OracleHandler: GenEventHandler {
  let id: String
  let witness: PID
  let rules: JSONValue
  var count = 0

  init(id: String, witness: PID, rules: JSONValue) {
    self.id = id
    self.witness = witness
    self.rules = rules
  }

  mutating func initialize(
    _ predecessor: Term?, _ context: inout ProcessContext
  ) throws -> HandlerStart {
    tell("init\(predecessor.map { " after \(BehaviourText.reason($0))" } ?? "")", &context)
    let rule = rule("init")
    return rule["do"] == "ok" ? .ok : .refused(try value(rule))
  }

  mutating func handleEvent(
    _ event: Term, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    try handle("event \(event)", &context)
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    switch message {
    case .exit(_, let reason):
      try handle("exit \(BehaviourText.reason(reason.term))", &context)
    case .message(let payload): try handle("info \(payload)", &context)
    default: .ok
    }
  }

  mutating func handleCall(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> HandlerReply {
    let key = "call \(request)"
    tell(key, &context)
    count += 1
    let rule = rule(key)
    switch rule["do"]?.string {
    case "ok": return .reply("fine")
    case "remove": return .removeWithReply("bye")
    case "swap":
      return .swap(reply: "swapping", "swapped", to: other(rule), successor(rule))
    default: return .invalid(try value(rule))
    }
  }

  mutating func terminate(_ end: HandlerEnd, _ context: inout ProcessContext) throws -> Term {
    tell("terminate \(BehaviourText.reason(end.term))", &context)
    let rule = rule("terminate")
    return rule["do"] == "ok" ? .tuple(["left", .atom(id)]) : try value(rule)
  }

  private mutating func handle(
    _ key: String, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    tell(key, &context)
    count += 1
    let rule = rule(key)
    switch rule["do"]?.string {
    case "ok": return .ok
    case "remove": return .remove
    case "swap": return .swap("swapped", to: other(rule), successor(rule))
    default: return .invalid(try value(rule))
    }
  }

  private func other(_ rule: JSONValue) -> HandlerID {
    HandlerID("oracle_event", id: .atom(rule["to"]?.string ?? ""))
  }

  private func successor(_ rule: JSONValue) -> OracleHandler {
    OracleHandler(id: rule["to"]?.string ?? "", witness: witness, rules: rules)
  }

  private func rule(_ key: String) -> JSONValue { rules["\(id) \(key)"] ?? ["do": "ok"] }

  /// A value that is not a result, or a failure.
  private func value(_ rule: JSONValue) throws -> Term {
    switch rule["do"]?.string {
    case "raise": throw RaisedError("boom")
    case "exit": throw ProcessExit(.failure("out"))
    default: return "odd"
    }
  }

  private func tell(_ line: String, _ context: inout ProcessContext) {
    context.send("\(id) \(line) #\(count)", to: witness)
  }
}

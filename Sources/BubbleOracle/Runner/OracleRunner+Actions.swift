import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

extension OracleRunner {
  /// What turns the machine, when it is quiet again, into the result of an action.
  typealias Finish = (inout OracleRunner) -> JSONValue

  /// Begins an action.
  mutating func perform(_ operation: String, _ action: JSONValue) -> Finish {
    switch operation {
    case "start":
      simulation.send(OracleParent.Request.start(action["tree"] ?? .null), to: parent)
      return { runner in
        let result = runner.ledger.with { $0.rootResult }
        return .string(runner.writer.text(of: result?.term ?? "undefined"))
      }
    case "stop": return stop(action)
    case "exit", "tell", "send": return signal(operation, action)
    case "proc_stop": return stopInOrder(action)
    case "batch_exit": return batchExit(action)
    case "code_change": return changeCode(action)
    case "wait":
      simulation.run(until: simulation.now + .milliseconds(action["ms"]?.integer ?? 0))
      return { _ in "ok" }
    case "align":
      let second = simulation.now.wholeSeconds + 1
      simulation.run(until: RuntimeInstant(nanoseconds: second * 1_000_000_000))
      return { _ in "ok" }
    case "check_childspecs": return check(action)
    case "async": return callLater(action)
    case "release": return release(action)
    default: return call(action)
    }
  }

  // MARK: - Signals and messages

  private mutating func stop(_ action: JSONValue) -> Finish {
    guard let root = live("/") else { return { _ in "noproc" } }
    let reason = ExitReason(action["reason"].map(OracleDefinition.term) ?? "shutdown")
    simulation.send(OracleParent.Request.stop(root, reason), to: parent)
    if action["nowait"]?.bool == true { return { _ in "ok" } }
    return { runner in
      guard let reason = runner.writer.exitReasons[root] else { return "timeout" }
      return .string(runner.writer.text(of: .tuple(["exited", reason.term])))
    }
  }

  private mutating func signal(_ operation: String, _ action: JSONValue) -> Finish {
    guard let pid = live(action["path"]?.string) else { return { _ in "noproc" } }
    switch operation {
    case "exit":
      simulation.apply(.process(pid, .exit(ExitReason(OracleDefinition.reason(action)))))
    case "tell":
      let what = action["do"]?.string ?? ""
      simulation.send(
        OracleTell(what: what, reason: OracleDefinition.reason(action)), to: pid)
    default:
      simulation.send(action["msg"].map(OracleDefinition.term) ?? "undefined", to: pid)
    }
    return { _ in "ok" }
  }

  private mutating func stopInOrder(_ action: JSONValue) -> Finish {
    guard let pid = live(action["path"]?.string) else { return { _ in "noproc" } }
    let reason = ExitReason(OracleDefinition.reason(action))
    let end = simulation.stop(pid, reason: reason)
    return { runner in
      if end == reason { return "ok" }
      return .string(runner.writer.text(of: .tuple(["exit", end?.term ?? "timeout"])))
    }
  }

  private mutating func batchExit(_ action: JSONValue) -> Finish {
    guard let supervisor = live(action["sup"]?.string) else { return { _ in "noproc" } }
    simulation.apply(.process(supervisor, .suspend))
    simulation.runUntilIdle()
    for exit in action["exits"]?.array ?? [] {
      guard let pid = live(exit["path"]?.string) else { continue }
      simulation.apply(.process(pid, .exit(ExitReason(OracleDefinition.reason(exit)))))
      simulation.runUntilIdle()
    }
    simulation.apply(.process(supervisor, .resume))
    return { _ in "ok" }
  }

  private mutating func changeCode(_ action: JSONValue) -> Finish {
    guard let path = action["sup"]?.string, let pid = live(path) else {
      return { _ in "noproc" }
    }
    let definition = action["def"] ?? .null
    let template = ledger.with { state in
      state.replaced[path] = definition
      return state.templates[pid]
    }
    simulation.apply(.process(pid, .suspend))
    let answer: Term
    do {
      answer = try simulation.system(.changeCode(version: "undefined", extra: []), to: pid)
    } catch {
      answer = .opaque(String(describing: error))
    }
    if answer != "ok" { ledger.with { $0.templates[pid] = template } }
    simulation.apply(.process(pid, .resume))
    return { runner in .string(runner.writer.text(of: answer)) }
  }

  private mutating func release(_ action: JSONValue) -> Finish {
    let path = action["path"]?.string ?? ""
    guard let pid = ledger.with({ $0.newest[path] }), gated.contains(pid) else {
      return { _ in "not_gated" }
    }
    simulation.send(OracleRelease(), to: pid)
    return { _ in "ok" }
  }

  // MARK: - The supervisor API

  private func check(_ action: JSONValue) -> Finish {
    let error: Term?
    do throws(SpecificationError) {
      switch action["specs"].map(specList) {
      case .array(let specs):
        let text = action["auto_shutdown"]?.string
        let autoShutdown = text.flatMap(AutoShutdown.init(rawValue:))
        if let text, autoShutdown == nil {
          throw SpecificationError(.tuple(["badarg", .atom(text)]))
        }
        try Supervisor.check(
          specs.map { tree.spec($0, under: "/", isTemplate: false) }, autoShutdown: autoShutdown)
        error = nil
      case let other?: error = .tuple(["badarg", OracleDefinition.term(other)])
      case nil: error = "badarg"
      }
    } catch {
      return { runner in
        .string(runner.writer.text(of: .tuple(["error", error.term])))
      }
    }
    return { runner in
      .string(runner.writer.text(of: error.map { .tuple(["error", $0]) } ?? "ok"))
    }
  }

  /// The list of specifications, when it is written as the text of a list of terms.
  private func specList(_ specs: JSONValue) -> JSONValue {
    guard case .string(let text) = specs, case .list(let elements)? = Term(typed: text) else {
      return specs
    }
    return .array(elements.map { ["raw": .string($0.description)] })
  }

  private mutating func call(_ action: JSONValue) -> Finish {
    guard let pid = live(action["sup"]?.string) else { return { _ in "{exit,noproc}" } }
    let mark = simulation.kernel.call(request(action), to: pid)
    return { runner in runner.result(of: mark, action) }
  }

  private mutating func callLater(_ action: JSONValue) -> Finish {
    let call = action["call"] ?? .null
    guard let pid = call["sup"]?.string.flatMap({ current[$0] }) else {
      return { _ in "{exit,noproc}" }
    }
    let mark = simulation.kernel.call(request(call), to: pid)
    calls.append((action["tag"]?.string ?? "", call, mark))
    return { _ in "queued" }
  }

  private mutating func request(_ action: JSONValue) -> SupervisorRequest {
    let key: Term
    if let path = action["pid_of"]?.string {
      key = current[path].map(Term.pid) ?? "no_such_pid"
    } else {
      key = action["id"].map(OracleDefinition.term) ?? "undefined"
    }
    switch action["op"]?.string {
    case "terminate_child": return .terminateChild(key)
    case "restart_child": return .restartChild(key)
    case "delete_child": return .deleteChild(key)
    case "get_childspec": return .getChildSpec(key)
    case "which_children": return .whichChildren
    case "count_children": return .countChildren
    default: return startRequest(action)
    }
  }

  private mutating func startRequest(_ action: JSONValue) -> SupervisorRequest {
    guard let name = action["name"]?.string else {
      let child = action["child"] ?? .null
      let path = action["sup"]?.string ?? "/"
      return .startUnchecked(tree.spec(child, under: path, isTemplate: false))
    }
    let rules = action["init"]
    let index = ledger.with { state in
      state.rules.append(rules)
      return state.rules.count - 1
    }
    return .startDynamic([.atom(name), .integer(index)])
  }

  // MARK: - Results

  func result(of mark: Reference, _ action: JSONValue) -> JSONValue {
    switch simulation.kernel.answer(to: mark) {
    case .waiting: return "timeout"
    case .ended(let reason):
      return .string(writer.text(of: .tuple(["exit", reason.term])))
    case .reply(let reply as SupervisorReply): return encoded(reply, action)
    case .reply(let other): return .string(String(describing: other))
    }
  }

  private func encoded(_ reply: SupervisorReply, _ action: JSONValue) -> JSONValue {
    switch reply {
    case .ok: return "ok"
    case .child(let pid, let info):
      let child = pid.map(Term.pid) ?? "undefined"
      return .string(writer.text(of: .tuple(["ok", child] + (info.map { [$0] } ?? []))))
    case .entry: return .string(writer.text(of: reply.term))
    case .failure(let error):
      return .string(writer.text(of: .tuple(["error", error.term])))
    case .children(let children):
      let entries = children.map { writer.encoded($0) }
      let isSimple = action["sup"]?.string.flatMap { current[$0] }
        .flatMap { writer.entry(of: $0)?.isSimple }
      guard isSimple == true else { return .array(entries) }
      return .array(entries.sorted { ($0["child"]?.string ?? "") < ($1["child"]?.string ?? "") })
    case .counts(let counts):
      return .object([
        ("specs", .integer(counts.specs)), ("active", .integer(counts.active)),
        ("supervisors", .integer(counts.supervisors)), ("workers", .integer(counts.workers)),
      ])
    case .spec(let spec): return writer.encoded(spec)
    }
  }
}

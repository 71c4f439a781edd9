import BubbleEvents
import BubbleKernel
import BubbleOTP

/// The start functions of a scenario's processes.
struct OracleTree: Sendable {
  let ledger: OracleLedger

  static func join(_ path: String, _ id: String) -> String {
    path == "/" ? "/" + id : path + "/" + id
  }

  /// Starts the process of a path: a supervisor, or a worker.
  func start(
    _ path: String, supervisor: JSONValue?, worker: JSONValue, _ context: inout ProcessContext
  ) throws -> ProcessStart.Attempt {
    let starter = context.pid
    let generation = ledger.with { state in
      state.generations[path, default: 0] += 1
      let generation = state.generations[path, default: 0]
      if path != "/" {
        state.calls.append(
          OracleLedger.Call(supervisor: starter, path: path, generation: generation))
      }
      return generation
    }
    if let supervisor {
      let attempt = try self.supervisor(path, generation, supervisor).start.run(&context, [])
      note(attempt, path, generation, isSupervisor: true, starter)
      return attempt
    }
    let rule = OracleDefinition.rule(worker["init"], generation)
    switch rule.what {
    case "fn_return": return .invalid(rule.reason)
    case "fn_error": return .finished(.error(rule.reason))
    case "fn_exit": throw ProcessExit(ExitReason(rule.reason))
    case "fn_raise": throw RaisedError(rule.reason)
    default: break
    }
    let server = OracleWorker(ledger: ledger, definition: worker, rule: rule)
    let attempt = context.startServer(server)
    note(attempt, path, generation, isSupervisor: false, starter)
    guard case .spawned(let pid, _) = attempt, rule.what == "ok_info" else { return attempt }
    ledger.with { $0.infos[pid] = rule.reason }
    return .spawned(pid, info: rule.reason)
  }

  private func note(
    _ attempt: ProcessStart.Attempt, _ path: String, _ generation: Int, isSupervisor: Bool,
    _ parent: PID
  ) {
    guard case .spawned(let pid, _) = attempt else { return }
    ledger.with { state in
      state.entries[pid] = OracleLedger.Entry(
        path: path, generation: generation, isSupervisor: isSupervisor, parent: parent)
      state.newest[path] = pid
    }
  }

  // MARK: - Supervisors

  private func supervisor(
    _ path: String, _ generation: Int, _ original: JSONValue
  ) -> Supervisor {
    Supervisor("m") { [self] context in
      let definition = ledger.with { $0.replaced[path] } ?? original
      let isSimple = definition["strategy"]?.string == "simple_one_for_one"
      let pid = context.pid
      ledger.with { state in
        if isSimple { state.entries[pid]?.isSimple = true }
        state.templates[pid] = definition["children"]?.array?.first?["id"]?.string
      }
      let rule = OracleDefinition.rule(definition["init"], generation)
      switch rule.what {
      case "ignore": return .ignore
      case "bad_return": return .invalid(rule.reason)
      case "exit": throw ProcessExit(ExitReason(rule.reason))
      case "error": throw RaisedError(rule.reason)
      default: break
      }
      let children = definition["children"]?.array ?? []
      return .unchecked(
        OracleDefinition.flags(definition),
        children.map { spec($0, under: path, isTemplate: isSimple) })
    }
  }

  /// One child specification of a scenario.
  func spec(_ child: JSONValue, under path: String, isTemplate: Bool) -> UncheckedChildSpec {
    if let raw = child["raw"] { return UncheckedChildSpec(term: OracleDefinition.term(raw)) }
    var spec = UncheckedChildSpec()
    let omitted = (child["omit"]?.array ?? []).compactMap(\.string)
    if !omitted.contains("id") { spec.id = child["id"].map(OracleDefinition.term) }
    spec.restart = child["restart"].map(OracleDefinition.term)
    spec.significant = child["significant"].map(OracleDefinition.term)
    spec.shutdown = child["shutdown"].map(OracleDefinition.term)
    spec.type = child["type"].map(OracleDefinition.term)
    spec.modules = child["modules"].map(OracleDefinition.term)
    if omitted.contains("start") { return spec }
    if let raw = child["start_raw"] {
      spec.start = .term(OracleDefinition.term(raw))
      return spec
    }
    let supervisor = child["sup"]
    let worker = child["worker"] ?? .object([])
    let id = child["id"]?.string ?? "undefined"
    let start = ProcessStart { [self] context, arguments in
      guard isTemplate else {
        return try self.start(
          Self.join(path, id), supervisor: supervisor, worker: worker, &context)
      }
      let name = arguments.first?.description ?? "undefined"
      return try self.start(
        Self.join(path, name), supervisor: supervisor,
        worker: replaceRules(of: worker, arguments), &context)
    }
    spec.start = .function(start, module: "m")
    return spec
  }

  /// A dynamic child may bring rules of its own, which hold at all its restarts.
  private func replaceRules(of worker: JSONValue, _ arguments: [Term]) -> JSONValue {
    guard arguments.count > 1, case .integer(let index) = arguments[1],
      let rules = ledger.with({ $0.rules[index] }), case .object(let members) = worker
    else { return worker }
    return .object(members.filter { $0.key != "init" } + [("init", rules)])
  }
}

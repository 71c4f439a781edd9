import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Turns the machine's events into the events of a trace.
struct TraceWriter {
  /// What one action brought about.
  struct Facts {
    var events: [JSONValue] = []
    var orphans: [JSONValue] = []
    var crashes: [JSONValue] = []
    var started: [(path: String, pid: PID)] = []
  }

  /// One event of a trace before it is put in its place.
  struct Line {
    /// The process that it happened in.
    var actor: PID
    /// The path that it is about.
    var path: String
    /// The event's number, which orders it against deaths.
    var id: Event.ID
    var value: JSONValue
    var exited: PID?
    var isShutdownError = false
  }

  let ledger: OracleLedger
  var started: Set<PID> = []
  var exitReasons: [PID: ExitReason] = [:]
  /// When each process died.
  var deaths: [PID: Event.ID] = [:]
  /// The start that each supervisor is in the middle of.
  private var starting: [PID: OracleLedger.Call] = [:]

  init(ledger: OracleLedger) {
    self.ledger = ledger
  }

  // MARK: - Who is who

  func entry(of pid: PID) -> OracleLedger.Entry? { ledger.with { $0.entries[pid] } }

  /// The process's parent, its parent, and so on.
  func ancestors(of pid: PID) -> [PID] {
    var result: [PID] = []
    var next = entry(of: pid)?.parent
    while let parent = next {
      result.append(parent)
      next = entry(of: parent)?.parent
    }
    return result
  }

  func text(of pid: PID) -> String {
    entry(of: pid).map { "<\($0.path)#\($0.generation)>" } ?? "<other>"
  }

  func text(of term: Term) -> String {
    switch term {
    case .pid(let pid): text(of: pid)
    case .tuple(let parts): "{" + parts.map { text(of: $0) }.joined(separator: ",") + "}"
    case .list(let parts): "[" + parts.map { text(of: $0) }.joined(separator: ",") + "]"
    case .atom, .integer, .float, .text, .reference, .stack, .opaque: term.description
    }
  }

  // MARK: - Events

  mutating func facts(of events: [Event]) -> Facts {
    for event in events { learn(event) }
    var facts = Facts()
    var lines: [Line] = []
    for event in events {
      if let line = line(of: event, &facts) { lines.append(line) }
      if let crash = crash(of: event) { facts.crashes.append(crash) }
    }
    facts.crashes.sort { crashKey($0) < crashKey($1) }
    place(lines, in: &facts)
    return facts
  }

  private mutating func learn(_ event: Event) {
    switch event.kind {
    case .child(_, _, .started(let pid)): started.insert(pid)
    case .process(let pid, .exited(let reason)):
      deaths[pid] = event.id
      exitReasons[pid] = reason
    case .process(_, .noted("started")):
      if case .ok(let pid, _) = ledger.with({ $0.rootResult }) { started.insert(pid) }
    default: break
    }
  }

  private mutating func line(of event: Event, _ facts: inout Facts) -> Line? {
    switch event.kind {
    case .child(let supervisor, _, .starting):
      takeCall(of: supervisor)
      return nil
    case .child(let supervisor, _, .started(let pid)):
      guard let entry = entry(of: pid) else { return nil }
      facts.started.append((entry.path, pid))
      return start(event, supervisor, [("result", "ok")] + info(of: pid))
    case .child(let supervisor, _, .ignored):
      return start(event, supervisor, [("result", "ignore")])
    case .child(let supervisor, _, .startFailed(let reason)):
      return start(
        event, supervisor,
        [("result", "error"), ("reason", .string(text(of: reason.term)))])
    case .process(let pid, .noted(let text)): return marker(event, pid, text, &facts)
    case .process(let pid, .exited(let reason)):
      guard started.contains(pid), let entry = entry(of: pid) else { return nil }
      let value = about(entry, "exit", [("reason", .string(text(of: reason.term)))])
      return Line(actor: pid, path: entry.path, id: event.id, value: value, exited: pid)
    case .reported(let report): return line(of: report, event)
    default: return nil
    }
  }

  private mutating func takeCall(of supervisor: PID) {
    starting[supervisor] = ledger.with { state in
      guard state.calls.first?.supervisor == supervisor else { return nil }
      return state.calls.removeFirst()
    }
  }

  private func info(of pid: PID) -> [(key: String, value: JSONValue)] {
    ledger.with { $0.infos[pid] }.map { [("info", .string(text(of: $0)))] } ?? []
  }

  private mutating func start(
    _ event: Event, _ supervisor: PID, _ members: [(key: String, value: JSONValue)]
  ) -> Line? {
    guard let call = starting.removeValue(forKey: supervisor) else { return nil }
    let head: [(key: String, value: JSONValue)] = [
      ("ev", "start"), ("path", .string(call.path)), ("gen", .integer(call.generation)),
    ]
    return Line(
      actor: supervisor, path: call.path, id: event.id, value: .object(head + members))
  }

  /// A worker's terminate callback was called, or the root's start has returned.
  private mutating func marker(
    _ event: Event, _ pid: PID, _ message: String, _ facts: inout Facts
  ) -> Line? {
    if let entry = entry(of: pid) {
      let value = about(entry, "terminate", [("reason", .string(message))])
      return Line(actor: pid, path: entry.path, id: event.id, value: value)
    }
    let result = ledger.with { $0.rootResult }
    var members: [(key: String, value: JSONValue)] = [
      ("ev", "start"), ("path", "/"), ("gen", .integer(1)),
    ]
    switch result {
    case .ok(let root, _):
      facts.started.append(("/", root))
      members.append(("result", "ok"))
    case .ignore: members.append(("result", "ignore"))
    case .error(let reason):
      members += [("result", "error"), ("reason", .string(text(of: reason)))]
    case nil: return nil
    }
    return Line(actor: pid, path: "/", id: event.id, value: .object(members))
  }

  func about(
    _ entry: OracleLedger.Entry, _ kind: String, _ members: [(key: String, value: JSONValue)]
  ) -> JSONValue {
    .object(
      [
        ("ev", .string(kind)), ("path", .string(entry.path)),
        ("gen", .integer(entry.generation)),
      ] + members)
  }

  private func crash(of event: Event) -> JSONValue? {
    let (pid, kind, reason): (PID, String, ExitReason)
    switch event.kind {
    case .reported(.serverTerminated(let server, let why)):
      (pid, kind, reason) = (server, "server_terminate", why)
    case .reported(.crash(let server, let why)):
      (pid, kind, reason) = (server, "crash_report", why)
    default: return nil
    }
    guard started.contains(pid), let entry = entry(of: pid) else { return nil }
    return .object([
      ("path", .string(entry.path)), ("gen", .integer(entry.generation)),
      ("kind", .string(kind)), ("reason", .string(text(of: reason.term))),
    ])
  }

  private func crashKey(_ crash: JSONValue) -> String {
    let generation = String(crash["gen"]?.integer ?? 0)
    let padded = String(repeating: "0", count: 9 - generation.count) + generation
    return [
      crash["path"]?.string ?? "", padded, crash["kind"]?.string ?? "",
      crash["reason"]?.string ?? "",
    ].joined(separator: "\u{1}")
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Writes what a scenario's processes saw in the form of the traces.
struct NodeTraceWriter {
  let names: NodeNames
  let processes: [PID: String]
  let labels: [NodeID: [Reference: String]]

  // MARK: - Terms

  /// The text of a term that a process on that node has.
  func text(of term: Term, on node: NodeID) -> String {
    switch term {
    case .pid(let pid): return "<\(processes[pid] ?? "?")>"
    case .reference(let number):
      return labels[node]?[Reference(number)].map { "#" + $0 } ?? "#ref"
    case .tuple(let parts): return tuple(parts, node)
    case .list(let parts):
      return "[" + parts.map { text(of: $0, on: node) }.joined(separator: ",") + "]"
    case .atom, .integer, .float, .text, .stack, .opaque: return term.description
    }
  }

  private func tuple(_ parts: [Term], _ node: NodeID) -> String {
    if parts.count == 2, parts[0] == "$sorted", case .list(let elements) = parts[1] {
      let texts = elements.map { text(of: $0, on: node) }.sorted()
      return "[" + texts.joined(separator: ",") + "]"
    }
    if parts.count == 3, ["gen_server", "proc_lib", "sys", "gen_statem"].contains(parts[0]),
      case .atom = parts[1], case .list = parts[2]
    {
      return "CALL"
    }
    return "{" + parts.map { text(of: $0, on: node) }.joined(separator: ",") + "}"
  }

  func text(of outcome: NodeLedger.Outcome, on node: NodeID) -> String {
    switch outcome {
    case .value(let value): text(of: value, on: node)
    case .raised(let kind, let reason): "!\(kind) \(text(of: reason, on: node))"
    }
  }

  // MARK: - Events

  /// What each process saw, by its name; the sightings of one source keep their order.
  func events(
    _ sightings: [(pid: PID, NodeLedger.Sighting)]
  ) -> [(key: String, value: JSONValue)] {
    var events: [String: [(key: String, value: JSONValue)]] = [:]
    for (pid, sighting) in sightings {
      guard let name = processes[pid] else { continue }
      events[name, default: []].append(event(sighting, on: pid.node))
    }
    return events.sorted { $0.key < $1.key }.map { name, events in
      let sorted = events.enumerated().sorted {
        ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
      }
      return (name, .array(sorted.map(\.element.value)))
    }
  }

  /// The source of an event, and the event.
  private func event(
    _ sighting: NodeLedger.Sighting, on node: NodeID
  ) -> (key: String, value: JSONValue) {
    func string(_ term: Term) -> JSONValue { .string(text(of: term, on: node)) }
    switch sighting {
    case .message(let from, let message):
      return (
        from, .object([("ev", "msg"), ("from", .string(from)), ("msg", string(message))])
      )
    case .exit(let from, let reason):
      let pid = from.map(Term.pid) ?? "outside"
      return (
        from.flatMap { processes[$0] } ?? "?",
        .object([("ev", "EXIT"), ("from", string(pid)), ("reason", string(reason))])
      )
    case .down(let mark, let object, let reason):
      return (
        source(object, on: node),
        .object([
          ("ev", "DOWN"), ("ref", string(mark.term)), ("object", string(object)),
          ("reason", string(reason)),
        ])
      )
    case .status(let status): return ("@\(status.name)", event(status, on: node))
    case .conflict(let conflict):
      let other = conflict.other.map { [(key: "other", value: string(.pid($0)))] } ?? []
      return (
        "global", .object([("ev", "conflict"), ("name", string(conflict.name))] + other)
      )
    case .group(let change): return event(change, on: node)
    case .call(let from, let request):
      return (
        from, .object([("ev", "call"), ("from", .string(from)), ("req", string(request))])
      )
    case .cast(let from, let request):
      return (
        from, .object([("ev", "cast"), ("from", .string(from)), ("req", string(request))])
      )
    case .terminate(let reason):
      return ("~1", .object([("ev", "terminate"), ("reason", string(reason))]))
    case .ended(let reason):
      return ("~2", .object([("ev", "exit"), ("reason", string(reason))]))
    case .returned(let action, let outcome):
      return (
        "",
        .object([
          ("ev", "return"), ("action", .integer(action)),
          ("value", .string(text(of: outcome, on: node))),
        ])
      )
    case .info(let message): return ("info", .object([("ev", "info"), ("msg", string(message))]))
    }
  }

  private func event(
    _ change: ProcessGroupChange, on node: NodeID
  ) -> (key: String, value: JSONValue) {
    let place = change.pids.first.map { names[$0.node] } ?? ""
    let group = text(of: change.group, on: node)
    let mark = text(of: change.mark.term, on: node)
    let pids = change.pids.map { text(of: .pid($0), on: node) }.sorted()
    return (
      "@\(place)/\(group)/\(mark)",
      .object([
        ("ev", "pg"), ("ref", .string(mark)), ("change", change.isJoin ? "join" : "leave"),
        ("group", .string(group)), ("pids", .array(pids.map(JSONValue.string))),
      ])
    )
  }

  private func source(_ object: Term, on node: NodeID) -> String {
    if case .pid(let pid) = object { return processes[pid] ?? "?" }
    return text(of: object, on: node)
  }

  private func event(_ status: NodeStatus, on node: NodeID) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("ev", status.isUp ? "nodeup" : "nodedown"), ("node", .string(status.name)),
    ]
    if let info = status.info {
      members.append(("info", .string(text(of: .list(info), on: node))))
    }
    return .object(members)
  }

  // MARK: - State

  func state(of kernel: Kernel) -> JSONValue {
    func names(_ types: NodeTypes) -> JSONValue {
      .array(kernel.nodes(types).map { .string(self.names[$0]) })
    }
    var members: [(key: String, value: JSONValue)] = [("visible", names(.visible))]
    if !kernel.nodes(.hidden).isEmpty { members.append(("hidden", names(.hidden))) }
    let owners = kernel.globalNames.map { name, pid in
      (
        key: text(of: name, on: kernel.node),
        value: JSONValue.string(text(of: .pid(pid), on: kernel.node))
      )
    }
    if !owners.isEmpty { members.append(("global", .object(owners))) }
    let groups = kernel.processGroups().map { name, pids in
      let texts = pids.map { text(of: .pid($0), on: kernel.node) }.sorted()
      return (
        key: text(of: name, on: kernel.node), value: JSONValue.array(texts.map(JSONValue.string))
      )
    }
    if !groups.isEmpty { members.append(("pg", .object(groups))) }
    return .object(members)
  }
}

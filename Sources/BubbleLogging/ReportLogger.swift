public import BubbleEvents
public import Logging

/// Gives the reports in a machine's events to swift-log, as OTP's supervisors and servers give
/// theirs to logger.
///
/// ```swift
/// var reports = ReportLogger(Logger(label: "shop"))
/// machine.run(until: .zero + .seconds(10))
/// reports.log(machine.takeEvents())
/// ```
///
/// Give it every event, in order: it learns names and modules from the others. Each report is one
/// entry of one line; what it is made of is in the metadata, under OTP's names, with the number and
/// the instant of the event. Control characters are escaped.
///
/// | report | level | label |
/// |---|---|---|
/// | a supervisor's | error | `{supervisor,CONTEXT}` |
/// | progress | info, of a start on request debug | `{supervisor,progress}` |
/// | a server that ends abnormally | error | `{gen_server,terminate}` |
/// | a process that ends abnormally | error | `{proc_lib,crash}` |
/// | a message that nobody handles | warning | `{gen_server,no_handle_info}` |
public struct ReportLogger: Sendable {
  private var logger: Logger
  /// The registered names of processes that live.
  private var names: [PID: String] = [:]
  /// The modules of supervisors that live.
  private var modules: [PID: String] = [:]

  /// Creates one that writes to `logger`, whose level decides what is written.
  public init(_ logger: Logger) {
    self.logger = logger
  }

  /// Writes an entry for each report among the events, in their order.
  public mutating func log(_ events: some Sequence<Event>) {
    for event in events { log(event) }
  }

  /// Writes an entry when the event is a report.
  public mutating func log(_ event: Event) {
    switch event.kind {
    case .process(let pid, .nameRegistered(let name)): names[pid] = name
    case .process(let pid, .nameReleased): names[pid] = nil
    case .process(let pid, .spawned(_, let behaviour)):
      modules[pid] = Behaviour(behaviour).supervisorModule
    case .process(let pid, .exited): modules[pid] = nil
    case .reported(let report): write(entry(for: report), event)
    default: break
    }
  }

  private func write(_ entry: Entry, _ event: Event) {
    var metadata = entry.metadata.mapValues { Logger.MetadataValue.string(escaped($0)) }
    metadata["label"] = .string(entry.label)
    metadata["event"] = .string(String(event.id))
    metadata["instant"] = .string("\(event.instant) s")
    logger.log(level: entry.level, "\(escaped(entry.text))", metadata: metadata)
  }

  // MARK: - Entries

  /// What is written of one report.
  private struct Entry {
    var level: Logger.Level
    var label: String
    var text: String
    var metadata: [String: String]
  }

  private func entry(for report: Report) -> Entry {
    switch report {
    case .supervisor(let supervisor, let context, let reason, let offender, let child):
      return entry(supervisor, context, reason, offender, child)
    case .progress(let supervisor, let child, let pid, let isRequested):
      let fields = fields(of: child, ("pid", pid.description))
      return Entry(
        level: isRequested ? .debug : .info, label: "{supervisor,progress}",
        text: "Supervisor: \(name(of: supervisor)). Started: id=\(child.id),pid=\(pid).",
        metadata: fields.merging(["supervisor": name(of: supervisor)]) { $1 })
    case .serverTerminated(let pid, let reason):
      return Entry(
        level: .error, label: "{gen_server,terminate}",
        text: "Generic server \(name(of: pid)) terminating. Reason: \(reason).",
        metadata: ["name": name(of: pid), "reason": reason.description])
    case .handlerTerminated(let manager, let handler, let reason):
      return Entry(
        level: .error, label: "{gen_event,terminate}",
        text: "gen_event handler \(handler) crashed. "
          + "Was installed in \(name(of: manager)). Reason: \(reason).",
        metadata: [
          "name": name(of: manager), "handler": handler.description, "reason": reason.description,
        ])
    case .crash(let pid, let reason):
      return Entry(
        level: .error, label: "{proc_lib,crash}",
        text: "crasher: pid: \(pid), registered_name: \(names[pid] ?? "[]"), exit: \(reason).",
        metadata: [
          "pid": pid.description, "registered_name": names[pid] ?? "[]",
          "reason": reason.description,
        ])
    case .unexpectedMessage(let pid, let message):
      return Entry(
        level: .warning, label: "{gen_server,no_handle_info}",
        text: "\(name(of: pid)) received unexpected message: \(message)",
        metadata: ["name": name(of: pid), "message": message])
    }
  }

  private func entry(
    _ supervisor: PID, _ context: Report.Context, _ reason: Term, _ offender: Report.Offender,
    _ child: ChildDescription
  ) -> Entry {
    let who = described(offender)
    let name = name(of: supervisor)
    let fields = [
      "supervisor": name, "errorContext": context.rawValue, "reason": reason.description,
    ]
    return Entry(
      level: .error, label: "{supervisor,\(context.rawValue)}",
      text: "Supervisor: \(name). Context: \(context.rawValue). Reason: \(reason). "
        + "Offender: id=\(child.id),\(who.key)=\(who.value).",
      metadata: self.fields(of: child, who).merging(fields) { $1 })
  }

  /// The offender, or the child that has started, under OTP's names.
  private func fields(
    of child: ChildDescription, _ who: (key: String, value: String)
  ) -> [String: String] {
    [
      who.key: who.value, "id": child.id.description, "restart_type": child.restart.rawValue,
      "significant": String(child.isSignificant), "shutdown": child.shutdown.description,
      "child_type": child.kind.rawValue,
    ]
  }

  private func described(_ offender: Report.Offender) -> (key: String, value: String) {
    switch offender {
    case .process(let pid): ("pid", pid?.description ?? "undefined")
    case .restarting(let pid): ("pid", "{restarting,\(pid?.description ?? "undefined")}")
    case .children(let count): ("nb_children", String(count))
    }
  }

  /// The registered name, or `{Pid,Module}` for a supervisor without one.
  private func name(of pid: PID) -> String {
    names[pid] ?? modules[pid].map { "{\(pid),\($0)}" } ?? pid.description
  }
}

/// The text with every control character as `\u{..}`: what comes from outside may not steer the
/// terminal that a log is read in.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
      result += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

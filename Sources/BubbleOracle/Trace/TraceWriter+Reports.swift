import BubbleEvents
import BubbleKernel
import BubbleOTP

extension TraceWriter {
  func line(of report: Report, _ event: Event) -> Line? {
    switch report {
    case .progress(let supervisor, let child, let pid, _):
      return line(
        event, supervisor, "progress",
        [("id", .string(id(of: child, supervisor))), ("pid", .string(text(of: pid)))])
    case .supervisor(let supervisor, let context, let reason, let offender, let child):
      let members: [(key: String, value: JSONValue)] = [
        ("context", .string(context.rawValue)), ("reason", .string(text(of: reason))),
        ("id", .string(id(of: child, supervisor))), encoded(offender),
        ("restart", .string(child.restart.rawValue)),
        ("significant", .bool(child.isSignificant)),
        ("shutdown", encoded(child.shutdown)), ("type", .string(child.kind.rawValue)),
      ]
      var line = line(event, supervisor, "report", members)
      line?.isShutdownError = context == .shutdownError
      return line
    case .unexpectedMessage(let pid, let message):
      return line(event, pid, "unexpected", [("msg", .string(message))])
    case .serverTerminated, .handlerTerminated, .crash: return nil
    }
  }

  private func line(
    _ event: Event, _ supervisor: PID, _ kind: String,
    _ members: [(key: String, value: JSONValue)]
  ) -> Line? {
    guard let entry = entry(of: supervisor) else { return nil }
    let head: [(key: String, value: JSONValue)] = [
      ("ev", .string(kind)), ("sup", .string(entry.path)),
      ("gen", .integer(entry.generation)),
    ]
    return Line(
      actor: supervisor, path: entry.path, id: event.id, value: .object(head + members))
  }

  private func id(of child: ChildDescription, _ supervisor: PID) -> String {
    switch child.id {
    case .named(let term): return text(of: term)
    case .dynamic:
      return ledger.with { $0.templates[supervisor] } ?? "undefined"
    }
  }

  private func encoded(_ offender: Report.Offender) -> (key: String, value: JSONValue) {
    switch offender {
    case .process(let pid?): ("pid", .string(text(of: pid)))
    case .process(nil): ("pid", "undefined")
    case .restarting(let pid?): ("pid", .string("{restarting,\(text(of: pid))}"))
    case .restarting(nil): ("pid", "{restarting,undefined}")
    case .children(let count): ("nb_children", .integer(count))
    }
  }

  private func encoded(_ shutdown: ChildShutdown) -> JSONValue {
    switch shutdown {
    case .timeout(let milliseconds): .integer(milliseconds)
    case .brutalKill, .infinity: .string(shutdown.description)
    }
  }

  func encoded(_ child: ChildEntry) -> JSONValue {
    let state =
      switch child.child {
      case .undefined: "undefined"
      case .restarting: "restarting"
      case .pid(let pid): text(of: pid)
      }
    return .object([
      ("id", .string(child.id.map { text(of: $0) } ?? "undefined")), ("child", .string(state)),
      ("type", .string(child.kind.rawValue)), ("modules", encoded(child.modules)),
    ])
  }

  func encoded(_ spec: ChildSpec) -> JSONValue {
    .object([
      ("id", .string(text(of: spec.id))), ("restart", .string(spec.restart.rawValue)),
      ("significant", .bool(spec.isSignificant)), ("shutdown", encoded(spec.shutdown)),
      ("type", .string(spec.kind.rawValue)), ("modules", encoded(spec.modules)),
    ])
  }

  private func encoded(_ modules: ChildSpec.Modules) -> JSONValue {
    switch modules {
    case .list(let modules): .array(modules.map { .string(text(of: $0)) })
    case .dynamic: "dynamic"
    }
  }
}

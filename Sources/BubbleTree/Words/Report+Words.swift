import BubbleEvents

extension Report {
  /// What a trace says of it.
  var words: String {
    switch self {
    case .supervisor(_, let context, let reason, _, let child):
      "\(context.rawValue) \(child.id): \(reason)"
    case .progress(_, let child, let pid, _): "progress \(child.id) \(pid)"
    case .serverTerminated(_, let reason): "server terminated: \(reason)"
    case .handlerTerminated(_, let handler, let reason): "handler \(handler) removed: \(reason)"
    case .crash(_, let reason): "crash: \(reason)"
    case .unexpectedMessage(_, let message): "unexpected message: \(message)"
    }
  }
}

extension ProcessTree {
  /// What the log says, if it says anything: most of a report is told by other events.
  func tell(_ report: Report, in line: inout Narration) {
    switch report {
    case .handlerTerminated(let manager, let handler, let reason):
      line.tell(
        .note,
        named(manager) + [.init(" loses its handler \(handler): "), .init("\(reason)", .bad)])
    case .supervisor, .progress, .serverTerminated, .crash, .unexpectedMessage: break
    }
  }
}

import BubbleEvents

/// The exit reasons that `X` offers.
enum ExitReasonChoices {
  /// The usual ones, the plainest last.
  static let usual = [
    "kill", "shutdown", "normal", "badarg", "timeout", "{shutdown,maintenance}", "boom",
  ]

  /// What makes a process exit with the reason written in `text`.
  static func action(_ text: String) throws(Refusal) -> PreviewedAction {
    let reason = ExitReason(try term(text))
    return reason == .kill ? .kill : .exit(reason)
  }

  /// The term written in `text`.
  static func term(_ text: String) throws(Refusal) -> Term {
    guard let term = Term(typed: text) else {
      throw Refusal("'\(text)' is not a term: write boom, 42, \"text\" or {shutdown,done}")
    }
    return term
  }

  /// What is special about a usual reason.
  static func note(on reason: String) -> String {
    switch reason {
    case "kill": "cannot be trapped"
    case "shutdown": "orderly"
    case "normal": "often ignored"
    case "badarg", "timeout", "boom": "a crash"
    case "{shutdown,maintenance}": "orderly"
    default: ""
    }
  }
}

import BubbleEvents

extension ControlRequest {
  /// The key that makes this request; nil when only a typed command does.
  private var key: String? {
    switch self {
    case .kill: "x"
    case .exit: "X"
    case .suspend, .resume: "z"
    case .restartChild: "r"
    case .terminateChild: "d"
    case .changeFlags: "s"
    case .changeChild, .reorderChildren: "E"
    case .startApplication: "r"
    case .stopApplication: "d"
    case .send, .deleteChild, .startChild, .injectFault, .replaceState, .changeRelease: nil
    }
  }

  /// Who asked, and how, in two spans: `you pressed x`.
  func asked(by origin: Origin) -> [Narration.Span] {
    switch origin {
    case .scenario: return [.init("the scenario", .key), .init(" asked", .dim)]
    case .chaos: return [.init("chaos", .key), .init(" struck", .dim)]
    case .user: break
    }
    guard let key else { return [.init("you", .key), .init(" asked", .dim)] }
    return [.init("you pressed ", .dim), .init(key, .key)]
  }
}

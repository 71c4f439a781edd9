import BubbleEvents

extension ControlRequest {
  /// The key that makes this request; nil when only a typed command does.
  private var key: String? {
    switch self {
    case .process(_, .kill): "x"
    case .process(_, .exit): "X"
    case .process(_, .suspend), .process(_, .resume): "z"
    case .child(_, _, .restart), .application(_, _, .start): "r"
    case .child(_, _, .terminate), .application(_, _, .stop): "d"
    case .child(_, _, .change), .supervisor(_, .reorderChildren): "E"
    case .supervisor(_, .changeFlags): "s"
    case .process, .child, .supervisor, .release: nil
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

import BubbleEvents

extension MessageEvent {
  /// What a trace says beside the name of the kind.
  var details: String {
    switch self {
    case .sent(let from, _, let text): text + (from.map { " from \($0)" } ?? "")
    case .handled(_, let text): text
    case .callStarted(let from, _, let text): "\(text) from \(from)"
    case .callReturned(_, let to), .callTimedOut(_, let to): "to \(to)"
    }
  }
}

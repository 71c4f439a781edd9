import BubbleConsole
import BubbleEvents
import BubbleScripts
import BubbleTree

extension Script.Wait {
  /// How long it may take.
  var limit: Duration {
    switch self {
    case .time(let span): span
    case .happening(_, _, let within), .installed(_, let within), .state(_, _, let within),
      .cluster(_, let within):
      within
    }
  }

  /// That it did not happen.
  func complaint(in tree: ProcessTree) -> String {
    switch self {
    case .time(let span): "\(span) did not pass"
    case .happening(let happening, let path, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms it did not come true that "
        + "\(tree.name(of: path)) \(happening.words)"
    case .installed(let version, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms release \(version) was not installed"
    case .state(let path, let state, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms it did not come true that "
        + "\(tree.name(of: path)) is \(state)"
    case .cluster(let condition, let within):
      "after \(within.wholeNanoseconds / 1_000_000) ms still: "
        + (tree.objection(to: condition) ?? "it was seen too late")
    }
  }
}

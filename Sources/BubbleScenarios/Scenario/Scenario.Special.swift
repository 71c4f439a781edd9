package import BubbleOTP

extension Scenario {
  /// A supervisor of Elixir's, or one that is like those.
  package enum Special: Hashable, Sendable {
    /// Processes found by key.
    case registry(keys: Registry.Keys, partitions: Int)
    /// Tasks, at most so many at once.
    case tasks(most: Int?)
    /// Copies of one child, found by key.
    case partitions(template: Child, count: Int)
    /// Children that bring their own specifications, at most so many; these are the first.
    case own([Child], most: Int?)
    /// Copies of one child, of which so many are started, at most so many.
    case limited(template: Child, count: Int, most: Int)

    /// The processes at the start, itself included; saturates instead of overflowing.
    var processCount: Int {
      switch self {
      case .registry(_, let partitions): return partitions + 1
      case .tasks: return 1
      case .own(let children, _): return Child.sum(children.map(\.processCount))
      case .partitions(let template, let count), .limited(let template, let count, _):
        let (children, overflow) = template.processCount.multipliedReportingOverflow(by: count)
        return overflow || children == .max ? .max : children + 1
      }
    }
  }
}

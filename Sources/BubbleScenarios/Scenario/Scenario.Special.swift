package import BubbleOTP

extension Scenario {
  /// A supervisor whose children follow from what it is (Elixir's).
  package enum Special: Hashable, Sendable {
    /// Processes found by key.
    case registry(keys: Registry.Keys, partitions: Int)
    /// Tasks, at most so many at once.
    case tasks(most: Int?)
    /// Copies of one child, found by key.
    case partitions(template: Child, count: Int)

    /// The processes at the start, itself included; saturates instead of overflowing.
    var processCount: Int {
      switch self {
      case .registry(_, let partitions): return partitions + 1
      case .tasks: return 1
      case .partitions(let template, let count):
        let (children, overflow) = template.processCount.multipliedReportingOverflow(by: count)
        return overflow || children == .max ? .max : children + 1
      }
    }
  }
}

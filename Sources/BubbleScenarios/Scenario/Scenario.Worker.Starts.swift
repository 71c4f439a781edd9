import BubbleText

extension Scenario.Worker {
  /// Some of a worker's starts, such as the second to the fourth.
  package struct Starts: Hashable, Sendable {
    /// Ranges of start numbers, as written.
    package var ranges: [ClosedRange<Int>]

    package static let always = Starts(ranges: [1...Int.max])

    package func contains(_ start: Int) -> Bool {
      ranges.contains { $0.contains(start) }
    }
  }
}

extension Scenario.Worker.Starts {
  /// Reads `always`, `2`, `2-4`, `5-` or several of them between commas; nil for anything else.
  package init?(_ text: some StringProtocol) {
    if text == "always" {
      self = .always
      return
    }
    ranges = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let bounds = part.split(separator: "-", omittingEmptySubsequences: false)
        .map(\.trimmed)
      guard let first = bounds.first, let lower = Int(first), lower >= 1 else { return nil }
      switch bounds.count {
      case 1:
        ranges.append(lower...lower)
      case 2 where bounds[1].isEmpty:
        ranges.append(lower...Int.max)
      case 2:
        guard let upper = Int(bounds[1]), upper >= lower else { return nil }
        ranges.append(lower...upper)
      default:
        return nil
      }
    }
  }
}

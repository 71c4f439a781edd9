/// Where the strategy is written on the line that ties a supervisor to its children.
package enum BusLabel {
  /// The first of `words` that fits between two connectors with a blank at each side, as near to
  /// `middle` as it can be; nil when none does.
  ///
  /// `connectors` are the columns of the children, left to right.
  package static func place(
    _ words: [String], between connectors: [Int], middle: Int
  ) -> (word: String, column: Int)? {
    for word in words {
      let width = word.count + 2
      var best: (distance: Int, column: Int)?
      for (left, right) in zip(connectors, connectors.dropFirst()) {
        guard right - left - 1 >= width else { continue }
        let column = min(max(middle - width / 2, left + 1), right - width)
        let distance = abs(column + width / 2 - middle)
        if best.map({ distance < $0.distance }) ?? true { best = (distance, column) }
      }
      if let best { return (word, best.column + 1) }
    }
    return nil
  }
}

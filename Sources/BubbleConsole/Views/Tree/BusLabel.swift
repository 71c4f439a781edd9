/// Where the strategy is written on the line that ties a supervisor to its children.
package enum BusLabel {
  /// The first of `words` that fits between two connectors, as near to `middle` as it can be.
  ///
  /// It has a blank at each side, but the last word may do without. `connectors` are the columns of
  /// the children, left to right. Nil when nothing fits.
  package static func place(
    _ words: [String], between connectors: [Int], middle: Int
  ) -> (text: String, column: Int)? {
    for text in words.map({ " \($0) " }) + words.suffix(1) {
      let width = text.count
      var best: (distance: Int, column: Int)?
      for (left, right) in zip(connectors, connectors.dropFirst()) {
        guard right - left - 1 >= width else { continue }
        let column = min(max(middle - width / 2, left + 1), right - width)
        let distance = abs(column + width / 2 - middle)
        if best.map({ distance < $0.distance }) ?? true { best = (distance, column) }
      }
      if let best { return (text, best.column) }
    }
    return nil
  }
}

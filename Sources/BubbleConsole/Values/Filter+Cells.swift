import BubbleCells

extension Filter {
  /// The cells of `name` in which the filter's text first occurs, whatever its case; nil without a
  /// filter, and where the text does not occur or was cut off.
  package func cells(in name: String) -> Range<Int>? {
    guard isActive else { return nil }
    let wanted = Array(text.lowercased())
    let letters = name.map { Array($0.lowercased()) }
    for first in letters.indices {
      var found: [Character] = []
      var end = first
      while end < letters.count, found.count < wanted.count {
        found += letters[end]
        end += 1
      }
      guard found.starts(with: wanted) else { continue }
      let start = displayWidth(name.prefix(first))
      return start..<start + displayWidth(name.dropFirst(first).prefix(end - first))
    }
    return nil
  }
}

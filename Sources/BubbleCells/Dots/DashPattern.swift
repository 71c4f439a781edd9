/// Which dots along a ring are shown.
///
/// Dots are counted along the sorted ring, so a pattern does not crawl when it is drawn again.
package struct DashPattern: Hashable, Sendable {
  package var on: Int
  package var off: Int

  package static let solid = DashPattern(on: 1, off: 0)
  package static let dotted = DashPattern(on: 1, off: 2)
  package static let dashed = DashPattern(on: 5, off: 3)
  package static let sparse = DashPattern(on: 1, off: 4)
  package static let cracked = DashPattern(on: 7, off: 4)
  package static let slits = DashPattern(on: 9, off: 2)

  package init(on: Int, off: Int) {
    precondition(on > 0 && off >= 0, "a dash pattern shows at least one dot of each period")
    self.on = on
    self.off = off
  }

  /// Whether the dot with this number of a closed ring is shown.
  ///
  /// A phase of one moves the pattern on by one dot. Gaps are stretched or squeezed a little so
  /// that a whole number of periods goes round and the pattern has no seam.
  package func shows(_ index: Int, of count: Int, phase: Int = 0) -> Bool {
    let period = on + off
    guard off > 0, count >= period else { return (index % period) < on }
    let periods = (count + period / 2) / period
    let turned = (index - phase) % count
    let place = turned < 0 ? turned + count : turned
    let start = (place * periods / count * count + periods - 1) / periods
    return place - start < on
  }
}

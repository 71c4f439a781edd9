/// The dots of the curve |x/a|^n + |y/b|^n = 1 and of the area inside of it.
///
/// The centre lies on whole or half dots, so that the four quarters are mirror images.
package struct SuperellipseRing: Hashable, Sendable {
  package let centreX: Double
  package let centreY: Double
  package let halfWidth: Double
  package let halfHeight: Double
  package let exponent: Double

  /// A centre between half dots is moved to the nearest one.
  package init(
    centreX: Double, centreY: Double, halfWidth: Double, halfHeight: Double, exponent: Double
  ) {
    precondition(exponent >= 1, "a superellipse needs an exponent of at least one")
    self.centreX = (centreX * 2).rounded() / 2
    self.centreY = (centreY * 2).rounded() / 2
    self.halfWidth = halfWidth
    self.halfHeight = halfHeight
    self.exponent = exponent
  }

  /// The same shape, larger by so many dots on every side.
  package func grown(by dots: Double) -> SuperellipseRing {
    SuperellipseRing(
      centreX: centreX, centreY: centreY, halfWidth: halfWidth + dots,
      halfHeight: halfHeight + dots, exponent: exponent)
  }

  package func scaled(by factor: Double) -> SuperellipseRing {
    SuperellipseRing(
      centreX: centreX, centreY: centreY, halfWidth: halfWidth * factor,
      halfHeight: halfHeight * factor, exponent: exponent)
  }

  /// The dots of the ring, clockwise from above the middle of the left side, each once, no gaps.
  package func dots() -> [Dot] {
    guard halfWidth > 0, halfHeight > 0 else { return [] }
    // One quarter as offsets from the centre, from the top to the side.
    let quarter = quarterOffsets()
    let downwards = Array(quarter.reversed())
    var result: [Dot] = []
    result.reserveCapacity(quarter.count * 4)
    func append(_ x: Double, _ y: Double) {
      result.append(Dot(x: Int(centreX + x), y: Int(centreY + y)))
    }
    // Dots on a middle line are their own mirror images.
    for offset in downwards { append(-offset.x, -offset.y) }
    for offset in quarter where offset.x > 0 { append(offset.x, -offset.y) }
    for offset in downwards where offset.y > 0 { append(offset.x, offset.y) }
    for offset in quarter where offset.x > 0 && offset.y > 0 { append(-offset.x, offset.y) }
    // A dot right on the middle row belongs to the end, where a clockwise walk arrives.
    if let first = result.first, Double(first.y) == centreY {
      result.removeFirst()
      result.append(first)
    }
    return result
  }

  /// Whether a dot lies inside, at least so far from the curve.
  package func contains(_ dot: Dot, inset: Double = 0) -> Bool {
    let a = halfWidth - inset
    let b = halfHeight - inset
    guard a > 0, b > 0 else { return false }
    let x = abs(Double(dot.x) - centreX) / a
    let y = abs(Double(dot.y) - centreY) / b
    return power(x, exponent) + power(y, exponent) <= 1
  }

  /// The dots of one row that lie inside, nil where there are none.
  package func span(row: Int, inset: Double = 1) -> ClosedRange<Int>? {
    let a = halfWidth - inset
    let b = halfHeight - inset
    guard a > 0, b > 0 else { return nil }
    let reach = Self.reach(abs(Double(row) - centreY), along: b, across: a, exponent: exponent)
    guard let reach else { return nil }
    let left = Int((centreX - reach).rounded(.up))
    let right = Int((centreX + reach).rounded(.down))
    return left <= right ? left...right : nil
  }

  /// The rows that may have dots inside.
  package var rows: ClosedRange<Int> {
    Int((centreY - halfHeight).rounded(.down))...Int((centreY + halfHeight).rounded(.up))
  }

  // MARK: - Private

  private struct Offset {
    var x: Double
    var y: Double
  }

  /// How far the curve is across at some distance from the centre, nil outside.
  private static func reach(
    _ distance: Double, along: Double, across: Double, exponent: Double
  ) -> Double? {
    let share = distance / along
    guard share <= 1 else { return nil }
    let reach = across * power(1 - power(share, exponent), 1 / exponent)
    // Rounded so that ties fall the same way everywhere.
    return (reach * 256).rounded() / 256
  }

  /// Steps x where the curve is flat and y where it is steep; angles would leave lumps and gaps.
  private func quarterOffsets() -> [Offset] {
    let startX = Self.phase(centreX)
    let startY = Self.phase(centreY)
    var offsets: [Offset] = []
    var x = startX
    while let y = Self.reach(x, along: halfWidth, across: halfHeight, exponent: exponent) {
      guard x == startX || isFlat(x: x, y: y) else { break }
      offsets.append(Offset(x: x, y: Self.snap(y, phase: startY)))
      x += 1
    }
    var steep: [Offset] = []
    var y = startY
    while let x = Self.reach(y, along: halfHeight, across: halfWidth, exponent: exponent) {
      guard y == startY || !isFlat(x: x, y: y) else { break }
      steep.append(Offset(x: Self.snap(x, phase: startX), y: y))
      y += 1
    }
    offsets.append(contentsOf: steep.reversed())
    return Self.joined(offsets)
  }

  /// Whether the curve moves more sideways than down here: |dy/dx| ≤ 1.
  private func isFlat(x: Double, y: Double) -> Bool {
    power(x / halfWidth, exponent - 1) / halfWidth
      <= power(y / halfHeight, exponent - 1) / halfHeight
  }

  /// Whether dots lie on the centre line or half a dot beside it.
  private static func phase(_ centre: Double) -> Double {
    centre == centre.rounded() ? 0 : 0.5
  }

  /// The nearest place a dot may have; ties go inwards, since outwards they leave a lone dot as a
  /// wart on the outermost row.
  private static func snap(_ value: Double, phase: Double) -> Double {
    max(phase, (value - phase - 0.5).rounded(.up) + phase)
  }

  /// Takes out dots that only make a corner thick and fills the gap where the halves meet.
  private static func joined(_ offsets: [Offset]) -> [Offset] {
    var result: [Offset] = []
    for offset in offsets {
      while let last = result.last, last.x > offset.x || last.y < offset.y {
        result.removeLast()
      }
      if let last = result.last {
        if last.x == offset.x, last.y == offset.y { continue }
        if result.count > 1 {
          let before = result[result.count - 2]
          if offset.x - before.x <= 1, before.y - offset.y <= 1 { result.removeLast() }
        }
      }
      while let last = result.last, offset.x - last.x > 1 || last.y - offset.y > 1 {
        result.append(
          Offset(
            x: last.x + (offset.x > last.x ? 1 : 0), y: last.y - (offset.y < last.y ? 1 : 0)))
      }
      result.append(offset)
    }
    return result
  }
}

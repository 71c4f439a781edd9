import BubbleCells
import BubbleTestSupport
import Testing

@Suite struct SuperellipseRingTests {
  static let rings: [SuperellipseRing] = {
    var rings: [SuperellipseRing] = []
    for exponent in [2.1, 2.7, 3.6] {
      for (x, y) in [(100.0, 100.0), (100.5, 100.0), (100.0, 100.5), (100.5, 100.5)] {
        for a in stride(from: 3.0, through: 60, by: 7.7) {
          for b in stride(from: 3.0, through: 40, by: 5.9) where a < 12 * b && b < 12 * a {
            rings.append(
              SuperellipseRing(
                centreX: x, centreY: y, halfWidth: a, halfHeight: b, exponent: exponent))
          }
        }
      }
    }
    return rings
  }()

  @Test func `a ring has no gap, no dot twice and no thick corner`() {
    for ring in Self.rings {
      let dots = ring.dots()
      #expect(Set(dots).count == dots.count, "\(ring)")
      let gap = dots.indices.first { index in
        let next = dots[(index + 1) % dots.count]
        return max(abs(next.x - dots[index].x), abs(next.y - dots[index].y)) != 1
      }
      #expect(gap == nil, "\(ring) has a gap")
    }
  }

  @Test func `a ring is symmetric about both of its middle lines`() {
    for ring in Self.rings {
      let dots = Set(ring.dots())
      let acrossX = Set(dots.map { Dot(x: Int(2 * ring.centreX) - $0.x, y: $0.y) })
      let acrossY = Set(dots.map { Dot(x: $0.x, y: Int(2 * ring.centreY) - $0.y) })
      #expect(acrossX == dots, "\(ring)")
      #expect(acrossY == dots, "\(ring)")
    }
  }

  @Test func `a ring lies within a dot of its curve`() {
    for ring in Self.rings {
      let dots = ring.dots()
      #expect(dots.allSatisfy { ring.contains($0, inset: -1.1) }, "\(ring) has a dot too far out")
      #expect(!dots.contains { ring.contains($0, inset: 1.1) }, "\(ring) has a dot too far in")
    }
  }

  @Test func `dots are sorted clockwise from the middle of the left side`() {
    let ring = SuperellipseRing(
      centreX: 7.5, centreY: 5.5, halfWidth: 7.5, halfHeight: 5.5, exponent: 2.1)
    let dots = ring.dots()
    #expect(dots.count == 36)
    #expect(dots.first == Dot(x: 0, y: 5))
    #expect(dots[9].y == 0)
    #expect(dots.last == Dot(x: 0, y: 6))
  }

  @Test func `what is filled lies inside and leaves the ring alone`() {
    for ring in Self.rings {
      let dots = Set(ring.dots())
      for row in ring.rows {
        guard let span = ring.span(row: row) else { continue }
        #expect(span.allSatisfy { ring.contains(Dot(x: $0, y: row)) })
        #expect(span.allSatisfy { !dots.contains(Dot(x: $0, y: row)) }, "\(ring), row \(row)")
      }
    }
  }

  @Test(arguments: [
    (2.0, 10.0, 1024.0), (0.5, 2, 0.25), (9, 0.5, 3), (2, 0.5, 1.414_213_562_373_095),
    (0.3, 2.1, 0.07979113355086918), (1, 3.6, 1), (0, 2, 0), (0.001, 3.6, 1.584_893_192_461_11e-11),
  ])
  func `powers are right to eleven digits`(base: Double, exponent: Double, expected: Double) {
    #expect(abs(power(base, exponent) - expected) <= expected * 1e-11)
  }
}

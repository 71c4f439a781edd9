extension BubbleLayout {
  /// The innermost shape that holds a dot, as an index into `shapes`.
  package func index(atX x: Double, y: Double) -> Int? {
    shapes.indices.last { shapes[$0].contains(x: x, y: y) }
  }

  /// The way from an earlier layout to this one: `progress` runs from 0 to 1.
  ///
  /// What was not there grows from a fifth of its size.
  package func gliding(from earlier: BubbleLayout, progress: Double) -> BubbleLayout {
    let left = 1 - progress
    let eased = ((1 - left * left * left) * 256).rounded() / 256
    var blended = self
    for index in shapes.indices {
      let target = shapes[index]
      var start = target
      start.a *= 0.2
      start.b *= 0.2
      if let slot = target.slot, let known = earlier.index(of: slot) {
        start = earlier.shapes[known]
      }
      func mixed(_ from: Double, _ to: Double) -> Double {
        ((from + (to - from) * eased) * 2).rounded() / 2
      }
      blended.shapes[index].x = mixed(start.x, target.x)
      blended.shapes[index].y = mixed(start.y, target.y)
      blended.shapes[index].a = max(1, mixed(start.a, target.a))
      blended.shapes[index].b = max(1, mixed(start.b, target.b))
      blended.shapes[index].exponent = start.exponent + (target.exponent - start.exponent) * eased
    }
    return blended
  }
}

extension BubbleLayout.Shape {
  /// Whether a dot lies on the shape.
  package func contains(x: Double, y: Double) -> Bool {
    BubbleOutline(a: a, b: b, exponent: exponent).contains(x: x - self.x, y: y - self.y)
  }
}

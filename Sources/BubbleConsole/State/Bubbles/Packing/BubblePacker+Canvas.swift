/// What fills the canvas: the only root's ring, or nothing visible around several roots.
struct BubbleVessel: Sendable {
  /// The slot whose ring it is; nil for the open canvas.
  var slot: Int?
  /// The slots in it.
  var members: [Int]
  var outline: BubbleOutline
  /// How far members may reach in each direction.
  var room: [Double]

  init(forest: BubbleForest, width: Double, height: Double) {
    let root = forest.roots.count == 1 ? forest.roots[0] : nil
    let isRing = root.map { forest.slots[$0].isSupervisor } ?? false
    slot = isRing ? root : nil
    members = isRing ? root.map { forest.slots[$0].children } ?? [] : forest.roots
    outline = BubbleOutline(
      a: width / 2, b: height / 2, exponent: isRing ? BubbleOutline.vessel : BubbleOutline.canvas)
    let air = isRing ? (side: 4.5, edge: 5.0) : (side: 1.0, edge: 1.0)
    room = zip(BubbleOutline.directions, outline.reach).map { direction, reach in
      let side = air.side * direction.x
      let edge = air.edge * direction.y
      return reach - (side * side + edge * edge).squareRoot()
    }
  }
}

extension BubbleVessel {
  /// A quarter of the box that its members may fill.
  var area: Double { room[0] * room[room.count - 1] }
}

extension BubbleBody {
  /// A quarter of the box that it takes with its share of the gap.
  var boxArea: Double {
    (outline.a + BubblePacker.gap / 2) * (outline.b + BubblePacker.gap / 2)
  }
}

/// A whole picture: bodies and their places from the middle of the canvas.
struct BubblePicture {
  var bodies: [BubbleBody]
  var x: [Double]
  var y: [Double]
  var size: Int
  /// The lower, the better.
  var score: Double
}

extension BubblePacker {
  /// The best picture of the three largest sizes that fit; nil when none does.
  mutating func picture(in vessel: BubbleVessel) -> BubblePicture? {
    var best: BubblePicture?
    var fitting = 0
    for size in Self.sizes.indices where fitting < 3 {
      guard let picture = picture(in: vessel, size: size, below: best?.score) else { continue }
      fitting += 1
      if best.map({ picture.score < $0.score }) ?? true { best = picture }
    }
    return best
  }

  /// The best picture at one size; `known` is what another size reached, and less good choices
  /// are not looked at once some picture fits.
  private mutating func picture(
    in vessel: BubbleVessel, size: Int, below known: Double?
  ) -> BubblePicture? {
    let least = vessel.members.reduce(0) { $0 + leastArea(of: $1, size: size) }
    guard least <= Self.mostFilled * vessel.area else { return nil }
    let options = vessel.members.map { self.options(for: $0, size: size) }
    guard options.allSatisfy({ !$0.isEmpty }) else { return nil }
    if options.count > 4, options.allSatisfy({ $0[0].content == .worker }) {
      return grid(options.map { $0[0] }, in: vessel, size: size)
    }
    // The most promising first, so that most of the others need not be looked at.
    let choices = Self.choices(options).filter { fits($0, vessel) }
      .map { (choice: $0, bound: bestScore($0, size: size)) }
    let order = choices.indices.sorted { (choices[$0].bound, $0) < (choices[$1].bound, $1) }
    var best: BubblePicture?
    for (choice, bound) in order.map({ choices[$0] }) {
      if let best, bound >= min(best.score, known ?? best.score) { break }
      let field = BubbleField(choice, vessel: vessel.room)
      for arrangement in BubbleArrangement.candidates(for: choice.count) {
        guard let found = arranged(field, arrangement, vessel, size) else { continue }
        if best.map({ found.score < $0.score }) ?? true { best = found }
      }
    }
    return best
  }

  /// The boxes of all workers below a slot, which is less than what it needs.
  private func leastArea(of slot: Int, size: Int) -> Double {
    switch contents[slot] {
    case .worker: worker(slot, size).boxArea
    case .ring:
      forest.slots[slot].children.reduce(0) { $0 + leastArea(of: $1, size: size) }
    case .folded, .crowd: 0
    }
  }

  /// How much of a canvas boxes can fill at most.
  private static let mostFilled = 0.93

  /// Whether each body fits, and their boxes would leave a little room if they were cut to pieces.
  private func fits(_ bodies: [BubbleBody], _ vessel: BubbleVessel) -> Bool {
    let isEachSmaller = bodies.allSatisfy { body in
      zip(body.outline.reach, vessel.room).allSatisfy { $0 <= $1 }
    }
    let boxes = bodies.reduce(0) { $0 + $1.boxArea }
    return isEachSmaller && boxes <= Self.mostFilled * vessel.area
  }

  /// The bodies settled in that arrangement and spread over the room that is left.
  private func arranged(
    _ field: BubbleField, _ arrangement: BubbleArrangement, _ vessel: BubbleVessel, _ size: Int
  ) -> BubblePicture? {
    let bodies = field.bodies
    let places = arrangement.places(of: bodies, gap: rootGap)
    guard mayFit(bodies, places, vessel) else { return nil }
    var settling = BubbleSettling(field, x: places.x, y: places.y)
    // What is far from fitting after some rounds is given up.
    let some = BubbleSettling.rounds / 3
    settling.settle(gap: rootGap, rounds: 0..<some)
    guard settling.violation(gap: rootGap) < 24 else { return nil }
    settling.settle(gap: rootGap, rounds: some..<BubbleSettling.rounds)
    guard settling.violation(gap: rootGap) < 6 else { return nil }
    var best: BubblePicture?
    for isSpread in [false, true] {
      var candidate = settling
      if isSpread { candidate.spread(gap: 14, rounds: 40) }
      candidate.snap(offset: (x: -width / 2, y: -height / 2))
      guard candidate.open(gap: rootGap, least: leastRootGap, drift: 0),
        candidate.isInReadingOrder
      else { continue }
      let score = score(bodies, candidate, size: size)
      if best.map({ score < $0.score }) ?? true {
        best = BubblePicture(
          bodies: bodies, x: candidate.x, y: candidate.y, size: size, score: score)
      }
    }
    return best
  }

  /// What a perfect arrangement of the bodies would score.
  private func bestScore(_ bodies: [BubbleBody], size: Int) -> Double {
    let area = bodies.reduce(0) { $0 + $1.outline.area }
    let strain = bodies.reduce(0) { $0 + $1.strain * $1.outline.area }
    return 6 * strain / max(area, 1) - Self.mostGap - Self.sizeWeight * Self.sizes[size]
  }

  /// How much a larger size outweighs a wider gap.
  static let sizeWeight = 3.5
  /// A gap beyond this one makes no picture better.
  private static let mostGap = 9.0

  /// Settling draws rows together a little, but does not make other rows of them.
  private func mayFit(
    _ bodies: [BubbleBody], _ places: (x: [Double], y: [Double]), _ vessel: BubbleVessel
  ) -> Bool {
    bodies.indices.allSatisfy { index in
      abs(places.x[index]) + bodies[index].outline.a < Self.mostStretched * vessel.room[0]
        && abs(places.y[index]) + bodies[index].outline.b
          < Self.mostStretched * vessel.room[vessel.room.count - 1]
    }
  }

  /// How far rows may reach beyond the walls before they settle.
  private static let mostStretched = 1.6

  private func score(
    _ bodies: [BubbleBody], _ settling: BubbleSettling, size: Int
  ) -> Double {
    var area = 0.0
    var strain = 0.0
    var middleX = 0.0
    var middleY = 0.0
    for (index, body) in bodies.enumerated() {
      area += body.outline.area
      strain += body.strain * body.outline.area
      middleX += settling.x[index] * body.outline.area
      middleY += settling.y[index] * body.outline.area
    }
    guard area > 0 else { return 0 }
    let offX = middleX / area / (width / 2)
    let offY = middleY / area / (height / 2)
    let off = (offX * offX + offY * offY).squareRoot()
    let gap = settling.meanGap(most: Self.mostGap)
    let score = 6 * strain / area + 16 * off - gap - Self.sizeWeight * Self.sizes[size]
    return (score * 256).rounded() / 256
  }
}

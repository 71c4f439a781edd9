/// Children in rows, or in columns, in start order.
struct BubbleArrangement: Hashable, Sendable {
  /// How many children each row or column holds.
  var groups: [Int]
  /// Whether the groups are columns.
  var isColumns: Bool

  /// All that are tried for `count` children: every way for a few, even groups for many.
  static func candidates(for count: Int) -> [Self] {
    let groupings = count <= 4 ? compositions(of: count) : evenGroups(of: count)
    var found = groupings.map { Self(groups: $0, isColumns: false) }
    for groups in groupings where groups.count > 1 && groups.count < min(count, 5) {
      found.append(Self(groups: groups, isColumns: true))
    }
    return found
  }

  private static func compositions(of count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return (1...count).flatMap { first in
      compositions(of: count - first).map { [first] + $0 }
    }
  }

  private static func evenGroups(of count: Int) -> [[Int]] {
    (1...min(count, 6)).map { groups in
      (0..<groups).map { group in (group + 1) * count / groups - group * count / groups }
    }
  }

  /// Where the bodies' centres are when they touch but for `gap`.
  func places(of bodies: [BubbleBody], gap: Double) -> (x: [Double], y: [Double]) {
    var along = [Double](repeating: 0, count: bodies.count)
    var across = along
    var first = 0
    var depth = 0.0
    for group in groups {
      let members = first..<(first + group)
      let thickness = members.map { extent(bodies[$0], isAlong: false) }.max() ?? 0
      let length = members.reduce(-gap) { $0 + extent(bodies[$1], isAlong: true) + gap }
      var position = -length / 2
      for member in members {
        let size = extent(bodies[member], isAlong: true)
        along[member] = position + size / 2
        across[member] = depth + thickness / 2
        position += size + gap
      }
      depth += thickness + gap
      first += group
    }
    for index in across.indices { across[index] -= (depth - gap) / 2 }
    return isColumns ? (across, along) : (along, across)
  }

  private func extent(_ body: BubbleBody, isAlong: Bool) -> Double {
    2 * (isAlong != isColumns ? body.outline.a : body.outline.b)
  }
}

extension BubblePacker {
  /// The ways to choose one option for each child: all, or where they are many, one child's other
  /// options at a time.
  static func choices(_ options: [[BubbleBody]]) -> [[BubbleBody]] {
    let product = options.reduce(1) { min(1000, $0 * $1.count) }
    guard product <= 27 else {
      let best = options.compactMap(\.first)
      return [best]
        + options.indices.flatMap { index in
          options[index].dropFirst().map { other in
            var choice = best
            choice[index] = other
            return choice
          }
        }
    }
    return options.reduce([[]]) { choices, next in
      choices.flatMap { choice in next.map { choice + [$0] } }
    }
  }
}

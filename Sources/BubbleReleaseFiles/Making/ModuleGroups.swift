/// The instructions of a script, with those about modules that depend on each other put together.
struct ModuleGroups {
  /// A part of the script.
  enum Part {
    /// An instruction that depends on none.
    case other(ReleaseInstruction)
    /// Instructions about modules that depend on each other, dependents first.
    case group([UpgradeInstruction])
  }

  /// The parts; a group stands where the first of its instructions stood.
  let parts: [Part]

  /// Groups a script without instructions about whole applications.
  init(_ script: [UpgradeInstruction], preferredOrder: [String]) throws(UpgradeProblem) {
    var nodes: [Node] = []
    var index: [String: Int] = [:]
    for instruction in script {
      guard let module = instruction.module else { continue }
      guard index.updateValue(nodes.count, forKey: module) == nil else {
        throw .duplicateModule(module)
      }
      nodes.append(Node(instruction: instruction))
    }
    for number in nodes.indices {
      for name in nodes[number].instruction.dependencies {
        guard let dependency = index[name] else {
          throw .undefinedDependency(name, of: nodes[number].instruction.module ?? "")
        }
        nodes[number].dependencies.append(dependency)
        nodes[dependency].dependents.append(number)
      }
    }
    var sorted = ModuleGraph(nodes, ranks: Self.ranks(nodes, preferredOrder)).groups()[...]
    var done: Set<Int> = []
    var parts: [Part] = []
    var number = 0
    for instruction in script {
      if case .low(let low) = instruction { parts.append(.other(low)) }
      guard instruction.module != nil else { continue }
      if !done.contains(number), let group = sorted.popFirst() {
        done.formUnion(group)
        parts.append(.group(group.map { nodes[$0].instruction }))
      }
      number += 1
    }
    self.parts = parts
  }

  private static func ranks(_ nodes: [Node], _ preferredOrder: [String]) -> [Int] {
    let preferred = Dictionary(
      preferredOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return nodes.enumerated().map { number, node in
      node.instruction.module.flatMap { preferred[$0] } ?? preferredOrder.count + number
    }
  }

  /// An instruction, and its neighbours by their place in the script.
  struct Node {
    var instruction: UpgradeInstruction
    var dependencies: [Int] = []
    var dependents: [Int] = []
  }
}

/// Which modules depend on which.
private struct ModuleGraph {
  let nodes: [ModuleGroups.Node]
  let ranks: [Int]

  init(_ nodes: [ModuleGroups.Node], ranks: [Int]) {
    self.nodes = nodes
    self.ranks = ranks
  }

  /// The nodes that hang together, dependents first, in the order of their first one.
  func groups() -> [[Int]] {
    var seen: Set<Int> = []
    return nodes.indices.compactMap { first in
      guard seen.insert(first).inserted else { return nil }
      var group = [first]
      var next = 0
      while next < group.count {
        let node = nodes[group[next]]
        group += (node.dependencies + node.dependents).filter { seen.insert($0).inserted }
        next += 1
      }
      return sorted(group.sorted())
    }
  }

  /// Dependents first; a circle counts as one, with its nodes in the order of the script.
  private func sorted(_ group: [Int]) -> [Int] {
    let circles = circles(group)
    var circleOf: [Int: Int] = [:]
    for (number, circle) in circles.enumerated() {
      for node in circle { circleOf[node] = number }
    }
    let rank = circles.map { circle in circle.map { ranks[$0] }.min() ?? 0 }
    let next = circles.enumerated().map { number, circle in
      Set(circle.flatMap { nodes[$0].dependencies }.compactMap { circleOf[$0] })
        .subtracting([number])
    }
    var waitsFor = Array(repeating: 0, count: circles.count)
    for others in next { for other in others { waitsFor[other] += 1 } }
    // The next one is the last.
    var ready = circles.indices.filter { waitsFor[$0] == 0 }.sorted { rank[$0] > rank[$1] }
    var result: [Int] = []
    while let first = ready.popLast() {
      result += circles[first].sorted()
      for other in next[first] {
        waitsFor[other] -= 1
        guard waitsFor[other] == 0 else { continue }
        let place = ready.firstIndex { rank[$0] < rank[other] } ?? ready.endIndex
        ready.insert(other, at: place)
      }
    }
    return result
  }

  /// The sets of nodes that can be reached from each other.
  ///
  /// Kosaraju's algorithm, with a stack of its own since the depth is the file's choice.
  private func circles(_ group: [Int]) -> [[Int]] {
    var seen: Set<Int> = []
    var finished: [Int] = []
    for start in group where seen.insert(start).inserted {
      var stack = [(node: start, rest: nodes[start].dependencies[...])]
      while let top = stack.indices.last {
        if let next = stack[top].rest.popFirst() {
          if seen.insert(next).inserted { stack.append((next, nodes[next].dependencies[...])) }
        } else {
          finished.append(stack.removeLast().node)
        }
      }
    }
    var taken: Set<Int> = []
    return finished.reversed().compactMap { start in
      guard taken.insert(start).inserted else { return nil }
      var circle = [start]
      var next = 0
      while next < circle.count {
        circle += nodes[circle[next]].dependents.filter { taken.insert($0).inserted }
        next += 1
      }
      return circle
    }
  }
}

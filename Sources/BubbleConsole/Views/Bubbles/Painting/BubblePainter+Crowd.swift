import BubbleCells
import BubbleTree

extension BubblePainter {
  /// The most dead workers in foam that keep their sign.
  private static let mostSigns = 64

  /// The workers of a supervisor that are too many for bubbles: a dot each, or a dot for several.
  mutating func drawCrowd(_ crowd: BubbleScene.Crowd, depth: Int) {
    for (dot, state) in zip(crowd.swarm.dots, crowd.states) {
      guard let state else { continue }
      switch crowd.swarm.grain {
      case .foam: canvas.set(dot.x, dot.y, state.dotRole, depth: depth)
      case .squares: drawSquare(dot, state, depth: depth)
      }
    }
    for index in crowd.busy where crowd.swarm.dots.indices.contains(index) {
      let dot = crowd.swarm.dots[index]
      for x in 0..<2 {
        for y in 0..<2 { canvas.set(dot.x + x, dot.y + y, .busy, depth: depth) }
      }
    }
  }

  /// Four dots run, two are in change, one is stopped.
  private mutating func drawSquare(_ dot: Dot, _ state: ProcessState, depth: Int) {
    let pattern: [(Int, Int)]
    switch state {
    case .running: pattern = [(0, 0), (1, 0), (0, 1), (1, 1)]
    case .starting, .stopping, .restarting, .suspended, .gaveUp: pattern = [(0, 0), (1, 1)]
    case .stopped: pattern = [(0, 1)]
    case .crashed: pattern = []
    }
    for (x, y) in pattern { canvas.set(dot.x + x, dot.y + y, state.dotRole, depth: depth) }
  }

  /// The signs of those that died, and the name of the one that is selected.
  mutating func writeCrowd(_ crowd: BubbleScene.Crowd) {
    let crashed = crowd.states.indices.filter { crowd.states[$0] == .crashed }
    // Of very many only those get a sign that have just died: the front of the wave.
    let keepSigns = crowd.swarm.grain == .squares || crashed.count <= Self.mostSigns
    let lasting = keepSigns ? crashed : []
    for index in crowd.dead + lasting where crowd.swarm.dots.indices.contains(index) {
      let dot = crowd.swarm.dots[index]
      grid.put(glyphs[.crashed], at: Point(column: dot.x / 2, row: dot.y / 4), role: .crashed)
    }
    guard let selection = crowd.selection, crowd.swarm.dots.indices.contains(selection.dot) else {
      return
    }
    write(selection, beside: crowd.swarm.dots[selection.dot])
  }

  /// The name stands right of the dot, or left of it where there is no room.
  private mutating func write(_ selection: BubbleScene.CrowdSelection, beside dot: Dot) {
    let name = cut(selection.name, to: 16, ellipsis: glyphs.ellipsis)
    let width = displayWidth(name) + 1
    let column = dot.x / 2
    let row = dot.y / 4
    if column + 1 + width <= grid.size.columns {
      grid.put(
        glyphs[.selectionRight], at: Point(column: column + 1, row: row), role: .selectionArrow)
      grid.put(name, at: Point(column: column + 2, row: row), role: .selectionName)
    } else {
      grid.put(name, at: Point(column: column - width, row: row), role: .selectionName)
      grid.put(
        glyphs[.selectionLeft], at: Point(column: column - 1, row: row), role: .selectionArrow)
    }
  }
}

extension ProcessState {
  /// The role of the dot that stands for it.
  fileprivate var dotRole: Role {
    switch self {
    case .running: .workerRing
    case .crashed: .crashedGhost
    case .starting, .stopping, .stopped, .restarting, .gaveUp, .suspended: role
    }
  }
}

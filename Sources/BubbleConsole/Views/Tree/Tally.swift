import BubbleText
import BubbleCells
import BubbleTree

/// What a folded subtree consists of, by state, with work that is bounded however large it is.
struct Tally: Sendable {
  private(set) var states: [ProcessState] = []
  /// Set instead of `states` when there are too many to look at: those alive, and those not.
  private(set) var many: (alive: Int, down: Int)?

  /// More places are not looked at one by one.
  private static let most = 256

  /// Counts the places below `slot`, without itself.
  init(below slot: SlotID, in tree: ProcessTree) {
    var next = tree[slot].children
    guard next.count <= Self.most else {
      countDirectChildren(of: slot, in: tree)
      return
    }
    next.reverse()
    while let slot = next.popLast() {
      let node = tree[slot]
      guard !node.isVacant else { continue }
      states.append(node.state)
      guard states.count + node.children.count + next.count <= Self.most else {
        states = []
        countDirectChildren(of: slot, in: tree)
        return
      }
      next += node.children.reversed()
    }
  }

  private mutating func countDirectChildren(of slot: SlotID, in tree: ProcessTree) {
    let facts = tree[slot].supervision
    let alive = facts?.aliveChildren ?? 0
    many = (alive, max(0, (facts?.occupied ?? 0) - alive))
  }

  /// One sign a process, from nine on numbers; what does not fit is left out from the end.
  func spans(columns: Int, glyphs: GlyphSet) -> [Span] {
    if many == nil, states.count <= min(8, columns) {
      return states.map { Span(glyphs[$0.sign], $0.role) }
    }
    var spans: [Span] = []
    var used = 0
    for (state, count) in counts where count > 0 {
      let separator = spans.isEmpty ? "" : " "
      let text = glyphs[state.sign] + grouped(count)
      guard used + separator.count + displayWidth(text) <= columns else { continue }
      used += separator.count + displayWidth(text)
      spans += separator.isEmpty ? [] : [Span(separator)]
      spans.append(Span(text, state.role))
    }
    return spans
  }

  private var counts: [(ProcessState, Int)] {
    if let many { return [(.running, many.alive), (.stopped, many.down)] }
    return ProcessState.inHeader.map { state in (state, states.count { $0 == state }) }
  }
}

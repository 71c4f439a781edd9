import BubbleEvents
@testable import BubbleTree
import Testing

extension ProcessTree {
  /// Checks everything that is kept count of against a recount.
  func expectConsistency(_ remark: Comment? = nil, location: SourceLocation = #_sourceLocation) {
    #expect(contradictions.isEmpty, remark, sourceLocation: location)
  }

  /// What does not agree with a recount, in words.
  private var contradictions: [String] {
    let here = nodes.filter { !$0.isVacant }
    var found: [String] = []
    for state in ProcessState.allCases {
      let recount = here.count { $0.state == state }
      if count(of: state) != recount {
        found.append("\(count(of: state)) are \(state): \(recount)")
      }
    }
    var reached: [SlotID] = []
    var open = roots
    while let slot = open.popLast(), reached.count <= nodes.count {
      if !self[slot].isVacant { reached.append(slot) }
      open += self[slot].children
    }
    if reached.sorted() != here.map(\.id).sorted() { found.append("not all places are reached") }
    if roots.contains(where: { self[$0].parent != nil }) { found.append("a root has a parent") }
    return found + here.flatMap { contradictions(of: $0) }
  }

  private func contradictions(of node: TreeNode) -> [String] {
    let children = node.children.map { self[$0] }
    let present = children.filter { !$0.isVacant }
    var isRight = [
      "children have another parent": children.allSatisfy { $0.parent == node.id },
      "a child is there twice": Set(node.children).count == children.count,
      "too many lives": node.lives.count <= TreeNode.lifeLimit + 1,
      "its process is elsewhere": node.pid.map { slot(of: $0) == node.id } ?? true,
      "nobody is alive": node.pid != nil || !node.state.isAlive,
    ]
    if let facts = node.supervision {
      isRight["occupied"] = facts.occupied == present.count { $0.childID != nil }
      isRight["alive children"] = facts.aliveChildren == present.count { $0.state.isAlive }
    }
    return isRight.filter { !$0.value }.keys.sorted().map { "\(node.name): \($0)" }
  }
}

import BubbleEvents
import BubbleTree

extension ConsoleModel {
  /// The process called `text`: a PID, a name, the beginning of one name only, or the number of one
  /// child only, with or without its `#`; a number that no child has is a PID.
  func slot(called text: String) throws(Refusal) -> SlotID {
    guard !text.isEmpty else { throw Refusal("a name or a PID is missing, such as <3>") }
    let tree = shownTree
    if let pid = PID(text) {
      guard let slot = tree.slot(of: pid) else { throw Refusal("there is no process \(pid)") }
      return slot
    }
    if let slot = tree.slot(ofNodePath: text) { return slot }
    var beginnings: [SlotID] = []
    for slot in tree.inOrder() {
      let name = tree[slot].name
      if name == text { return slot }
      if name.hasPrefix(text) { beginnings.append(slot) }
    }
    guard let first = beginnings.first else { return try slot(numbered: text) }
    guard beginnings.count == 1 else {
      throw Refusal("'\(text)' begins the names of \(beginnings.count) processes")
    }
    return first
  }

  private func slot(numbered text: String) throws(Refusal) -> SlotID {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      throw Refusal("there is no process '\(text)'")
    }
    let tree = shownTree
    let children = tree.inOrder().filter { tree[$0].name.hasSuffix("#\(digits)") }
    if children.count == 1 { return children[0] }
    if let pid = PID("<\(digits)>"), let slot = tree.slot(of: pid) { return slot }
    throw Refusal(
      children.isEmpty
        ? "there is no process '\(text)'"
        : "\(children.count) processes have the number \(digits): write the name, too")
  }

  /// All names, first started first.
  package func names() -> [String] { shownTree.inOrder().map { shownTree[$0].name } }

  /// The selected child's place.
  func selected() throws(Refusal) -> TreeNode {
    guard let node = isLabShown ? lab?.selectedNode : selectedNode else {
      throw Refusal("nothing is selected")
    }
    return node
  }

  /// The supervisor that the selection is, or else the one it has.
  func selectedSupervisor() throws(Refusal) -> (node: TreeNode, pid: PID, facts: SupervisionFacts) {
    let node = try selected()
    let supervisor = node.supervision == nil ? node.parent.map { tree[$0] } : node
    guard let supervisor, let facts = supervisor.supervision else {
      throw Refusal("\(node.name) has no supervisor")
    }
    guard let pid = supervisor.pid else { throw Refusal("\(supervisor.name) is not running") }
    return (supervisor, pid, facts)
  }
}

extension ProcessTree {
  /// All slots, a supervisor before its children, children in start order.
  func inOrder() -> [SlotID] {
    var result: [SlotID] = []
    var next = Array(roots.reversed())
    while let slot = next.popLast() {
      result.append(slot)
      next.append(contentsOf: self[slot].children.reversed())
    }
    return result
  }

  /// What `a@shop`, `a`, `a/cache` or `a@shop/sup/cache` names in a cluster: a node, or the first
  /// place of that name on it; nil for anything else.
  func slot(ofNodePath text: String) -> SlotID? {
    let words = text.split(separator: "/", maxSplits: 1)
    guard let first = words.first, let node = cluster.node(called: first) else { return nil }
    guard words.count > 1, let name = text.split(separator: "/").last else { return node.slot }
    var open = Array(self[node.slot].children.reversed())
    while let slot = open.popLast() {
      if self[slot].name == name { return slot }
      open += self[slot].children.reversed()
    }
    return nil
  }

  /// The supervisors that can be folded: all but the roots.
  func innerSupervisors() -> Set<SlotID> {
    Set(inOrder().filter { self[$0].parent != nil && !self[$0].children.isEmpty })
  }
}

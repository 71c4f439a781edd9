import BubbleCells
import BubbleEvents
package import BubbleTree

extension BubbleForest {
  /// The most slots that are looked at; supervisors beyond stay closed.
  private static let most = 400

  /// What there is to pack of a tree: all of it, or what is below `root`.
  ///
  /// Supervisors with very many children are counted, not listed.
  package init(_ tree: ProcessTree, below root: SlotID? = nil) {
    self.init(slots: [], roots: [])
    for slot in root.map({ [$0] }) ?? tree.roots where roots.count < Self.most {
      roots.append(add(slot, tree))
    }
    shortenNodes()
    // Breadth first, so that it is the innermost that stay closed.
    var next = 0
    while next < slots.count {
      addChildren(of: next, tree)
      next += 1
    }
  }

  private mutating func add(_ slot: SlotID, _ tree: ProcessTree) -> Int {
    let node = tree[slot]
    let name = sanitised(node.name)
    slots.append(
      Slot(
        id: slot, name: name, cells: displayWidth(name),
        isSupervisor: node.kind == .supervisor))
    slots[slots.count - 1].isNode = node.node != nil
    return slots.count - 1
  }

  private mutating func addChildren(of index: Int, _ tree: ProcessTree) {
    guard slots[index].isSupervisor, let slot = slots[index].id else { return }
    let node = tree[slot]
    let isDynamic = node.supervision?.flags.strategy == .simpleOneForOne
    let places = isDynamic ? Self.capacity(for: node.children.count) : node.children.count
    guard places <= BubblePacker.openWorkers, slots.count + places <= Self.most else {
      slots[index].capacity = places
      return
    }
    if isDynamic { slots[index].capacity = places }
    for child in node.children {
      let position = tree.contains(child) ? add(child, tree) : addHole()
      slots[index].children.append(position)
    }
    if !slots[index].isNode { shorten(slots[index].children, of: slots[index].name) }
    guard isDynamic else { return }
    while slots[index].children.count < places {
      let position = addHole()
      slots[index].children.append(position)
    }
    makeAlike(slots[index].children)
  }

  /// A place for a dynamic child to come.
  private mutating func addHole() -> Int {
    slots.append(Slot(id: nil, name: "", cells: 0, isSupervisor: false))
    return slots.count - 1
  }

  /// Dynamic children all get the room of the longest name, so that none moves when one comes.
  private mutating func makeAlike(_ children: [Int]) {
    let cells = children.map { slots[$0].isSupervisor ? 0 : slots[$0].cells }.max() ?? 0
    for child in children where !slots[child].isSupervisor { slots[child].cells = max(3, cells) }
  }
}

// MARK: - Short names

extension BubbleForest {
  /// Drops what names share with their supervisor's, or else all with each other.
  private mutating func shorten(_ children: [Int], of supervisor: String) {
    let names = children.map { slots[$0].name }.filter { !$0.isEmpty }
    let common = names.count < 2 ? "" : names.dropFirst().reduce(names[0], Self.commonPrefix)
    for child in children {
      let name = slots[child].name
      let shared = Self.commonPrefix(name, supervisor)
      guard let short = Self.rest(of: name, after: shared) ?? Self.rest(of: name, after: common)
      else { continue }
      slots[child].shortName = short
      slots[child].shortCells = displayWidth(short)
    }
  }

  private static func commonPrefix(_ first: String, _ second: String) -> String {
    String(zip(first, second).prefix { $0 == $1 }.map(\.0))
  }

  /// Where room is short a node goes by its name up to the host.
  private mutating func shortenNodes() {
    for root in roots where slots[root].isNode {
      let short = String(slots[root].name.prefix { $0 != "@" })
      guard roots.count(where: { slots[$0].name.hasPrefix("\(short)@") }) == 1 else { continue }
      slots[root].shortName = short
      slots[root].shortCells = displayWidth(short)
    }
  }

  /// What follows a prefix of whole words; nil when there is none, or nothing follows.
  private static func rest(of name: String, after shared: String) -> String? {
    let separators: [Character] = ["_", "-", ".", ":", "/", " "]
    guard let end = shared.lastIndex(where: { separators.contains($0) }) else { return nil }
    let rest = name.dropFirst(shared.distance(from: shared.startIndex, to: end) + 1)
    return rest.isEmpty ? nil : String(rest)
  }
}

import BubbleEvents

/// Finds places: by process in constant time, by child id in constant time or over few siblings.
struct PlaceIndex: Sendable {
  private static let none: Int32 = -1

  /// Slot indices of the processes of machine 0 by their number.
  private var byNumber: [Int32] = []
  /// Those of other machines.
  private var elsewhere: [PID: SlotID] = [:]
  /// Children of static supervisors with many of them.
  private var named: [NamedChild: SlotID] = [:]

  private struct NamedChild: Hashable, Sendable {
    var parent: SlotID
    var id: ChildID
  }

  func slot(of pid: PID) -> SlotID? {
    guard pid.machine == 0 else { return elsewhere[pid] }
    let number = Int(pid.number)
    guard number < byNumber.count else { return elsewhere[pid] }
    guard byNumber[number] != Self.none else { return nil }
    return SlotID(index: byNumber[number])
  }

  mutating func set(_ slot: SlotID?, for pid: PID) {
    guard pid.machine == 0 else {
      elsewhere[pid] = slot
      return
    }
    let number = Int(pid.number)
    // Numbers come in order; a far jump is a damaged stream and must not take all memory.
    guard number < byNumber.count + (1 << 22) else {
      elsewhere[pid] = slot
      return
    }
    while byNumber.count <= number { byNumber.append(Self.none) }
    byNumber[number] = slot?.index ?? Self.none
  }

  func slot(of id: ChildID, under parent: SlotID, nodes: [TreeNode]) -> SlotID? {
    switch id {
    case .dynamic(let number):
      let children = nodes[Int(parent.index)].children
      return children.indices.contains(number) ? children[number] : nil
    case .named:
      return named[NamedChild(parent: parent, id: id)]
    }
  }

  mutating func set(_ slot: SlotID?, for id: ChildID, under parent: SlotID) {
    guard case .named = id else { return }
    named[NamedChild(parent: parent, id: id)] = slot
  }
}

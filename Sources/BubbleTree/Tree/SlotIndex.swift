import BubbleEvents

/// Finds places in constant time, by process or by child id.
struct SlotIndex: Sendable {
  /// A place that a process lives or lived in.
  struct Entry: Sendable {
    var slot: SlotID
    /// Whether another process took the place while this one lived.
    var isDisplaced: Bool
  }

  private struct NamedChild: Hashable, Sendable {
    var parent: SlotID
    var id: ChildID
  }

  /// By the number of a process of machine 0: 0 for none, the slot's index + 1, or that negated for
  /// one who was displaced.
  private var byNumber: [Int32] = []
  /// The same for other machines.
  private var elsewhere: [PID: Int32] = [:]
  /// Children with ids of their own.
  private var named: [NamedChild: SlotID] = [:]

  subscript(pid: PID) -> Entry? {
    let code = code(of: pid)
    guard code != 0 else { return nil }
    return Entry(slot: SlotID(index: abs(code) - 1), isDisplaced: code < 0)
  }

  private func code(of pid: PID) -> Int32 {
    let number = Int(pid.number)
    if pid.node == .nonode, number < byNumber.count, byNumber[number] != 0 {
      return byNumber[number]
    }
    return elsewhere.isEmpty ? 0 : elsewhere[pid] ?? 0
  }

  mutating func set(_ entry: Entry, for pid: PID) {
    let code = entry.isDisplaced ? -entry.slot.index - 1 : entry.slot.index + 1
    let number = Int(pid.number)
    // Numbers come in order; a far jump is a damaged stream and must not take all memory.
    guard pid.node == .nonode, number < byNumber.count + (1 << 20) else {
      elsewhere[pid] = code
      return
    }
    while byNumber.count <= number { byNumber.append(0) }
    byNumber[number] = code
  }

  func slot(named id: ChildID, under parent: SlotID) -> SlotID? {
    named[NamedChild(parent: parent, id: id)]
  }

  mutating func set(_ slot: SlotID?, named id: ChildID, under parent: SlotID) {
    named[NamedChild(parent: parent, id: id)] = slot
  }
}

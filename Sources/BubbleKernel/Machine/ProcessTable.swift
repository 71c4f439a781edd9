internal import BubbleEvents

/// The slots of all processes, dense and reused, and the way from a process number to its slot.
struct ProcessTable: Sendable {
  /// Slots are kept in pages, so that a machine copied and run on copies only what it touches.
  private static let pageBits = 6
  private static let numberBits = 9

  private struct NumberPage: Sendable {
    var slots: ContiguousArray<UInt32>
    var live = 0
  }

  /// The node that all of them live on.
  let node: NodeID
  private var pages: ContiguousArray<ContiguousArray<ProcessSlot>> = []
  private var free: ContiguousArray<UInt32> = []
  private var numbers: ContiguousArray<NumberPage?> = []
  private(set) var slotCount = 0
  private(set) var liveCount = 0
  private(set) var lastNumber: UInt32 = 0

  init(node: NodeID) {
    self.node = node
  }

  /// The identity that the next process will have.
  var nextPID: PID { PID(lastNumber + 1, node: node) }

  /// The identity of the next process.
  mutating func takePID() -> PID {
    lastNumber += 1
    return PID(lastNumber, node: node)
  }

  /// Gives out no number up to that one; for a table that has nothing in it.
  mutating func skipNumbers(to number: UInt32) {
    lastNumber = max(lastNumber, number)
  }

  /// The slot of the process; nil when it is dead, never was, or lives on another node.
  func slot(of pid: PID) -> Int? {
    let page = Int(pid.number >> Self.numberBits)
    guard pid.node == node, page < numbers.count, let slots = numbers[page]?.slots else {
      return nil
    }
    let slot = slots[Int(pid.number) & (1 << Self.numberBits - 1)]
    return slot == .max ? nil : Int(slot)
  }

  subscript(slot: Int) -> ProcessSlot {
    _read { yield pages[slot >> Self.pageBits][slot & (1 << Self.pageBits - 1)] }
    _modify { yield &pages[slot >> Self.pageBits][slot & (1 << Self.pageBits - 1)] }
  }

  // Reading one field through the subscript would copy the whole slot.

  func flags(_ slot: Int) -> ProcessSlot.Flags {
    pages[slot >> Self.pageBits][slot & (1 << Self.pageBits - 1)].flags
  }

  func pid(_ slot: Int) -> PID {
    pages[slot >> Self.pageBits][slot & (1 << Self.pageBits - 1)].pid
  }

  func mailboxCount(_ slot: Int) -> Int {
    pages[slot >> Self.pageBits][slot & (1 << Self.pageBits - 1)].mailbox.count
  }

  /// The time limit of the waits of a process; nil when it is dead.
  func waitTimer(of pid: PID) -> WaitTimer? {
    slot(of: pid).map { pages[$0 >> Self.pageBits][$0 & (1 << Self.pageBits - 1)].timer }
  }

  /// Puts a new process into a free slot.
  mutating func insert(
    pid: PID, parent: PID?, body: any ProcessBody, cause: Event.ID?
  ) -> Int {
    liveCount += 1
    let slot: Int
    if let reused = free.popLast() {
      slot = Int(reused)
      self[slot].settle(pid: pid, parent: parent, body: body, cause: cause)
    } else {
      slot = slotCount
      slotCount += 1
      if slot & (1 << Self.pageBits - 1) == 0 {
        pages.append([])
        pages[pages.count - 1].reserveCapacity(slot == 0 ? 8 : 1 << Self.pageBits)
      }
      pages[pages.count - 1].append(
        ProcessSlot(pid: pid, parent: parent, body: body, cause: cause))
    }
    enter(pid.number, slot: UInt32(slot))
    return slot
  }

  /// Makes the process unknown; its slot is reused after `recycle`.
  mutating func forget(_ pid: PID) {
    liveCount -= 1
    let page = Int(pid.number >> Self.numberBits)
    numbers[page]?.slots[Int(pid.number) & (1 << Self.numberBits - 1)] = .max
    numbers[page]?.live -= 1
    let isCurrent = page == Int(lastNumber >> Self.numberBits)
    if !isCurrent, numbers[page]?.live == 0 { numbers[page] = nil }
  }

  /// Gives the slot of a dead process back.
  mutating func recycle(_ slot: Int) {
    free.append(UInt32(slot))
  }

  /// The processes alive, in the order of their numbers.
  var livePIDs: [PID] {
    var result: [PID] = []
    result.reserveCapacity(liveCount)
    for page in numbers {
      guard let page else { continue }
      for slot in page.slots where slot != .max { result.append(self[Int(slot)].pid) }
    }
    return result
  }

  // MARK: - Numbers

  private mutating func enter(_ number: UInt32, slot: UInt32) {
    let page = Int(number >> Self.numberBits)
    while numbers.count <= page { numbers.append(nil) }
    if numbers[page] == nil {
      numbers[page] = NumberPage(
        slots: ContiguousArray(repeating: .max, count: 1 << Self.numberBits))
    }
    numbers[page]?.slots[Int(number) & (1 << Self.numberBits - 1)] = slot
    numbers[page]?.live += 1
  }
}

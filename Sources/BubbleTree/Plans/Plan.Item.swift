package import BubbleEvents

extension Plan {
  /// How far an item is.
  package enum Progress: UInt8, Hashable, Sendable {
    /// To come.
    case pending
    /// Going on.
    case now
    /// Over.
    case done
  }

  /// Why a process ends.
  package enum Ending: UInt8, Hashable, Sendable, CaseIterable {
    /// It dies with another one, of a link or of a call to it.
    case with
    /// It is a supervisor that gives up, or ends with a significant child.
    case byItself
    /// Its supervisor tells it to stop.
    case told
  }

  /// One process that ends, or starts.
  package struct Item: Hashable, Sendable {
    /// Its number, from 1, stops before starts; 0 for a stop that nobody foresaw, until it is done.
    package var number: Int
    /// Where.
    package var slot: SlotID
    /// How far it is.
    package var progress = Progress.pending
    /// Why a stopped process ended, or why a start failed.
    package var reason: ExitReason?
    /// Of an end: why.
    package var ending = Ending.with
    /// Of a start: how many attempts failed.
    package var failures = 0

    /// The next item of the same place in its list.
    var following: Int?
  }

  /// Steps in order, found by their place without a search.
  struct ItemList: Sendable {
    private(set) var items: [Item] = []
    private(set) var doneCount = 0
    /// How many of each ending there are.
    private var counts = [Int](repeating: 0, count: Ending.allCases.count)
    /// The first item of each place that is not done.
    private var open: [SlotID: Int] = [:]
    /// The last item of each place.
    private var last: [SlotID: Int] = [:]

    /// The item of `slot` that is going on or comes next.
    func item(of slot: SlotID) -> Item? { open[slot].map { items[$0] } }

    /// Those of one ending, in order.
    func items(_ ending: Ending) -> [Item] {
      switch counts[Int(ending.rawValue)] {
      case 0: []
      case items.count: items
      default: items.filter { $0.ending == ending }
      }
    }

    func contains(_ slot: SlotID) -> Bool { last[slot] != nil }

    /// Adds an item that is not done.
    mutating func append(_ item: Item) {
      if let index = last[item.slot] { items[index].following = items.count }
      last[item.slot] = items.count
      if open[item.slot] == nil { open[item.slot] = items.count }
      items.append(item)
      counts[Int(item.ending.rawValue)] += 1
    }

    /// Changes the item of `slot` that is going on or comes next; false when there is none.
    mutating func change(_ slot: SlotID, _ body: (inout Item) -> Void) -> Bool {
      guard let index = open[slot] else { return false }
      body(&items[index])
      guard items[index].progress == .done else { return true }
      doneCount += 1
      open[slot] = items[index].following
      return true
    }

    /// Notes a start that failed, also one that nobody follows item by item.
    mutating func fail(_ slot: SlotID, _ reason: ExitReason) {
      guard let index = open[slot] ?? last[slot] else { return }
      items[index].failures += 1
      items[index].reason = reason
    }

    /// Numbers the items from `first` on.
    mutating func number(from first: Int) {
      for index in items.indices { items[index].number = first + index }
    }
  }
}

import BubbleCells
@testable import BubbleConsole
import BubbleTestSupport
import BubbleTree

/// A tree of names that forests are made from in tests.
indirect enum Plant {
  case worker(String)
  case supervisor(String, [Plant])
  case dynamic(String, taken: Int)
}

extension BubbleForest {
  /// The forest of some trees; slots are numbered in the order in which they are written.
  init(_ plants: [Plant]) {
    self.init(slots: [], roots: [])
    roots = plants.map { add($0) }
  }

  private mutating func add(_ plant: Plant) -> Int {
    switch plant {
    case .worker(let name): return add(name, isSupervisor: false)
    case .supervisor(let name, let children):
      let index = add(name, isSupervisor: true)
      for child in children {
        let position = add(child)
        slots[index].children.append(position)
      }
      return index
    case .dynamic(let name, let taken):
      let index = add(name, isSupervisor: true)
      slots[index].capacity = Self.capacity(for: taken)
      return index
    }
  }

  private mutating func add(_ name: String, isSupervisor: Bool) -> Int {
    slots.append(
      Slot(
        id: SlotID(index: Int32(slots.count)), name: name, cells: displayWidth(name),
        isSupervisor: isSupervisor))
    return slots.count - 1
  }

  /// The tree of the pictures: twelve processes.
  static let shop = BubbleForest([
    .supervisor(
      "shop_sup",
      [
        .supervisor("db_sup", [.worker("cache"), .worker("pool")]),
        .supervisor(
          "web_sup",
          [
            .worker("acceptor"),
            .supervisor("conn_sup", [.worker("c1"), .worker("c2"), .worker("c3")]),
          ]),
        .worker("mailer"), .worker("cron"),
      ])
  ])

  /// Thirteen children of one letter.
  static let letters = BubbleForest([
    .supervisor("S", "abcdefghijklm".map { .worker(String($0)) })
  ])

  /// Supervisors inside each other, with one worker in the innermost.
  static func chain(of depth: Int) -> BubbleForest {
    BubbleForest([
      (1...depth).reduce(Plant.worker("leaf")) { .supervisor("level\($1)", [$0]) }
    ])
  }

  /// One supervisor and many workers.
  static func flat(_ count: Int) -> BubbleForest {
    BubbleForest([.supervisor("top", (1...count).map { .worker("w\($0)") })])
  }

  /// A tree with as many workers and supervisors as the seed says.
  static func random(seed: UInt64) -> BubbleForest {
    var generator = SplitMix64(seed: seed)
    return BubbleForest([plant(depth: 0, &generator)])
  }

  private static func plant(depth: Int, _ generator: inout SplitMix64) -> Plant {
    let letters = Int.random(in: 1...9, using: &generator)
    let name = String("abcdefghi".prefix(letters))
    guard depth == 0 || depth < 3 && Int.random(in: 0..<3, using: &generator) == 0 else {
      return .worker(name)
    }
    let count = Int.random(in: 0...5, using: &generator)
    return .supervisor(name, (0..<count).map { _ in plant(depth: depth + 1, &generator) })
  }
}

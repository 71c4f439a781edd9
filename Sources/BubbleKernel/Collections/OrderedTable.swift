/// A small map in the order of its keys, which mostly arrive in rising order.
///
/// Links, monitors and dynamic children are keyed by numbers that only grow, so adding is an
/// append, finding is a binary search, and removing marks the cell until half of the cells are
/// empty. It costs nothing while empty, and iterates in the order of the keys, the same on every
/// run.
@usableFromInline package struct OrderedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable
{
  @usableFromInline struct Cell: Sendable {
    @usableFromInline var key: Key
    @usableFromInline var value: Value?

    @inlinable init(key: Key, value: Value?) {
      self.key = key
      self.value = value
    }
  }

  // Other modules compile these functions for their own types: what is generic at run time costs
  // ten times as much.

  /// The only entry, while there is no more than one; most processes have one link and one monitor.
  @usableFromInline var only: Cell?
  @usableFromInline var cells: ContiguousArray<Cell> = []
  @usableFromInline var removed = 0

  @inlinable package init() {}

  @inlinable package var count: Int { only == nil ? cells.count - removed : 1 }
  @inlinable package var isEmpty: Bool { only == nil && cells.isEmpty }

  /// All entries in the order of the keys.
  @inlinable package var entries: [(key: Key, value: Value)] {
    var result: [(key: Key, value: Value)] = []
    result.reserveCapacity(count)
    forEach { result.append(($0, $1)) }
    return result
  }

  /// Does something with each entry, in the order of the keys.
  @inlinable package func forEach(_ body: (Key, Value) -> Void) {
    if let only, let value = only.value { body(only.key, value) }
    for cell in cells {
      if let value = cell.value { body(cell.key, value) }
    }
  }

  @inlinable package subscript(key: Key) -> Value? {
    if let only { return only.key == key ? only.value : nil }
    guard let index = index(of: key) else { return nil }
    return cells[index].value
  }

  /// Adds or replaces.
  @inlinable package mutating func set(_ key: Key, _ value: Value) {
    if cells.isEmpty {
      guard let first = only, first.key != key else {
        only = Cell(key: key, value: value)
        return
      }
      only = nil
      cells.append(first)
    }
    guard let last = cells.last, !(last.key < key) else {
      cells.append(Cell(key: key, value: value))
      return
    }
    let position = lowerBound(of: key)
    if cells[position].key == key {
      if cells[position].value == nil { removed -= 1 }
      cells[position].value = value
    } else {
      cells.insert(Cell(key: key, value: value), at: position)
    }
  }

  /// Removes and returns the entry for `key`; nil when there is none.
  @inlinable @discardableResult
  package mutating func remove(_ key: Key) -> Value? {
    if let first = only {
      guard first.key == key else { return nil }
      only = nil
      return first.value
    }
    guard let index = index(of: key), let value = cells[index].value else { return nil }
    if index == cells.count - 1 {
      cells.removeLast()
      while let last = cells.last, last.value == nil {
        cells.removeLast()
        removed -= 1
      }
    } else {
      cells[index].value = nil
      removed += 1
      if removed > 8, removed > cells.count / 2 { compact() }
    }
    return value
  }

  // MARK: - Places

  @inlinable func index(of key: Key) -> Int? {
    guard let last = cells.last else { return nil }
    if last.key == key { return cells.count - 1 }
    let position = lowerBound(of: key)
    return position < cells.count && cells[position].key == key ? position : nil
  }

  @inlinable func lowerBound(of key: Key) -> Int {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inlinable mutating func compact() {
    var kept: ContiguousArray<Cell> = []
    kept.reserveCapacity(cells.count - removed)
    for cell in cells where cell.value != nil { kept.append(cell) }
    cells = kept
    removed = 0
  }
}

/// A small map in the order of its keys, which mostly arrive in rising order.
///
/// Links, monitors and dynamic children are keyed by numbers that only grow, so adding is an append,
/// finding is a binary search, and removing marks the place until half of the places are empty. It
/// costs nothing while empty, and iterates in the order of the keys, the same on every run.
package struct OrderedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable {
  private struct Place {
    var key: Key
    var value: Value?
  }

  private var places: ContiguousArray<Place> = []
  private var removed = 0

  package init() {}

  package var count: Int { places.count - removed }
  package var isEmpty: Bool { places.isEmpty }

  /// All entries in the order of the keys.
  package var entries: [(key: Key, value: Value)] {
    var result: [(key: Key, value: Value)] = []
    result.reserveCapacity(count)
    for place in places {
      if let value = place.value { result.append((place.key, value)) }
    }
    return result
  }

  package subscript(key: Key) -> Value? {
    guard let index = index(of: key) else { return nil }
    return places[index].value
  }

  /// Adds or replaces.
  package mutating func set(_ key: Key, _ value: Value) {
    guard let last = places.last, !(last.key < key) else {
      places.append(Place(key: key, value: value))
      return
    }
    let position = lowerBound(of: key)
    if places[position].key == key {
      if places[position].value == nil { removed -= 1 }
      places[position].value = value
    } else {
      places.insert(Place(key: key, value: value), at: position)
    }
  }

  /// Removes and returns the entry for `key`; nil when there is none.
  @discardableResult
  package mutating func remove(_ key: Key) -> Value? {
    guard let index = index(of: key), let value = places[index].value else { return nil }
    if index == places.count - 1 {
      places.removeLast()
      while let last = places.last, last.value == nil {
        places.removeLast()
        removed -= 1
      }
    } else {
      places[index].value = nil
      removed += 1
      if removed > 8, removed > places.count / 2 { compact() }
    }
    return value
  }

  // MARK: - Places

  private func index(of key: Key) -> Int? {
    guard let last = places.last else { return nil }
    if last.key == key { return places.count - 1 }
    let position = lowerBound(of: key)
    return position < places.count && places[position].key == key ? position : nil
  }

  private func lowerBound(of key: Key) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func compact() {
    places.removeAll { $0.value == nil }
    removed = 0
  }
}

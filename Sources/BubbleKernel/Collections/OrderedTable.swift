/// A small map in the order of its keys, which mostly arrive in rising order.
///
/// Links, monitors and dynamic children are keyed by numbers that only grow, so adding is an
/// append, finding is a binary search, and removing marks the place until half of the places are
/// empty. It costs nothing while empty, and iterates in the order of the keys, the same on every
/// run.
@usableFromInline package struct OrderedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable
{
  @usableFromInline struct Place: Sendable {
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
  @usableFromInline var only: Place?
  @usableFromInline var places: ContiguousArray<Place> = []
  @usableFromInline var removed = 0

  @inlinable package init() {}

  @inlinable package var count: Int { only == nil ? places.count - removed : 1 }
  @inlinable package var isEmpty: Bool { only == nil && places.isEmpty }

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
    for place in places {
      if let value = place.value { body(place.key, value) }
    }
  }

  @inlinable package subscript(key: Key) -> Value? {
    if let only { return only.key == key ? only.value : nil }
    guard let index = index(of: key) else { return nil }
    return places[index].value
  }

  /// Adds or replaces.
  @inlinable package mutating func set(_ key: Key, _ value: Value) {
    if places.isEmpty {
      guard let first = only, first.key != key else {
        only = Place(key: key, value: value)
        return
      }
      only = nil
      places.append(first)
    }
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
  @inlinable @discardableResult
  package mutating func remove(_ key: Key) -> Value? {
    if let first = only {
      guard first.key == key else { return nil }
      only = nil
      return first.value
    }
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

  @inlinable func index(of key: Key) -> Int? {
    guard let last = places.last else { return nil }
    if last.key == key { return places.count - 1 }
    let position = lowerBound(of: key)
    return position < places.count && places[position].key == key ? position : nil
  }

  @inlinable func lowerBound(of key: Key) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inlinable mutating func compact() {
    var kept: ContiguousArray<Place> = []
    kept.reserveCapacity(places.count - removed)
    for place in places where place.value != nil { kept.append(place) }
    places = kept
    removed = 0
  }
}

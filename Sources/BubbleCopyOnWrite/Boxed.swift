/// A value that lives in a box of its own, and is copied when one of several holders writes to it.
///
/// A type whose large parts are boxed is a few pointers wide: copying it retains them, and the code
/// that copies and destroys it stays small. Holders see a value all the same; none sees what
/// another writes.
///
/// ```swift
/// struct Moment {
///   @Boxed var machine: Machine
/// }
/// ```
///
/// - A write through a property is done in place while nobody else holds the box.
/// - The first write to a box with other holders copies the value once.
/// - Two holders of one box are equal without a look at the value, so `==` must hold between a
///   value and itself.
@propertyWrapper
public struct Boxed<Value> {
  @usableFromInline var box: Box<Value>

  /// Puts `wrappedValue` into a box.
  @inlinable public init(wrappedValue: Value) { box = Box(wrappedValue) }

  /// The value.
  @inlinable public var wrappedValue: Value {
    _read { yield box.value }
    set {
      if isKnownUniquelyReferenced(&box) {
        box.value = newValue
      } else {
        box = Box(newValue)
      }
    }
    _modify {
      if !isKnownUniquelyReferenced(&box) { copy() }
      yield &box.value
    }
  }

  /// Moves to a box that nobody else holds.
  ///
  /// Not inlined, since copying a large value is a lot of code and writing in place is the rule.
  @inlinable @inline(never) mutating func copy() { box = Box(box.value) }
}

/// Where a boxed value lives.
@usableFromInline final class Box<Value> {
  /// Whoever writes is the only holder, and its access to the `Boxed` is exclusive already.
  @exclusivity(unchecked) @usableFromInline final var value: Value

  @inlinable init(_ value: Value) { self.value = value }
}

/// A box that two threads hold is only read, since a writer is its only holder.
extension Boxed: @unchecked Sendable where Value: Sendable {}

extension Boxed: Equatable where Value: Equatable {
  /// Whether the values are equal.
  @inlinable public static func == (one: Boxed, other: Boxed) -> Bool {
    one.box === other.box || one.box.value == other.box.value
  }
}

extension Boxed: Hashable where Value: Hashable {
  /// Hashes the value.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}

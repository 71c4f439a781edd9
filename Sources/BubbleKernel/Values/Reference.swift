public import BubbleEvents

/// A unique mark: of a monitor, a timer, or a call that waits for its answer.
///
/// Given out in order from 1 and never used again within one machine.
public struct Reference: Hashable, Comparable, Sendable, TermConvertible,
  CustomStringConvertible
{
  /// Its number.
  public var number: UInt64

  /// Creates the reference with that number.
  public init(_ number: UInt64) {
    self.number = number
  }

  /// The order in which references were given out.
  public static func < (left: Reference, right: Reference) -> Bool {
    left.number < right.number
  }

  /// The reference as a term.
  public var term: Term { .reference(number) }

  /// As Erlang prints it, with its number alone.
  public var description: String { "#Ref<\(number)>" }
}

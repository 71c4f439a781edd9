public import BubbleEvents

/// Asynchronous work that a process asks for with `askOutside`, and whose outcome it gets as a
/// plain message `OutsideTaskEnded`.
///
/// It runs outside of the machine, beside everything else, and is cancelled when the process ends.
public struct OutsideTask: Sendable {
  /// What the process tells it by.
  public var id: Term
  /// The work; what it throws becomes a failure in words.
  public var work: @Sendable () async throws -> any Sendable

  /// Creates a piece of work.
  public init(id: Term, work: @escaping @Sendable () async throws -> any Sendable) {
    self.id = id
    self.work = work
  }
}

/// What came of an `OutsideTask`.
public struct OutsideTaskEnded: Sendable {
  /// How it ended.
  public enum Outcome: Sendable {
    /// With this value.
    case value(any Sendable)
    /// It failed, in words.
    case failure(String)
  }

  /// The task's id.
  public var id: Term
  /// How it ended.
  public var outcome: Outcome

  /// Creates an outcome.
  public init(id: Term, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }
}

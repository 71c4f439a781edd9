/// A value that says itself which term stands for it, wherever a term is told: in a message's text,
/// in an exit reason, in what the inspector shows.
///
/// Every other value has the term that `Term.init(reflecting:)` makes of it.
public protocol TermConvertible {
  /// What Erlang would have in the place of this value.
  var term: Term { get }
}

extension Term: TermConvertible {
  /// Itself.
  public var term: Term { self }
}

extension PID: TermConvertible {
  /// The process as a term.
  public var term: Term { .pid(self) }
}

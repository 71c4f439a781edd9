public import BubbleEvents

/// Thrown to raise an error that is a term (OTP: error/1): the process ends with `{Term,STACK}`.
public struct RaisedError: Error, Hashable, Sendable {
  /// The error.
  public var term: Term

  /// Creates an error.
  public init(_ term: Term) {
    self.term = term
  }

  /// What Erlang raises for an argument that cannot be: an unknown name, a name that is taken.
  public static let badArgument = RaisedError("badarg")
  /// What linking to a process that is not there raises in a process that does not trap exits.
  public static let noProcess = RaisedError("noproc")
}

extension ExitReason {
  /// The reason a process ends with when `error` is not caught in it (OTP: P19).
  public init(uncaught error: any Error) {
    switch error {
    case let exit as ProcessExit: self = exit.reason
    case let raised as RaisedError: self = .raised(raised.term)
    default: self = .raised(Term(reflecting: error))
    }
  }
}

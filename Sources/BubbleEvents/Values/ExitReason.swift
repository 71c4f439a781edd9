/// Why a process ended, or what an exit signal carries.
///
/// Any term can be a reason and passes unchanged (OTP, exit/1). The cases name the reasons that the
/// runtime itself tells apart; build from a term with `init(_:)`, which always picks the special
/// case where there is one, so that equal reasons compare equal.
public enum ExitReason: Hashable, Sendable {
  /// `normal`: the work is done. As a signal it does not harm a process that does not trap exits.
  case normal
  /// `shutdown`: told to stop in order.
  case shutdown
  /// `{shutdown,Term}`: an orderly stop that says more.
  case shutdownBecause(Term)
  /// `kill`: sent by `kill(_:)` it cannot be trapped; arriving through a link it is ordinary.
  case kill
  /// `killed`: what everybody sees of a process that was sent `kill`.
  case killed
  /// `noproc`: there was no such process.
  case noProcess
  /// `noconnection`: the node that it lived on cannot be reached; it may live there still.
  case noConnection
  /// Anything else, abnormal.
  case failure(Term)

  /// The reason that `term` stands for.
  public init(_ term: Term) {
    switch term {
    case .atom("normal"): self = .normal
    case .atom("shutdown"): self = .shutdown
    case .atom("kill"): self = .kill
    case .atom("killed"): self = .killed
    case .atom("noproc"): self = .noProcess
    case .atom("noconnection"): self = .noConnection
    case .tuple(let elements) where elements.count == 2 && elements[0] == .atom("shutdown"):
      self = .shutdownBecause(elements[1])
    default: self = .failure(term)
    }
  }

  /// The reason of a process in which `error` was raised and not caught: `{Error,STACK}`.
  public static func raised(_ error: Term) -> ExitReason {
    ExitReason(.tuple([error, .stack]))
  }

  /// The reason as a term.
  public var term: Term {
    switch self {
    case .normal: .atom("normal")
    case .shutdown: .atom("shutdown")
    case .shutdownBecause(let detail): .tuple([.atom("shutdown"), detail])
    case .kill: .atom("kill")
    case .killed: .atom("killed")
    case .noProcess: .atom("noproc")
    case .noConnection: .atom("noconnection")
    case .failure(let term): term
    }
  }

  /// True unless the reason is `normal`, `shutdown` or `{shutdown,_}`: what makes a transient child
  /// start again and a crash worth reporting.
  public var isAbnormal: Bool {
    switch self {
    case .normal, .shutdown, .shutdownBecause: false
    case .kill, .killed, .noProcess, .noConnection, .failure: true
    }
  }
}

extension ExitReason: TermConvertible {}

extension ExitReason: CustomStringConvertible {
  /// The canonical term text.
  public var description: String { term.description }
}

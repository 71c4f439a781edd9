public import BubbleEvents
public import BubbleKernel

/// What a remote call executes: it may wait, as any function, and it may throw a `ThrownValue`, a
/// `ProcessExit` or any other error, which is raised.
public typealias RemoteFunction = @Sendable (inout ProcessContext) throws -> Blocking<Term>

/// Thrown to leave a remote call with a value (OTP: throw/1).
public struct ThrownValue: Error, Hashable, Sendable {
  /// The value.
  public var term: Term

  /// Creates a value that is thrown.
  public init(_ term: Term) {
    self.term = term
  }
}

/// What a remote call comes to (OTP: the table of D151).
public enum RemoteOutcome: Hashable, Sendable {
  /// The function has returned.
  case returned(Term)
  /// It has thrown a value.
  case thrown(Term)
  /// It has exited.
  case exited(Term)
  /// It has raised an error, or does not exist (`undef`).
  case raised(Term)
  /// The process that executed it has ended of a signal.
  case signalled(Term)
  /// It took too long.
  case timedOut
  /// The node could not be reached, or was lost meanwhile.
  case noConnection

  /// What an error that was not caught comes to.
  init(_ error: any Error) {
    switch error {
    case let thrown as ThrownValue: self = .thrown(thrown.term)
    case let exit as ProcessExit: self = .exited(exit.reason.term)
    case let raised as RaisedError: self = .raised(raised.term)
    default: self = .raised(Term(reflecting: error))
    }
  }

  /// What the end of the process that executed it says of it.
  public init(endedWith reason: ExitReason) {
    guard case .failure(.tuple(let parts)) = reason, parts.count == 3, parts[0] == Self.mark,
      case .atom(let kind) = parts[1]
    else {
      self = reason == .noConnection ? .noConnection : .signalled(reason.term)
      return
    }
    switch kind {
    case "return": self = .returned(parts[2])
    case "throw": self = .thrown(parts[2])
    case "exit": self = .exited(parts[2])
    default: self = .raised(parts[2])
    }
  }

  private static let mark: Term = "$erpc"

  /// With what the process that executed the function ends: the caller learns of it by its monitor
  /// (OTP: erpc does so, too).
  var reason: ExitReason {
    switch self {
    case .returned(let value): .failure(.tuple([Self.mark, "return", value]))
    case .thrown(let value): .failure(.tuple([Self.mark, "throw", value]))
    case .exited(let reason): .failure(.tuple([Self.mark, "exit", reason]))
    case .raised(let error): .failure(.tuple([Self.mark, "error", error]))
    case .signalled(let reason): ExitReason(reason)
    case .timedOut: .failure("timeout")
    case .noConnection: .noConnection
    }
  }
}

extension RemoteOutcome {
  /// The value, or what erpc:call raises.
  public func value() throws -> Term {
    switch self {
    case .returned(let value): return value
    case .thrown(let value): throw ThrownValue(value)
    case .exited(let reason): throw ProcessExit(.failure(.tuple(["exception", reason])))
    case .raised(let error): throw RaisedError(.tuple(["exception", error, .stack]))
    case .signalled(let reason): throw ProcessExit(.failure(.tuple(["signal", reason])))
    case .timedOut: throw RaisedError(.tuple(["erpc", "timeout"]))
    case .noConnection: throw RaisedError(.tuple(["erpc", "noconnection"]))
    }
  }

  /// An element of what erpc:multicall returns.
  public var term: Term {
    switch self {
    case .returned(let value): .tuple(["ok", value])
    case .thrown(let value): .tuple(["throw", value])
    case .exited(let reason): .tuple(["exit", .tuple(["exception", reason])])
    case .raised(let error): .tuple(["error", .tuple(["exception", error, .stack])])
    case .signalled(let reason): .tuple(["exit", .tuple(["signal", reason])])
    case .timedOut: .tuple(["error", .tuple(["erpc", "timeout"])])
    case .noConnection: .tuple(["error", .tuple(["erpc", "noconnection"])])
    }
  }

  /// What rpc:call returns.
  public var answer: Term {
    func bad(_ reason: Term) -> Term { .tuple(["badrpc", reason]) }
    switch self {
    case .returned(.tuple(let parts)) where parts.count == 2 && parts[0] == "EXIT":
      return bad(.tuple(parts))
    case .returned(let value), .thrown(let value): return value
    case .exited(let reason), .signalled(let reason): return bad(.tuple(["EXIT", reason]))
    case .raised(let error): return bad(.tuple(["EXIT", .tuple([error, .stack])]))
    case .timedOut: return bad("timeout")
    case .noConnection: return bad("nodedown")
    }
  }
}

/// The process that executes a remote call, and ends with what came of it.
struct RemoteCallBody: ProcessBody {
  let function: RemoteFunction
  private var then: Blocking<Term>.Then?

  init(_ function: @escaping RemoteFunction) {
    self.function = function
  }

  var behaviour: String { "erpc" }

  mutating func start(_ context: inout ProcessContext) throws {
    do {
      goOn(try function(&context), &context)
    } catch {
      context.finish(RemoteOutcome(error).reason)
    }
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let next = then else { return }
    do {
      goOn(try next(received, &context), &context)
    } catch {
      context.finish(RemoteOutcome(error).reason)
    }
  }

  private mutating func goOn(_ blocking: Blocking<Term>, _ context: inout ProcessContext) {
    switch blocking {
    case .value(let value): context.finish(RemoteOutcome.returned(value).reason)
    case .waiting(let awaited, let instant, let next):
      then = next
      context.wait(for: awaited, until: instant)
    }
  }
}

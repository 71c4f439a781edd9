public import BubbleEvents
public import BubbleKernel

/// How a supervisor starts, restarts and stops one child (OTP, "Child specification").
public struct ChildSpec: Sendable {
  /// When the child is started again.
  public typealias Restart = ChildRestart
  /// How it is ended.
  public typealias Shutdown = ChildShutdown
  /// Worker or supervisor; bookkeeping, and the default of `shutdown`.
  public typealias Kind = ChildKind

  /// The modules of a child, for release handling.
  public enum Modules: Hashable, Sendable {
    /// These.
    case list([Term])
    /// Asked for at run time, as for an event manager.
    case dynamic
  }

  /// Tells it from its siblings; any term.
  public var id: Term
  /// Brings it into being.
  public var start: ProcessStart
  /// When it is started again.
  public var restart: Restart
  /// How it is ended.
  public var shutdown: Shutdown
  /// Worker or supervisor.
  public var kind: Kind
  /// Whether automatic shutdown looks at it.
  public var isSignificant: Bool
  /// Its modules.
  public var modules: Modules

  /// Creates a specification; the defaults are OTP's, with 5000 ms for workers and no limit for
  /// supervisors.
  public init(
    id: Term, start: ProcessStart, restart: Restart = .permanent, shutdown: Shutdown? = nil,
    kind: Kind = .worker, isSignificant: Bool = false, modules: Modules = .list([])
  ) {
    self.id = id
    self.start = start
    self.restart = restart
    self.shutdown = shutdown ?? ChildSpec.defaultShutdown(of: kind)
    self.kind = kind
    self.isSignificant = isSignificant
    self.modules = modules
  }

  /// 5000 ms for workers, no limit for supervisors.
  public static func defaultShutdown(of kind: Kind) -> Shutdown {
    switch kind {
    case .worker: .timeout(5000)
    case .supervisor: .infinity
    }
  }
}

extension ChildSpec: TermConvertible {
  /// OTP's map, without the start function.
  public var term: Term {
    .opaque(
      "#{id=>\(id),modules=>\(modules.term),restart=>\(restart.rawValue),"
        + "shutdown=>\(shutdown),significant=>\(isSignificant),type=>\(kind.rawValue)}")
  }
}

extension ChildSpec.Modules: TermConvertible {
  /// The list, or `dynamic`.
  public var term: Term {
    switch self {
    case .list(let modules): .list(modules)
    case .dynamic: "dynamic"
    }
  }
}

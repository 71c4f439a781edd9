/// Which siblings share the fate of a child that died (OTP, "Restart strategies").
public enum SupervisionStrategy: String, Hashable, Sendable, CaseIterable {
  /// Only the dead child starts again.
  case oneForOne = "one_for_one"
  /// All others stop, then all start.
  case oneForAll = "one_for_all"
  /// Those started after it stop, then it and they start.
  case restForOne = "rest_for_one"
  /// Like one_for_one, for children of one template that are added at run time.
  case simpleOneForOne = "simple_one_for_one"
}

/// When a child that ended is started again (OTP, "Child specification").
public enum ChildRestart: String, Hashable, Sendable, CaseIterable {
  /// Always.
  case permanent
  /// Only after an abnormal exit.
  case transient
  /// Never.
  case temporary
}

/// How a supervisor ends a child.
public enum ChildShutdown: Hashable, Sendable {
  /// With an untrappable `kill` at once.
  case brutalKill
  /// With `shutdown`, and `kill` after that many milliseconds.
  case timeout(Int)
  /// With `shutdown`, waiting for ever.
  case infinity
}

extension ChildShutdown: CustomStringConvertible {
  /// OTP's spelling: `brutal_kill`, `5000`, `infinity`.
  public var description: String {
    switch self {
    case .brutalKill: "brutal_kill"
    case .timeout(let milliseconds): String(milliseconds)
    case .infinity: "infinity"
    }
  }
}

/// What of a child specification can be changed while the child runs.
public struct ChildSettings: Hashable, Sendable {
  /// When it is started again.
  public var restart: ChildRestart
  /// How it is ended.
  public var shutdown: ChildShutdown

  /// Creates settings.
  public init(restart: ChildRestart, shutdown: ChildShutdown) {
    self.restart = restart
    self.shutdown = shutdown
  }
}

/// What a child specification says the child is; bookkeeping only, as in OTP.
public enum ChildKind: String, Hashable, Sendable, CaseIterable {
  /// A process that does work.
  case worker
  /// A process that supervises others.
  case supervisor
}

/// Whether a supervisor ends itself when significant children end by themselves.
public enum AutoShutdown: String, Hashable, Sendable, CaseIterable {
  /// It does not.
  case never
  /// When any significant child ends.
  case anySignificant = "any_significant"
  /// When the last significant child ends.
  case allSignificant = "all_significant"
}

/// How many restarts within how many seconds a supervisor tolerates before it gives up.
public struct RestartIntensity: Hashable, Sendable {
  /// Restarts allowed within the period, at least 0; one more and the supervisor gives up.
  public var restarts: Int
  /// The period in whole seconds, at least 1.
  public var seconds: Int

  /// Creates the limit of `restarts` in `seconds`; OTP's default is 1 in 5.
  public init(_ restarts: Int = 1, in seconds: Int = 5) {
    self.restarts = restarts
    self.seconds = seconds
  }
}

/// A supervisor's flags, as its init gave them.
public struct SupervisorFlags: Hashable, Sendable {
  /// Which siblings share the fate of a dead child.
  public var strategy: SupervisionStrategy
  /// When it gives up.
  public var intensity: RestartIntensity
  /// Whether it ends with its significant children.
  public var autoShutdown: AutoShutdown

  /// Creates flags; the defaults are OTP's.
  public init(
    strategy: SupervisionStrategy = .oneForOne, intensity: RestartIntensity = RestartIntensity(),
    autoShutdown: AutoShutdown = .never
  ) {
    self.strategy = strategy
    self.intensity = intensity
    self.autoShutdown = autoShutdown
  }
}

/// A child's place under its supervisor, which outlives the processes that fill it.
public enum ChildID: Hashable, Sendable {
  /// The id in a static child specification; any term.
  case named(Term)
  /// A child added to a dynamic supervisor: the lowest number that was free, from 0.
  case dynamic(Int)
}

extension ChildID: CustomStringConvertible {
  /// The id's term text, or `#3` for the dynamic child number 3.
  public var description: String {
    switch self {
    case .named(let term): term.description
    case .dynamic(let number): "#\(number)"
    }
  }
}

/// What the event stream tells of a child specification.
public struct ChildDescription: Hashable, Sendable {
  /// Its place under the supervisor.
  public var id: ChildID
  /// When it is started again.
  public var restart: ChildRestart
  /// How it is ended.
  public var shutdown: ChildShutdown
  /// Worker or supervisor, as specified.
  public var kind: ChildKind
  /// Whether automatic shutdown looks at it.
  public var isSignificant: Bool

  /// Creates a description.
  public init(
    id: ChildID, restart: ChildRestart, shutdown: ChildShutdown, kind: ChildKind,
    isSignificant: Bool
  ) {
    self.id = id
    self.restart = restart
    self.shutdown = shutdown
    self.kind = kind
    self.isSignificant = isSignificant
  }
}

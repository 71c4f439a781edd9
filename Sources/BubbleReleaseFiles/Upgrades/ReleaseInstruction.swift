public import BubbleEvents

/// One step of an upgrade or a downgrade, as the release handler executes it (OTP: a low-level
/// instruction of relup(4)).
public enum ReleaseInstruction: Hashable, Sendable {
  /// Old code of a module is left over when a third version comes: what becomes of processes that
  /// still run it (OTP: PrePurge and PostPurge).
  public enum Purge: String, Hashable, Sendable, CaseIterable {
    /// They are killed.
    case brutal = "brutal_purge"
    /// The instruction fails while there are any.
    case soft = "soft_purge"
  }

  /// How long a process has to answer `suspend`.
  public enum SuspendTimeout: Hashable, Sendable {
    /// What the release handler takes by itself (sys: 5000 ms).
    case standard
    /// That many milliseconds.
    case milliseconds(Int)
    /// No limit.
    case infinity
  }

  /// A module whose processes are suspended.
  public struct Suspension: Hashable, Sendable {
    /// The module, as child specifications name it.
    public var module: String
    /// How long each of its processes has.
    public var timeout: SuspendTimeout

    /// Creates a suspension.
    public init(_ module: String, timeout: SuspendTimeout = .standard) {
      self.module = module
      self.timeout = timeout
    }
  }

  /// A module whose processes change over to other code.
  public struct Change: Hashable, Sendable {
    /// The module.
    public var module: String
    /// What the callback is given.
    public var extra: Term

    /// Creates a change.
    public init(_ module: String, extra: Term = []) {
      self.module = module
      self.extra = extra
    }
  }

  /// A module that is loaded or removed.
  public struct Loading: Hashable, Sendable {
    /// The module.
    public var module: String
    /// What becomes of code that is older than the code replaced now, before.
    public var prePurge: Purge
    /// What becomes of the code replaced now, afterwards.
    public var postPurge: Purge

    /// Creates a loading.
    public init(_ module: String, prePurge: Purge = .brutal, postPurge: Purge = .brutal) {
      self.module = module
      self.prePurge = prePurge
      self.postPurge = postPurge
    }
  }

  /// The direction of a change of code.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// To a later version.
    case up
    /// Back to an earlier one.
    case down
  }

  /// A call of a function.
  public struct Call: Hashable, Sendable {
    /// The module.
    public var module: String
    /// The function.
    public var function: String
    /// Its arguments.
    public var arguments: [Term]

    /// Creates a call.
    public init(_ module: String, _ function: String, _ arguments: [Term] = []) {
      self.module = module
      self.function = function
      self.arguments = arguments
    }
  }

  /// Reads the code of modules, so that nothing can be missing later.
  case loadObjectCode(application: String, version: String, modules: [String])
  /// What fails before leaves all as it was; what fails after restarts the machine with the old
  /// release.
  case pointOfNoReturn
  /// Makes the code that was read the current one.
  case load(Loading)
  /// Makes the current code old; nobody can enter it any more.
  case remove(Loading)
  /// Kills whoever still runs old code of the modules, and removes that code.
  case purge([String])
  /// Suspends all processes of the modules.
  case suspend([Suspension])
  /// Lets the processes of the modules go on.
  case resume([String])
  /// Has the processes of the modules change over.
  case codeChange(Direction, [Change])
  /// Stops the children that have the modules.
  case stop([String])
  /// Starts them again.
  case start([String])
  /// Waits for other nodes to come to the same point.
  case syncNodes(id: Term, nodes: Term)
  /// Calls a function.
  case apply(Call)
  /// Restarts the emulator with the new release's own applications, and goes on; the first one.
  case restartNewEmulator
  /// Restarts the emulator with the new release; the last one.
  case restartEmulator
}

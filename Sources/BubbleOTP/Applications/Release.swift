public import BubbleEvents
public import BubbleKernel
public import BubbleReleaseFiles

/// A version of a whole system: applications in certain versions, and the ways to it from other
/// releases and back (OTP: a release, with its relup).
public struct Release: Sendable {
  /// A way between this release and another one.
  public struct Path: Sendable {
    /// The other release's version.
    public var version: String
    /// What the answer to a successful installation tells.
    public var description: Term
    /// What is to be done, in order.
    public var instructions: [ReleaseInstruction]

    /// Creates a way.
    public init(_ version: String, description: Term = [], _ instructions: [ReleaseInstruction]) {
      self.version = version
      self.description = description
      self.instructions = instructions
    }
  }

  /// A function that an instruction `apply` calls; the terms are its arguments.
  ///
  /// It runs in the release handler, and must not wait. What it throws fails the instruction.
  public typealias Function = @Sendable ([Term], inout ProcessContext) throws -> Void

  /// What it is called.
  public var name: String
  /// Its version, which tells it from the others of a machine.
  public var version: String
  /// Its applications, with their code.
  public var applications: [ApplicationDefinition]
  /// How applications are started at boot, in the order of the list; nil for not at all.
  ///
  /// One that is not named is permanent when another one needs it.
  public var restarts: [(name: String, restart: ApplicationRestart?)]
  /// From other releases to this one.
  public var up: [Path]
  /// From this release to others.
  public var down: [Path]
  /// Functions that instructions may call, as `module:function`.
  public var functions: [String: Function]

  /// Creates a release whose applications are all started, permanent, in the order of the list.
  public init(
    _ name: String, version: String, applications: [ApplicationDefinition], up: [Path] = [],
    down: [Path] = [], functions: [String: Function] = [:]
  ) {
    self.name = name
    self.version = version
    self.applications = applications
    restarts = applications.map { ($0.resource.name, .permanent) }
    self.up = up
    self.down = down
    self.functions = functions
  }

  func definition(of application: String) -> ApplicationDefinition? {
    applications.first { $0.resource.name == application }
  }

  /// Those that are loaded at boot and not started.
  var loaded: [String] { restarts.compactMap { $0.restart == nil ? $0.name : nil } }

  var boot: [(name: String, restart: ApplicationRestart)] {
    restarts.compactMap { entry in entry.restart.map { (entry.name, $0) } }
  }
}

/// What is asked of a release handler (OTP: the functions of release_handler).
public enum ReleaseRequest: Hashable, Sendable {
  /// Changes the machine over to the release of that version, step by step.
  case install(String)
  /// Says whether there is a way to the release, and its code; changes nothing.
  case check(String)
  /// Has a restart of the machine start with the release of that version, which has to be current.
  case makePermanent(String)
  /// Makes a release that ran before permanent again, and restarts the machine with it.
  case rebootOldRelease(String)
  /// Forgets a release that is neither current nor permanent.
  case remove(String)
  /// All releases, latest first.
  case whichReleases
}

/// What a release handler answers.
public enum ReleaseReply: Hashable, Sendable {
  /// Done.
  case ok
  /// Installed: the version before, and what the way says of itself.
  case installed(from: String, description: Term)
  /// Not done, for that reason: OTP's, as a term.
  case error(Term)
  /// The releases.
  case releases([ReleaseEntry])
}

/// A release in a list.
public struct ReleaseEntry: Hashable, Sendable {
  /// How a release stands.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It is there, and never ran.
    case unpacked
    /// It runs; a restart would go back to the permanent one.
    case current
    /// A restart starts with it.
    case permanent
    /// It ran before.
    case old
  }

  /// Its name.
  public var name: String
  /// Its version.
  public var version: String
  /// How it stands.
  public var status: Status

  /// Creates an entry.
  public init(name: String, version: String, status: Status) {
    self.name = name
    self.version = version
    self.status = status
  }
}

public import BubbleEvents
public import BubbleKernel
public import BubbleReleaseFiles

/// What starts and stops a component as a unit: its callbacks (OTP: the behaviour application).
///
/// The callbacks run in the application's master. Throwing from `start` or `startPhase` fails the
/// start; throwing from the others is passed over, as OTP does.
///
/// ```swift
/// struct ShopApplication: Application {
///   func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
///     .supervisor(shop.start)
///   }
/// }
/// ```
public protocol Application: Sendable {
  /// Says what to start; `arguments` are those of the description's `mod` (OTP: start/2).
  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart
  /// The same with the reason to start; by default that does not matter.
  func start(
    _ type: ApplicationStartType, _ arguments: Term, _ context: inout ProcessContext
  ) throws -> ApplicationStart
  /// Runs for each phase of the description, after the top supervisor has started, in their order.
  func startPhase(
    _ phase: String, _ arguments: Term, _ context: inout ProcessContext
  ) throws
  /// The same with the reason to start; by default that does not matter.
  func startPhase(
    _ phase: String, _ type: ApplicationStartType, _ arguments: Term,
    _ context: inout ProcessContext
  ) throws
  /// Runs before the top supervisor is told to stop, or when it has ended; gives the state for
  /// `stop`.
  func prepareStop(_ state: Term, _ context: inout ProcessContext) throws -> Term
  /// Runs when the top supervisor is gone, whatever ended it.
  func stop(_ state: Term, _ context: inout ProcessContext) throws
  /// Runs in the application controller after another release was installed, when that has changed
  /// parameters of this application (OTP: config_change).
  func configurationChanged(
    _ change: ConfigurationChange, _ context: inout ProcessContext
  ) throws
  /// How much of the machine's time a callback takes, before it does what it does; by default none.
  func duration(of callback: ApplicationCallback, _ context: inout ProcessContext) -> Duration
}

/// How the parameters of an application differ after another release was installed.
public struct ConfigurationChange: Hashable, Sendable {
  /// Those with another value, and that.
  public var changed: [String: Term]
  /// Those that were not there before.
  public var new: [String: Term]
  /// Those that are there no more.
  public var removed: [String]

  /// Compares two environments.
  public init(from before: [String: Term], to after: [String: Term]) {
    changed = after.filter { before[$0.key] != nil && before[$0.key] != $0.value }
    new = after.filter { before[$0.key] == nil }
    removed = before.keys.filter { after[$0] == nil }.sorted()
  }

  /// Whether they are equal.
  public var isEmpty: Bool { changed.isEmpty && new.isEmpty && removed.isEmpty }
}

extension Application {
  /// Starts in one way, whatever the reason.
  public func start(
    _ type: ApplicationStartType, _ arguments: Term, _ context: inout ProcessContext
  ) throws -> ApplicationStart {
    try start(arguments, &context)
  }

  /// Does the same in a phase, whatever the reason to start.
  public func startPhase(
    _ phase: String, _ type: ApplicationStartType, _ arguments: Term,
    _ context: inout ProcessContext
  ) throws {
    try startPhase(phase, arguments, &context)
  }

  /// Has nothing to do in any phase.
  public func startPhase(
    _ phase: String, _ arguments: Term, _ context: inout ProcessContext
  ) throws {}

  /// Keeps the state.
  public func prepareStop(_ state: Term, _ context: inout ProcessContext) throws -> Term { state }

  /// Takes no notice.
  public func configurationChanged(
    _ change: ConfigurationChange, _ context: inout ProcessContext
  ) throws {}

  /// Has nothing to clean up.
  public func stop(_ state: Term, _ context: inout ProcessContext) throws {}

  /// Takes no time.
  public func duration(
    of callback: ApplicationCallback, _ context: inout ProcessContext
  ) -> Duration {
    .zero
  }
}

/// A callback of an application that may take time.
public enum ApplicationCallback: Hashable, Sendable {
  /// `start`.
  case start
  /// `startPhase` for the phase of that name.
  case startPhase(String)
  /// `stop`.
  case stop
}

/// What `Application.start` returns.
public enum ApplicationStart: Sendable {
  /// This start function brings the top supervisor into being; `state` goes to `prepareStop`.
  case supervisor(ProcessStart, state: Term = [])
  /// It cannot start, for that reason.
  case failed(Term)
}

/// An application that a machine can load: its description, and its code.
public struct ApplicationDefinition: Sendable {
  /// The description, such as an `.app` file gives.
  public var resource: ApplicationResource
  /// Its callbacks; nil makes it a library unless the description names a start module.
  public var application: (any Application)?
  /// The code of its modules, for processes that are started by a module's name; it is loaded with
  /// the application, unless a version of the module is loaded already.
  public var modules: [ModuleCode]

  /// Creates a definition.
  public init(
    _ resource: ApplicationResource, _ application: (any Application)? = nil,
    modules: [ModuleCode] = []
  ) {
    self.resource = resource
    self.application = application
    self.modules = modules
  }

  /// Creates the definition of an application that starts the supervisor of that module.
  public init(_ resource: ApplicationResource, top: String, modules: [ModuleCode]) {
    self.init(resource, ModuleApplication(top: top), modules: modules)
  }

  /// Creates the definition of an application that only starts `supervisor`.
  public init(_ resource: ApplicationResource, supervisor: Supervisor) {
    self.init(resource, SupervisorApplication(supervisor: supervisor))
  }

  /// Whether starting it starts nothing (OTP: an application without `mod`).
  public var isLibrary: Bool { application == nil && resource.startModule == nil }

  /// The call of its start function, as errors show it.
  func startCall(_ type: Term) -> Term {
    let module = resource.startModule ?? .init(resource.name)
    return .tuple([.atom(module.name), "start", [type, module.arguments]])
  }
}

/// An application that starts the tree of a module, in whatever version that is.
private struct ModuleApplication: Application {
  let top: String

  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    .supervisor(.module(top))
  }
}

/// The simplest application: one that has a tree and nothing more.
private struct SupervisorApplication: Application {
  let supervisor: Supervisor

  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    .supervisor(supervisor.start)
  }
}

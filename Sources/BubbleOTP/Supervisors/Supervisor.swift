public import BubbleEvents
public import BubbleKernel

/// A process that starts, watches, restarts and stops its children (OTP: supervisor).
///
/// This value says what to supervise; `start` brings the process into being. Children start in the
/// order of the list and stop in reverse order.
///
/// ```swift
/// let shop = Supervisor(
///   "shop", flags: SupervisorFlags(strategy: .oneForAll),
///   children: [
///     ChildSpec(id: "db", start: .genServer { Database() }),
///     ChildSpec(id: "cache", start: .genServer { Cache() }, restart: .transient),
///   ])
/// var simulation = Simulation(seed: 1)
/// simulation.start(shop.start)
/// ```
public struct Supervisor: Sendable {
  /// Which siblings share the fate of a dead child.
  public typealias Strategy = SupervisionStrategy
  /// Whether it ends with its significant children.
  public typealias AutoShutdown = BubbleEvents.AutoShutdown

  /// What a supervisor's init function returns.
  public enum Init: Sendable {
    /// It supervises these. With `simpleOneForOne` there is exactly one, the template.
    case supervise(SupervisorFlags, [ChildSpec])
    /// The same from outside Swift's types, to be checked as OTP checks it.
    case unchecked(UncheckedFlags, [UncheckedChildSpec])
    /// It supervises children that each bring their own specification (Elixir: DynamicSupervisor).
    case dynamic(DynamicSupervisor)
    /// It chose not to run.
    case ignore
    /// The function returned something else.
    case invalid(Term)
  }

  /// The callback module as the screen and error terms show it.
  public var module: String
  /// The name it is registered under.
  public var name: String?
  /// Says what to supervise; called at each start and at each code change.
  public var initialize: @Sendable (inout ProcessContext) throws -> Init
  /// What a request starts that names a child by its arguments and brings no specification.
  ///
  /// Nil when there is no such child, or for a supervisor of one template.
  public var offers: (@Sendable ([Term]) -> ChildSpec?)?

  /// Creates a supervisor whose init function decides what to supervise.
  public init(
    _ module: String, name: String? = nil,
    initialize: @escaping @Sendable (inout ProcessContext) throws -> Init
  ) {
    self.module = module
    self.name = name
    self.initialize = initialize
  }

  /// Creates a supervisor of these children.
  public init(
    _ module: String, name: String? = nil, flags: SupervisorFlags = SupervisorFlags(),
    children: [ChildSpec]
  ) {
    self.init(module, name: name) { _ in .supervise(flags, children) }
  }

  /// Starts it linked to the starter (OTP: supervisor:start_link).
  public var start: ProcessStart {
    ProcessStart { [self] context, _ in
      context.startProcess(SupervisorBody(self), name: name)
    }
  }

  /// Checks specifications as a supervisor would, without one (OTP: check_childspecs).
  ///
  /// Without `autoShutdown` only the combinations that are always wrong are found.
  public static func check(
    _ specs: [UncheckedChildSpec], autoShutdown: AutoShutdown? = nil
  ) throws(SpecificationError) {
    _ = try SpecificationError.checked(specs) { spec throws(SpecificationError) in
      try spec.checked(autoShutdown: autoShutdown)
    }
  }
}

extension ChildSpec {
  /// A supervisor as a child.
  public static func supervisor(
    id: Term, _ supervisor: Supervisor, restart: Restart = .permanent, shutdown: Shutdown? = nil,
    isSignificant: Bool = false
  ) -> ChildSpec {
    ChildSpec(
      id: id, start: supervisor.start, restart: restart, shutdown: shutdown, kind: .supervisor,
      isSignificant: isSignificant, modules: .list([.atom(supervisor.module)]))
  }
}

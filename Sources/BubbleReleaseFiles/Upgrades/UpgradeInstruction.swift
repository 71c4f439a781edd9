public import BubbleEvents

/// What an `.appup` file says is to be done to change an application over to another version (OTP:
/// a high-level or low-level instruction of appup(4)).
public enum UpgradeInstruction: Hashable, Sendable {
  /// When the processes of a module change their state, on the way back to an earlier version.
  public enum ModuleType: String, Hashable, Sendable, CaseIterable {
    /// Before the earlier code is loaded: the later code must do it.
    case dynamic
    /// After the earlier code is loaded.
    case `static`
  }

  /// What happens to the state of the processes of a module.
  public enum StateChange: Hashable, Sendable {
    /// Nothing.
    case soft
    /// They change over, and their callback is given that.
    case advanced(Term)
  }

  /// A module whose processes are suspended while its code is changed.
  public struct Update: Hashable, Sendable {
    /// The module.
    public var module: String
    /// When its processes change their state on the way back.
    public var type: ModuleType
    /// How long they have to answer.
    public var timeout: ReleaseInstruction.SuspendTimeout
    /// What happens to their state.
    public var change: StateChange
    /// What becomes of processes that run older code, before.
    public var prePurge: ReleaseInstruction.Purge
    /// What becomes of processes that run the replaced code, afterwards.
    public var postPurge: ReleaseInstruction.Purge
    /// The modules that it depends on (OTP: DepMods).
    public var dependencies: [String]

    /// Creates an update; the defaults are OTP's.
    public init(
      _ module: String, type: ModuleType = .dynamic,
      timeout: ReleaseInstruction.SuspendTimeout = .standard, change: StateChange = .soft,
      prePurge: ReleaseInstruction.Purge = .brutal, postPurge: ReleaseInstruction.Purge = .brutal,
      dependencies: [String] = []
    ) {
      self.module = module
      self.type = type
      self.timeout = timeout
      self.change = change
      self.prePurge = prePurge
      self.postPurge = postPurge
      self.dependencies = dependencies
    }

    /// The update of a supervisor, whose child specifications are read anew.
    public static func supervisor(_ module: String) -> Update {
      Update(module, type: .static, change: .advanced([]))
    }
  }

  /// Replaces a module, with its processes suspended meanwhile.
  case update(Update)
  /// Replaces a module without telling anybody.
  case loadModule(ReleaseInstruction.Loading, dependencies: [String] = [])
  /// Loads a new module.
  case addModule(String, dependencies: [String] = [])
  /// Takes a module away.
  case deleteModule(String, dependencies: [String] = [])
  /// Loads the modules of an application that was not there, and starts it.
  case addApplication(String, ReleaseResource.StartType = .permanent)
  /// Stops an application and takes its modules away.
  case removeApplication(String)
  /// Stops an application, replaces its modules, and starts it.
  case restartApplication(String)
  /// An instruction that is carried out as it stands.
  case low(ReleaseInstruction)

  /// The module of an instruction that is carried out in the order of dependencies.
  var module: String? {
    switch self {
    case .update(let update): update.module
    case .loadModule(let loading, _): loading.module
    case .addModule(let module, _), .deleteModule(let module, _): module
    case .addApplication, .removeApplication, .restartApplication, .low: nil
    }
  }

  /// The modules that its module depends on.
  var dependencies: [String] {
    switch self {
    case .update(let update): update.dependencies
    case .loadModule(_, let dependencies), .addModule(_, let dependencies),
      .deleteModule(_, let dependencies):
      dependencies
    case .addApplication, .removeApplication, .restartApplication, .low: []
    }
  }

  /// The word that it begins with in a file.
  var keyword: String {
    switch self {
    case .update: "update"
    case .loadModule: "load_module"
    case .addModule: "add_module"
    case .deleteModule: "delete_module"
    case .addApplication: "add_application"
    case .removeApplication: "remove_application"
    case .restartApplication: "restart_application"
    case .low(let instruction): instruction.keyword
    }
  }
}

extension ReleaseInstruction {
  /// The word that it begins with in a file.
  var keyword: String {
    switch term {
    case .atom(let word): word
    case .tuple(let parts): parts.first?.description ?? ""
    default: ""
    }
  }
}

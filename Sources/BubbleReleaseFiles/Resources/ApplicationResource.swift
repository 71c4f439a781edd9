public import BubbleEvents

/// What an application is: the contents of its `.app` file (OTP: app(4)).
public struct ApplicationResource: Hashable, Sendable {
  /// A value of its environment.
  public struct Setting: Hashable, Sendable {
    /// The parameter.
    public var name: String
    /// Its value.
    public var value: Term

    /// Creates a setting.
    public init(_ name: String, _ value: Term) {
      self.name = name
      self.value = value
    }
  }

  /// What starts it.
  public struct StartModule: Hashable, Sendable {
    /// The callback module.
    public var name: String
    /// What its start function is given.
    public var arguments: Term

    /// Creates a start module.
    public init(_ name: String, arguments: Term = []) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// A phase of its start.
  public struct StartPhase: Hashable, Sendable {
    /// The phase.
    public var name: String
    /// What the phase function is given.
    public var arguments: Term

    /// Creates a phase.
    public init(_ name: String, arguments: Term = []) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// Its name.
  public var name: String
  /// What it is, in a line.
  public var description = ""
  /// Its version; free text.
  public var version = ""
  /// Its product number; free text.
  public var identifier = ""
  /// The modules that it brings along; no other application of a release may have one of them.
  public var modules: [String] = []
  /// How many processes it may have; nil for no limit.
  ///
  /// OTP ignores it.
  public var processLimit: Int?
  /// How many milliseconds it may run; nil for no limit.
  public var timeLimit: Int?
  /// The names that its processes are registered under.
  public var registered: [String] = []
  /// Applications that it starts within its own tree.
  public var includedApplications: [String] = []
  /// Applications that must run before it starts.
  public var applications: [String] = []
  /// Those of `applications` that may be missing.
  public var optionalApplications: [String] = []
  /// Its parameters, with the values they begin with.
  public var environment: [Setting] = []
  /// What starts it; nil makes it a library.
  public var startModule: StartModule?
  /// The phases of its start; nil without any, which differs from an empty list to who includes it.
  public var startPhases: [StartPhase]?
  /// The versions of others that it needs, such as `kernel-8.0`; a hint only.
  public var runtimeDependencies: [String] = []
  /// Keys that say nothing to OTP, in the order of the file; they are passed over.
  public var unknownKeys: [String] = []

  /// Creates a description; what is not given is set afterwards.
  public init(
    _ name: String, version: String = "", applications: [String] = [],
    startModule: StartModule? = nil
  ) {
    self.name = name
    self.version = version
    self.applications = applications
    self.startModule = startModule
  }
}

// MARK: - Reading

extension ApplicationResource {
  /// Reads an `.app` file: one term `{application, Name, Keys}`.
  ///
  /// The values are checked as systools checks them; `application:load` alone would take any. Of a
  /// key that is there twice the first holds.
  public init(_ file: TermFile) throws(ResourceError) {
    let expected = "{application, Name, Keys}"
    let term = try file.onlyTerm(expected)
    guard let parts = term.tuple, parts.count == 3, parts[0].atom == "application" else {
      throw file.error(
        "found \(term.kindInWords) where \(expected) was expected", at: term.place)
    }
    let reader = ValueReader(file: file)
    self.init(try reader.atom(parts[1], "the name of the application"))
    var seen: Set<String> = []
    for entry in try reader.list(parts[2], "the keys of the application") {
      guard let pair = entry.tuple, pair.count == 2, let key = pair[0].atom else {
        throw file.error(
          "found \(entry.kindInWords) where {Key, Value} was expected", at: entry.place)
      }
      if seen.insert(key).inserted { try read(key, pair[1], reader) }
    }
  }

  private mutating func read(
    _ key: String, _ value: LocatedTerm, _ reader: ValueReader
  ) throws(ResourceError) {
    switch key {
    case "description": description = try reader.string(value, key)
    case "vsn": version = try reader.string(value, key)
    case "id": identifier = try reader.string(value, key)
    case "modules": modules = try reader.atoms(value, key)
    case "maxP": processLimit = try reader.limit(value, key)
    case "maxT": timeLimit = try reader.limit(value, key)
    case "registered": registered = try reader.atoms(value, key)
    case "included_applications": includedApplications = try reader.atoms(value, key)
    case "applications": applications = try reader.atoms(value, key)
    case "optional_applications": optionalApplications = try reader.atoms(value, key)
    case "env": environment = try reader.pairs(value, key).map { Setting($0.0, $0.1) }
    case "mod": startModule = try reader.startModule(value)
    case "start_phases": startPhases = try reader.startPhases(value)
    case "runtime_dependencies":
      runtimeDependencies = try reader.strings(value, key)
    default: unknownKeys.append(key)
    }
  }
}

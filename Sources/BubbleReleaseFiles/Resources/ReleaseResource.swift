public import BubbleEvents
import BubbleText

/// A release: applications that belong together, each in one version (OTP: the `.rel` file,
/// rel(4)).
public struct ReleaseResource: Hashable, Sendable {
  /// What a boot does with an application.
  public enum StartType: String, Hashable, Sendable, CaseIterable {
    /// It is started; whenever it ends by itself, the machine ends.
    case permanent
    /// It is started; the machine ends with it unless it ended `normal`.
    case transient
    /// It is started; when it ends the others go on.
    case temporary
    /// Its description is taken in, and it is not started.
    case load
    /// Its modules are loaded, and that is all.
    case none

    /// What the end of the application does to the machine; nil when it is not started.
    public var restart: ApplicationRestart? {
      switch self {
      case .permanent: .permanent
      case .transient: .transient
      case .temporary: .temporary
      case .load, .none: nil
      }
    }
  }

  /// An application of a release.
  public struct Component: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its version, which must be that of its description.
    public var version: String
    /// What a boot does with it.
    public var type: StartType
    /// Those of its included applications that it starts itself; nil for all that it includes.
    public var includedApplications: [String]?

    /// Creates an application of a release.
    public init(
      _ name: String, _ version: String, type: StartType = .permanent,
      includedApplications: [String]? = nil
    ) {
      self.name = name
      self.version = version
      self.type = type
      self.includedApplications = includedApplications
    }
  }

  /// Its name.
  public var name: String
  /// Its version; free text.
  public var version: String
  /// The version of the runtime system that it is made for (OTP: erts).
  public var runtimeVersion: String
  /// Its applications, in the order of the file.
  public var applications: [Component]

  /// Creates a release.
  public init(
    _ name: String, _ version: String, runtimeVersion: String = "1", applications: [Component]
  ) {
    self.name = name
    self.version = version
    self.runtimeVersion = runtimeVersion
    self.applications = applications
  }
}

// MARK: - Reading

extension ReleaseResource {
  private static let form = "{release, {Name, Vsn}, {erts, Vsn}, Applications}"
  private static let component = "{App, Vsn}, {App, Vsn, Type} or {App, Vsn, Type, Included}"

  /// Reads a `.rel` file: one term `{release, {Name, Vsn}, {erts, Vsn}, Applications}`.
  ///
  /// Whether its applications are there, and go together, `CheckedRelease` says.
  public init(_ file: TermFile) throws(ResourceError) {
    let term = try file.onlyTerm(Self.form)
    guard let parts = term.tuple, parts.count == 4, parts[0].atom == "release",
      let identity = parts[1].tuple, identity.count == 2,
      let runtime = parts[2].tuple, runtime.count == 2, runtime[0].atom == "erts"
    else {
      throw file.error("found \(term.kindInWords) where \(Self.form) was expected", at: term.place)
    }
    let reader = ValueReader(file: file)
    self.init(
      try reader.string(identity[0], "the name of the release"),
      try reader.string(identity[1], "the version of the release"),
      runtimeVersion: try reader.string(runtime[1], "the version of erts"), applications: [])
    for entry in try reader.list(parts[3], "the applications of the release") {
      applications.append(try Self.component(entry, reader))
    }
  }

  private static func component(
    _ entry: LocatedTerm, _ reader: ValueReader
  ) throws(ResourceError) -> Component {
    guard let parts = entry.tuple, (2...4).contains(parts.count), let name = parts[0].atom else {
      throw reader.file.error(
        "found \(entry.kindInWords) where \(component) was expected", at: entry.place)
    }
    var read = Component(name, try reader.string(parts[1], "the version of \(escaped(name))"))
    var rest = parts.dropFirst(2)
    // Of three the third may be either.
    if let type = rest.first, parts.count == 4 || type.list == nil {
      read.type = try reader.word(type, "the type of \(escaped(name))")
      rest.removeFirst()
    }
    if let included = rest.first {
      read.includedApplications = try reader.atoms(
        included, "the included applications of \(escaped(name))")
    }
    return read
  }
}

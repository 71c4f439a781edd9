internal import BubbleText

/// Why a release does not hold together (OTP: an error of systools:make_script).
public enum ReleaseProblem: Error, Hashable, Sendable {
  /// A part of an application, as two of them have it.
  public struct Shared: Hashable, Sendable {
    /// The module, name or application that is there twice.
    public var what: String
    /// The two applications, which may be the same one.
    public var applications: [String]
  }

  /// An application that every release needs is not in it.
  case missingMandatory(String)
  /// An application that every release needs is not `permanent`.
  case notPermanent(String, ReleaseResource.StartType)
  /// An application is listed more than once.
  case listedTwice(String)
  /// Nobody knows an application of the release.
  case unknownApplication(String)
  /// An application is there only in other versions.
  case wrongVersion(String, wanted: String, found: [String])
  /// The release says that an application includes others, and its description does not.
  case notIncluded(by: String, [String])
  /// An application needs or includes one that is not in the release.
  case undefinedApplication(String, neededBy: String)
  /// An application needs one to run before it that it starts itself.
  case neededAndIncluded(String, by: String)
  /// A name is registered twice.
  case duplicateName(Shared)
  /// An application is included twice.
  case duplicateInclusion(Shared)
  /// A module is there twice.
  case duplicateModule(Shared)
  /// Applications need or include each other in a circle; the first is there again at the end.
  case circle([String])
}

extension ReleaseProblem: CustomStringConvertible {
  /// One line, safe for a terminal.
  public var description: String {
    switch self {
    case .missingMandatory(let name):
      "the release lacks application \(quoted(name)), which every release needs"
    case .notPermanent(let name, let type):
      "application \(quoted(name)) must be permanent in a release, not \(type.rawValue)"
    case .listedTwice(let name): "the release lists application \(quoted(name)) twice"
    case .unknownApplication(let name):
      "the release lists application \(quoted(name)), and there is no such application"
    case .wrongVersion(let name, let wanted, let found):
      "the release lists application \(quoted(name)) in version \(quoted(wanted)), "
        + "and there is only " + found.map(quoted).joined(separator: ", ")
    case .notIncluded(let name, let others):
      "the release says that application \(quoted(name)) includes "
        + others.map(quoted).joined(separator: ", ") + ", and its description does not"
    case .undefinedApplication(let name, let needer):
      "application \(quoted(needer)) needs \(quoted(name)), which is not in the release"
    case .neededAndIncluded(let name, let needer):
      "application \(quoted(needer)) needs \(quoted(name)), which it includes"
    case .duplicateName(let shared): "the registered name " + shared.description
    case .duplicateInclusion(let shared): "the included application " + shared.description
    case .duplicateModule(let shared): "module " + shared.description
    case .circle(let names):
      "applications need each other in a circle: " + names.map(escaped).joined(separator: " → ")
    }
  }
}

extension ReleaseProblem.Shared {
  fileprivate var description: String {
    "\(quoted(what)) is there twice: in " + applications.map(quoted).joined(separator: " and in ")
  }
}

/// Everything of one kind that is wrong with a release.
public struct ReleaseProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems, in the order of the release; never empty.
  public var all: [ReleaseProblem]

  /// One line a problem, safe for a terminal.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}

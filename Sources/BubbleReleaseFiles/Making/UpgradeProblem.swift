internal import BubbleText

/// Why no upgrade can be made of instructions (OTP: an error of systools:make_relup).
public enum UpgradeProblem: Error, Hashable, Sendable {
  /// There is more than one point of no return.
  case twoPointsOfNoReturn
  /// An instruction stands before the point of no return that must not.
  case notBeforePointOfNoReturn(String)
  /// A module is loaded whose code nobody read before.
  case noObjectCode(String)
  /// Modules are suspended and not resumed.
  case suspendedNotResumed([String])
  /// Modules are resumed and were not suspended.
  case resumedNotSuspended([String])
  /// Modules are started and were not stopped.
  case startedNotStopped([String])
  /// Modules are stopped and not started.
  case stoppedNotStarted([String])
  /// An application is in neither of the releases where the instruction needs it.
  case noSuchApplication(String)
  /// An application is removed that the new release has.
  case removedApplicationPresent(String)
  /// Two instructions are about one module.
  case duplicateModule(String)
  /// A module depends on one that no instruction is about.
  case undefinedDependency(String, of: String)
  /// No application of the release has a module.
  case noSuchModule(String)
  /// The code of an application is wanted in two versions.
  case conflictingVersions(application: String, String, String)
  /// The release lacks the application that upgrades it.
  case noUpgrader(String, release: String)
  /// There is no `.appup` for an application that changes.
  case noApplicationUpgrade(application: String, version: String)
  /// The `.appup` of an application says nothing of the other version.
  case noScript(application: String, other: String)
}

extension UpgradeProblem: CustomStringConvertible {
  /// One line, safe for a terminal.
  public var description: String {
    switch self {
    case .twoPointsOfNoReturn: "there is more than one point_of_no_return"
    case .notBeforePointOfNoReturn(let word):
      "\(escaped(word)) cannot come before point_of_no_return; only load_object_code and apply can"
    case .noObjectCode(let module):
      "module \(quoted(module)) is loaded without a load_object_code before"
    case .suspendedNotResumed(let modules): list(modules) + " suspended and not resumed"
    case .resumedNotSuspended(let modules): list(modules) + " resumed and not suspended"
    case .startedNotStopped(let modules): list(modules) + " started and not stopped"
    case .stoppedNotStarted(let modules): list(modules) + " stopped and not started"
    case .noSuchApplication(let name): "there is no application \(quoted(name)) in the release"
    case .removedApplicationPresent(let name):
      "application \(quoted(name)) is removed, and the release has it"
    case .duplicateModule(let module):
      "two instructions are about module \(quoted(module)); there can be one"
    case .undefinedDependency(let module, let dependent):
      "module \(quoted(dependent)) depends on \(quoted(module)), which no instruction is about"
    case .noSuchModule(let module):
      "no application of the release has module \(quoted(module))"
    case .conflictingVersions(let application, let one, let other):
      "application \(quoted(application)) is wanted in two versions, \(quoted(one)) and "
        + quoted(other)
    case .noUpgrader(let name, let release):
      "release \(quoted(release)) lacks application \(quoted(name)), so it cannot be upgraded"
    case .noApplicationUpgrade(let application, let version):
      "application \(quoted(application)) changes, and there is no .appup for its version "
        + quoted(version)
    case .noScript(let application, let other):
      "the .appup of application \(quoted(application)) says nothing about version "
        + quoted(other)
    }
  }

  private func list(_ modules: [String]) -> String {
    (modules.count == 1 ? "module " : "modules ")
      + modules.map(quoted).joined(separator: ", ") + (modules.count == 1 ? " is" : " are")
  }
}

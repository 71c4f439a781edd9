public import BubbleEvents

/// What is asked of an application controller (OTP: the functions of the module application).
public enum ApplicationRequest: Hashable, Sendable {
  /// Takes in the description of an application, and of those it includes.
  case load(String)
  /// Forgets a description and its parameters.
  case unload(String)
  /// Starts an application whose needs all run.
  case start(String, ApplicationRestart = .temporary)
  /// Starts an application and, before it, whatever it needs.
  case ensureAllStarted(String, ApplicationRestart = .temporary)
  /// Stops an application; those that need it go on.
  case stop(String)
  /// Moves an application of several nodes here from the one that it runs on (OTP: takeover).
  case takeOver(String, ApplicationRestart = .temporary)
  /// Says whether an application of several nodes may run here; if not it moves (OTP: permit).
  case permit(String, Bool)
  /// The name of the node that an application runs on.
  case runningNode(String)
  /// Who runs, last started first.
  case whichApplications
  /// Who is loaded, last loaded first.
  case loadedApplications
  /// The masters of those that run, last started first.
  case masters
  /// Takes the descriptions of that release for those that are loaded; who runs, runs on.
  case changeToRelease(String)
  /// Tells those that run how the release that was just installed changed their parameters.
  case tellConfigurationChange
  /// The value of a parameter.
  case environment(String, key: String)
  /// Gives a parameter another value, which stays until the application is unloaded.
  case setEnvironment(String, key: String, Term)
  /// Forgets a parameter.
  case unsetEnvironment(String, key: String)
}

/// What an application controller answers.
public enum ApplicationReply: Hashable, Sendable {
  /// It is done.
  case ok
  /// It is not, for that reason: OTP's, as a term.
  case error(Term)
  /// These were started, in start order.
  case started([String])
  /// These are there.
  case applications([ApplicationEntry])
  /// These are their masters.
  case masters([PID])
  /// The value of a parameter; nil is OTP's `undefined`.
  case value(Term?)
}

/// An application in a list.
public struct ApplicationEntry: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// What it is.
  public var description: String
  /// Its version.
  public var version: String

  /// Creates an entry.
  public init(name: String, description: String, version: String) {
    self.name = name
    self.description = description
    self.version = version
  }
}

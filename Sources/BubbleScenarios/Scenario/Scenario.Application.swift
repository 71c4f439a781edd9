package import BubbleEvents
package import BubbleReleaseFiles

extension Scenario {
  /// A component of the machine that is started and stopped as a unit.
  package struct Application: Hashable, Sendable {
    /// What becomes of it when the machine boots (OTP: the type in a `.rel` file).
    package enum Boot: Hashable, Sendable {
      /// It starts; the restart type says what its end does to the machine.
      case start(ApplicationRestart)
      /// It is loaded and does not start.
      case load
      /// Nothing; it can be started later.
      case none
      /// It is loaded, and whoever includes it starts its tree.
      case included
    }

    /// Its description, from the scenario or from an `.app` file.
    package var resource: ApplicationResource
    /// Whether an `.app` file names its modules; else they are those of its tree and those that
    /// are code only.
    package var namesModules = false
    package var boot: Boot
    /// How its start callback goes.
    package var start = Worker.Start()
    /// How those of its phases go of which there is something to say.
    package var phases: [String: Worker.Start] = [:]
    /// How long its stop callback takes.
    package var stop = Span.zero
    /// Its top supervisor; nil makes it a library, or included.
    package var tree: Child?

    package var name: String { resource.name }
  }
}

extension Scenario {
  /// The applications, in the order of the file; empty when the scenario is a tree.
  package var applications: [Application] { root.applications }
}

extension Scenario.Child {
  /// The applications, if it starts some.
  package var applications: [Scenario.Application] {
    guard case .applications(let applications) = content else { return [] }
    return applications
  }
}

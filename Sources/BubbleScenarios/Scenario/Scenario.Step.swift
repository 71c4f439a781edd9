package import BubbleEvents

extension Scenario {
  /// Something that happens at a given instant, whatever the tree does meanwhile.
  package struct Step: Hashable, Sendable {
    /// What is done to a process, found by its place in the tree when the time comes.
    package enum Action: Hashable, Sendable {
      case kill(Path)
      case exit(Path, ExitReason)
      case suspend(Path)
      case resume(Path)
      case send(Path, Term)
      /// A part of the state gets another value.
      case set(Path, field: String, Term)
      case restart(Path)
      case terminate(Path)
      case delete(Path)
      case start(Path)
      case change(Path, FlagChange)
      case startApplication(String, ApplicationEvent.Restart)
      case stopApplication(String)
      case changeRelease(ControlRequest.ReleaseRequest, String)
    }

    /// The flags of a supervisor that get another value; the others stay as they are.
    package struct FlagChange: Hashable, Sendable {
      package var strategy: SupervisionStrategy?
      package var intensity: RestartIntensity?
      package var autoShutdown: AutoShutdown?
    }

    package var instant: RuntimeInstant
    package var action: Action?
    /// A sentence for whoever watches.
    package var caption: String?

    package init(instant: RuntimeInstant, action: Action? = nil, caption: String? = nil) {
      self.instant = instant
      self.action = action
      self.caption = caption
    }
  }
}

package import BubbleEvents

extension Scenario {
  /// One child specification and what it starts.
  package struct Child: Hashable, Sendable {
    /// What a child specification starts.
    package indirect enum Content: Hashable, Sendable {
      /// A process that behaves as told.
      case worker(Worker)
      /// A supervisor with children listed in the file.
      case supervisor(SupervisorFlags, [Child])
      /// A supervisor of children that are all like `template`, of which `count` are started.
      case dynamic(SupervisorFlags, template: Child, count: Int)
    }

    package var id: String
    package var restart: ChildRestart
    package var shutdown: ChildShutdown
    package var kind: ChildKind
    package var isSignificant: Bool
    /// The name its process registers, so that others can reach it.
    package var registeredName: String?
    package var content: Content
  }
}

extension Scenario.Child {
  /// Its place under a supervisor with listed children.
  package var childID: ChildID { .named(.atom(id)) }

  /// The processes it stands for, itself included; saturates instead of overflowing.
  package var processCount: Int {
    switch content {
    case .worker:
      return 1
    case .supervisor(_, let children):
      return children.reduce(1) { sum, child in
        let (next, overflow) = sum.addingReportingOverflow(child.processCount)
        return overflow ? .max : next
      }
    case .dynamic(_, let template, let count):
      let (children, overflow) = template.processCount.multipliedReportingOverflow(by: count)
      return overflow || children == .max ? .max : children + 1
    }
  }
}

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
      /// A supervisor whose children follow from what it is.
      case special(SupervisorFlags, Special)
      /// The process that starts and stops applications; only the root is that, or that of a node.
      case applications([Application])
      /// Nobody, since the nodes of a cluster have no process in common; only the root is that.
      case nodes([ClusterNode])
    }

    package var id: String
    /// The module that it is a process of; several workers may have the same.
    package var module: String
    package var restart: ChildRestart
    package var shutdown: ChildShutdown
    package var kind: ChildKind
    package var isSignificant: Bool
    /// The name its process registers, so that others can reach it.
    package var registeredName: String?
    package var content: Content
    /// Children that are not there at the start, and may be asked for while it runs.
    package var offers: [Child] = []
  }
}

extension Scenario.Child {
  /// Whom the root stands for when the machine is one of applications.
  package static let controllerID = "application_controller"

  /// Its place under a supervisor with listed children.
  package var childID: ChildID { .named(.atom(id)) }

  /// Its place as a partition of that number.
  package static func partition(_ number: Int) -> ChildID { .named(.integer(number)) }

  /// The processes it stands for, itself included; saturates instead of overflowing.
  package var processCount: Int {
    switch content {
    case .worker:
      return 1
    case .supervisor(_, let children):
      return Self.sum(children.map(\.processCount))
    case .applications(let applications):
      return Self.sum(applications.compactMap(\.tree).map { Self.sum([$0.processCount]) })
    case .dynamic(_, let template, let count):
      let (children, overflow) = template.processCount.multipliedReportingOverflow(by: count)
      return overflow || children == .max ? .max : children + 1
    case .special(_, let special):
      return special.processCount
    case .nodes(let nodes):
      return Self.sum(nodes.map(\.root.processCount))
    }
  }

  /// One more than all of them together.
  static func sum(_ counts: [Int]) -> Int {
    counts.reduce(1) { sum, count in
      let (next, overflow) = sum.addingReportingOverflow(count)
      return overflow ? .max : next
    }
  }

  /// Changes every child right below it: the children of a supervisor, those that it may be asked
  /// for, its template, the top supervisors of applications, the roots of nodes.
  mutating func eachChild<Failure: Error>(
    _ change: (inout Scenario.Child) throws(Failure) -> Void
  ) throws(Failure) {
    for index in offers.indices { try change(&offers[index]) }
    switch content {
    case .worker: break
    case .supervisor(let flags, var children):
      for index in children.indices { try change(&children[index]) }
      content = .supervisor(flags, children)
    case .dynamic(let flags, var template, let count):
      try change(&template)
      content = .dynamic(flags, template: template, count: count)
    case .special(let flags, .partitions(var template, let count)):
      try change(&template)
      content = .special(flags, .partitions(template: template, count: count))
    case .special(let flags, .limited(var template, let count, let most)):
      try change(&template)
      content = .special(flags, .limited(template: template, count: count, most: most))
    case .special(let flags, .own(var children, let most)):
      for index in children.indices { try change(&children[index]) }
      content = .special(flags, .own(children, most: most))
    case .special: break
    case .applications(var applications):
      for index in applications.indices {
        guard var tree = applications[index].tree else { continue }
        try change(&tree)
        applications[index].tree = tree
      }
      content = .applications(applications)
    case .nodes(var nodes):
      for index in nodes.indices { try change(&nodes[index].root) }
      content = .nodes(nodes)
    }
  }

  /// What it is when its strategy follows from that; nil when it can have another.
  var kindOfFixedStrategy: String? {
    switch content {
    case .dynamic, .special(_, .own), .special(_, .limited): "simple_one_for_one"
    case .special(_, .registry): "a registry"
    case .special(_, .tasks): "a supervisor of tasks"
    case .special(_, .partitions), .worker, .supervisor, .applications, .nodes: nil
    }
  }

  /// The flags of a supervisor; nil for anything else.
  var flags: SupervisorFlags? {
    get {
      switch content {
      case .supervisor(let flags, _), .dynamic(let flags, _, _), .special(let flags, _): flags
      case .worker, .applications, .nodes: nil
      }
    }
    set {
      guard let newValue else { return }
      switch content {
      case .supervisor(_, let children): content = .supervisor(newValue, children)
      case .dynamic(_, let template, let count):
        content = .dynamic(newValue, template: template, count: count)
      case .special(_, let special): content = .special(newValue, special)
      case .worker, .applications, .nodes: break
      }
    }
  }
}

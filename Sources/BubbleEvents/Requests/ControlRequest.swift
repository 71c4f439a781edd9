/// What the outside asks of a machine; the other direction of the wall.
///
/// Requests are applied between turns and recorded in the stream as `Event.Kind.requested`, so a
/// recording can be run again. They are grouped by whom they are made to, as the events are by what
/// they are about.
public enum ControlRequest: Hashable, Sendable {
  /// Asks a process.
  case process(PID, ProcessRequest)
  /// Asks a supervisor about one of its children.
  case child(of: PID, ChildID, ChildRequest)
  /// Asks a supervisor.
  case supervisor(PID, SupervisorRequest)
  /// Asks the application controller about the application of that name. What cannot be is told as
  /// `ApplicationEvent.Change.refused`.
  case application(controller: PID, String, ApplicationRequest)
  /// Asks the release handler about the release of `version`. What cannot be is told as
  /// `ReleaseEvent.Change.refused`.
  case release(handler: PID, ReleaseRequest, version: String)
  /// Asks a node of a cluster.
  case node(NodeID, NodeRequest)
  /// Asks the network between the nodes of a cluster.
  case network(NetworkRequest)
}

extension ControlRequest {
  /// The request's name in files.
  public var name: String {
    switch self {
    case .process(_, let request): request.name
    case .child(_, _, let request): request.name
    case .supervisor(_, let request): request.name
    case .application(_, _, let request): request.name
    case .release: "change_release"
    case .node(_, let request): request.rawValue
    case .network(let request): request.name
    }
  }

  /// The process that is asked; a node is stood for by its own PID, and the network by that of the
  /// first node that is named.
  public var pid: PID {
    switch self {
    case .process(let pid, _), .child(let pid, _, _), .supervisor(let pid, _),
      .application(let pid, _, _), .release(let pid, _, _):
      pid
    case .node(let node, _): node.pid
    case .network(let request): (request.sides.joined().first ?? .nonode).pid
    }
  }

  /// What it is about: the process that is asked, or the child where one is named.
  public var subject: EventSubject {
    switch self {
    case .process(let pid, _), .supervisor(let pid, _), .release(let pid, _, _): .process(pid)
    case .node, .network: .process(pid)
    case .child(let supervisor, let id, _): .child(of: supervisor, id)
    case .application(let controller, let name, _): .child(of: controller, .named(.atom(name)))
    }
  }
}

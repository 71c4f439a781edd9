/// A sentence about the past: what happened, when, and because of which earlier event.
///
/// Events are numbered from 1 in the order in which they happened, without gaps. Equal instants are
/// common: a whole restart happens within one instant of virtual time.
public struct Event: Hashable, Sendable {
  /// The number of an event in its stream, from 1.
  public typealias ID = UInt64

  /// Its number.
  public var id: ID
  /// When it happened.
  public var instant: RuntimeInstant
  /// The earlier event that brought it about; nil for a beginning.
  public var cause: ID?
  /// What happened.
  public var kind: Kind

  /// Creates an event.
  public init(id: ID, instant: RuntimeInstant, cause: ID?, kind: Kind) {
    self.id = id
    self.instant = instant
    self.cause = cause
    self.kind = kind
  }
}

extension Event {
  /// Everything that can happen, in the past tense, in groups: those who do not care about the
  /// members of a group switch over the group.
  public enum Kind: Hashable, Sendable {
    /// The outside asked for something. Posted before anything the request brings about; its cause
    /// is nil. Everything that follows from it leads back here.
    case requested(ControlRequest, by: Asker = .someone)
    /// What was asked for cannot be done, for that reason: `by` was asked, or would have been. Its
    /// cause is the `requested`; nothing else follows from that.
    case requestRefused(by: PID, reason: Term)
    /// Something happened to a process.
    case process(PID, ProcessEvent)
    /// Something happened between two processes.
    case signal(SignalEvent)
    /// A supervisor says something about itself.
    case supervisor(PID, SupervisorEvent)
    /// Something happened to a child of a supervisor.
    case child(of: PID, ChildID, ChildEvent)
    /// An application was loaded, started or stopped.
    case application(ApplicationEvent)
    /// The release that the machine runs is started, changed, or could not be.
    case release(ReleaseEvent)
    /// Something happened to a node of a cluster, or to what its nodes agree on.
    case node(NodeID, NodeEvent)
    /// A report as OTP's logger would get it.
    case reported(Report)
    /// A message or a call, when messages are subscribed to.
    case message(MessageEvent)
    /// A limit of the machine was reached, said in words.
    case limitReached(pid: PID?, limit: String)
  }
}

extension Event.Kind {
  /// The kind's name in files.
  public var name: String {
    switch self {
    case .requested: "requested"
    case .requestRefused: "request_refused"
    case .process(_, let event): event.name
    case .signal(let event): event.name
    case .supervisor(_, let event): event.name
    case .child(_, _, let event): event.name
    case .application: "application"
    case .release: "release"
    case .node(_, let event): event.name
    case .reported: "reported"
    case .message(let event): event.name
    case .limitReached: "limit_reached"
    }
  }

  /// The process or the child that it is about; nil for one about the machine.
  ///
  /// A node is stood for by its own PID, see `NodeID.pid`.
  public var subject: EventSubject? {
    switch self {
    case .requested(let request, _): request.subject
    case .requestRefused(let pid, _): .process(pid)
    case .process(let pid, _): .process(pid)
    case .signal(let event): .process(event.pid)
    case .supervisor(let supervisor, let event):
      event.child.map { .child(of: supervisor, $0) } ?? .process(supervisor)
    case .child(let supervisor, let id, let event):
      event.pid.map(EventSubject.process) ?? .child(of: supervisor, id)
    case .application(let event): event.master.map(EventSubject.process)
    case .release(let event): .process(event.handler)
    case .node(let node, let event): .process(event.pid ?? node.pid)
    case .reported(let report): report.subject
    case .message(let event): .process(event.pid)
    case .limitReached(let pid, _): pid.map(EventSubject.process)
    }
  }
}

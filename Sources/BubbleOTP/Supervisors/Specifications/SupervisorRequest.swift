public import BubbleEvents

/// What a supervisor can be asked for; send it as a call, the answer is a `SupervisorReply`.
///
/// Calls wait without limit and are served one after the other, between exits (OTP: S92).
public enum SupervisorRequest: Sendable {
  /// Adds a child at the end of the start order and starts it.
  case startChild(ChildSpec)
  /// The same with a specification that is checked first.
  case startUnchecked(UncheckedChildSpec)
  /// Starts one more child of the template, with extra arguments.
  case startDynamic([Term])
  /// Stops a child without restarting it: by id, or by pid (`Term.pid`) for a dynamic child.
  case terminateChild(Term)
  /// Starts a stopped child again.
  case restartChild(Term)
  /// Forgets a stopped child.
  case deleteChild(Term)
  /// The specification of a child: by id, or by pid for a dynamic child.
  case getChildSpec(Term)
  /// One child as `whichChildren` shows it: by id, or by pid for a dynamic child (OTP 28).
  case whichChild(Term)
  /// All children, last started first; dynamic ones in the order of their pids.
  case whichChildren
  /// How many children there are.
  case countChildren
}

/// A supervisor's answer.
public enum SupervisorReply: Sendable {
  /// Done.
  case ok
  /// A child was started; nil when its start was ignored.
  case child(PID?, info: Term?)
  /// One child.
  case entry(ChildEntry)
  /// The children.
  case children([ChildEntry])
  /// Their numbers.
  case counts(ChildCounts)
  /// A specification.
  case spec(ChildSpec)
  /// Refused or failed.
  case failure(SupervisorError)
}

/// One child as which_children shows it.
public struct ChildEntry: Hashable, Sendable {
  /// What runs in its place.
  public enum State: Hashable, Sendable {
    /// Nothing.
    case undefined
    /// Its restart failed and will be tried again.
    case restarting
    /// A process; dead if it had unlinked itself before it ended.
    case pid(PID)
  }

  /// Its id; nil for dynamic children.
  public var id: Term?
  /// What runs in its place.
  public var child: State
  /// Worker or supervisor, as specified.
  public var kind: ChildKind
  /// Its modules.
  public var modules: ChildSpec.Modules

  /// Creates an entry.
  public init(id: Term?, child: State, kind: ChildKind, modules: ChildSpec.Modules) {
    self.id = id
    self.child = child
    self.kind = kind
    self.modules = modules
  }
}

/// What count_children counts.
public struct ChildCounts: Hashable, Sendable {
  /// Specifications; 1 for a template, or the number of children that bring their own.
  public var specs: Int
  /// Children with a living process.
  public var active: Int
  /// Children specified as supervisors, alive or not.
  public var supervisors: Int
  /// Children specified as workers, alive or not.
  public var workers: Int

  /// Creates counts.
  public init(specs: Int, active: Int, supervisors: Int, workers: Int) {
    self.specs = specs
    self.active = active
    self.supervisors = supervisors
    self.workers = workers
  }
}

/// Why a supervisor does not do what it was asked for.
public enum SupervisorError: Error, Hashable, Sendable {
  /// It has no such child.
  case notFound
  /// The child runs.
  case running
  /// The child waits for the next attempt to restart it.
  case restarting
  /// The id is known, without a process.
  case alreadyPresent
  /// The id is known, and this is its process.
  case alreadyStarted(PID)
  /// A supervisor of a template does not do that.
  case simpleOneForOne
  /// The start function failed.
  case startFailed(Term)
  /// The start function failed, and the specification is not kept.
  case startFailedWithSpec(Term)
  /// There are as many children as there may be.
  case maximumChildren
  /// The specification is wrong.
  case badSpec(Term)

  /// OTP's error as a term, without the `error` around it.
  public var term: Term {
    switch self {
    case .notFound: "not_found"
    case .running: "running"
    case .restarting: "restarting"
    case .alreadyPresent: "already_present"
    case .alreadyStarted(let pid): .tuple(["already_started", .pid(pid)])
    case .simpleOneForOne: "simple_one_for_one"
    case .startFailed(let reason): reason
    case .startFailedWithSpec(let reason): .tuple([reason, "CHILDSPEC"])
    case .maximumChildren: "max_children"
    case .badSpec(let error): error
    }
  }
}

extension SupervisorRequest: TermConvertible {
  /// What OTP sends to the supervisor.
  public var term: Term {
    switch self {
    case .startChild(let spec): .tuple(["start_child", spec.term])
    case .startUnchecked(let spec): .tuple(["start_child", spec.id ?? spec.raw ?? "undefined"])
    case .startDynamic(let arguments): .tuple(["start_child", .list(arguments)])
    case .terminateChild(let id): .tuple(["terminate_child", id])
    case .restartChild(let id): .tuple(["restart_child", id])
    case .deleteChild(let id): .tuple(["delete_child", id])
    case .getChildSpec(let id): .tuple(["get_childspec", id])
    case .whichChild(let id): .tuple(["which_child", id])
    case .whichChildren: "which_children"
    case .countChildren: "count_children"
    }
  }
}

extension SupervisorReply: TermConvertible {
  /// What OTP's supervisor answers.
  public var term: Term {
    switch self {
    case .ok: "ok"
    case .child(let pid, nil): .tuple(["ok", pid.map(Term.pid) ?? "undefined"])
    case .child(let pid, let info?): .tuple(["ok", pid.map(Term.pid) ?? "undefined", info])
    case .entry(let entry): .tuple(["ok", entry.term])
    case .children(let entries): .list(entries.map(\.term))
    case .counts(let counts):
      .list([
        .tuple(["specs", .integer(counts.specs)]), .tuple(["active", .integer(counts.active)]),
        .tuple(["supervisors", .integer(counts.supervisors)]),
        .tuple(["workers", .integer(counts.workers)]),
      ])
    case .spec(let spec): .tuple(["ok", spec.term])
    case .failure(let error): .tuple(["error", error.term])
    }
  }
}

extension ChildEntry: TermConvertible {
  /// `{Id,Child,Type,Modules}`.
  public var term: Term {
    let process: Term =
      switch child {
      case .undefined: "undefined"
      case .restarting: "restarting"
      case .pid(let pid): .pid(pid)
      }
    return .tuple([id ?? "undefined", process, .atom(kind.rawValue), modules.term])
  }
}

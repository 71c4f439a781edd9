public import BubbleEvents
public import BubbleKernel

/// The groups of a scope as one node knows them, for every process of it to read.
struct ProcessGroupTable: SharedTable {
  /// A group that has members.
  struct Group: Sendable {
    /// The newest first; a process that has joined several times is there as often.
    var members: [PID] = []
  }

  var groups: [Term: Group] = [:]

  /// The groups in the order of their texts.
  var names: [Term] { groups.keys.sorted { $0.description < $1.description } }

  /// Puts processes in front, in their order.
  mutating func join(_ name: Term, _ pids: [PID]) {
    groups[name, default: Group()].members.insert(contentsOf: pids, at: 0)
  }

  /// Takes each process out once; a group without members is gone.
  mutating func leave(_ name: Term, _ pids: [PID]) {
    for pid in pids {
      guard let index = groups[name]?.members.firstIndex(of: pid) else { continue }
      groups[name]?.members.remove(at: index)
    }
    if groups[name]?.members.isEmpty == true { groups[name] = nil }
  }

  func describeState() -> [ProcessInspection.Field] {
    names.map { name in
      let members = groups[name]?.members.map(\.description) ?? []
      return ProcessInspection.Field(
        name: name.description, value: "[" + members.joined(separator: ",") + "]")
    }
  }
}

/// The plain message that somebody has joined or left a group, to whoever monitors it (OTP:
/// `{Ref,join,Group,Pids}`).
public struct ProcessGroupChange: Hashable, Sendable, TermConvertible {
  /// The mark that monitoring came to.
  public var mark: Reference
  /// Whether they have joined, and not left.
  public var isJoin: Bool
  /// The group.
  public var group: Term
  /// Who: of one call, of one death, or of a whole node at once.
  public var pids: [PID]

  /// As OTP sends it.
  public var term: Term {
    .tuple([mark.term, isJoin ? "join" : "leave", group, .list(pids.map(Term.pid))])
  }
}

/// What a group had when its monitoring began, and the mark of the messages about it.
public struct ProcessGroupMonitor: Hashable, Sendable {
  /// The mark of the messages.
  public var mark: Reference
  /// The groups that have members, in the order of their names.
  public var groups: [Term]
  /// The members of each.
  public var members: [[PID]]
}

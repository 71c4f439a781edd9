public import BubbleEvents
import BubbleKernel

/// Decides who keeps a name that both sides of a healed partition have given away (OTP: the
/// resolver of global:register_name).
public enum GlobalResolver: Sendable {
  /// The process on the node of the smaller name keeps it, the other is killed (OTP:
  /// random_exit_name, D104).
  case randomExit
  /// The same winner; the other lives on and is told by a `GlobalNameConflict` (OTP:
  /// random_notify_name, D105).
  case randomNotify
  /// Nobody keeps it, and both are told (OTP: notify_all_name, D106).
  case notifyAll
  /// A function of one's own: it is given the name, the process known to the greater of the two
  /// nodes that connect and that known to the smaller one, and returns the one that keeps the name.
  /// Any other answer removes it; when it throws, the first one keeps it (OTP: D107, D108).
  case custom(@Sendable (_ name: Term, _ greater: PID, _ smaller: PID) throws -> PID?)
}

/// The plain message that a name is lost in a conflict (OTP: `{global_name_conflict,Name}`).
public struct GlobalNameConflict: Hashable, Sendable, TermConvertible {
  /// The name.
  public var name: Term
  /// The other process that had it, where both are told.
  public var other: PID?

  /// As OTP sends it.
  public var term: Term {
    .tuple(["global_name_conflict", name] + (other.map { [.pid($0)] } ?? []))
  }
}

/// The global names as one node knows them, for every process of it to read.
struct GlobalNameTable: SharedTable {
  /// Under which it is found.
  static let name = "global_names"

  var names: [Term: PID] = [:]

  func describeState() -> [ProcessInspection.Field] {
    names.map { ProcessInspection.Field(name: $0.key.description, value: $0.value.description) }
      .sorted { $0.name < $1.name }
  }
}

/// What a node keeps of a name.
struct GlobalEntry: Sendable {
  var pid: PID
  var resolver: GlobalResolver
}

/// What happens to a name, on every node.
enum GlobalChange: Sendable {
  case insert(Term, GlobalEntry)
  case remove(Term)
}

/// A global lock: what is locked, and in whose name (OTP: `{ResourceId,LockRequesterId}`).
public struct GlobalLockID: Hashable, Sendable {
  /// What is locked.
  public var resource: Term
  /// Whoever asks in the same name shares the lock.
  public var requester: Term

  /// Creates an identity.
  public init(resource: Term, requester: Term) {
    self.resource = resource
    self.requester = requester
  }
}

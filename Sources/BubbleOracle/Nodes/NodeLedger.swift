import BubbleEvents
import BubbleKernel
import BubbleOTP
import Synchronization

/// What the processes of a cluster's scenario have seen and done, kept beside the machine.
final class NodeLedger: Sendable {
  /// Something that a process has seen.
  enum Sighting: Sendable {
    case message(from: String, Term)
    case exit(from: PID?, Term)
    case down(Reference, object: Term, Term)
    case status(NodeStatus)
    case conflict(GlobalNameConflict)
    case group(ProcessGroupChange)
    case call(from: String, Term)
    case cast(from: String, Term)
    case terminate(Term)
    case ended(Term)
    case returned(action: Int, Outcome)
    case info(Term)
  }

  /// What an action came to.
  enum Outcome: Sendable {
    case value(Term)
    case raised(kind: String, Term)

    init(_ error: any Error) {
      switch error {
      case let exit as ProcessExit: self = .raised(kind: "exit", exit.reason.term)
      case let raised as RaisedError: self = .raised(kind: "error", raised.term)
      case let thrown as ThrownValue: self = .raised(kind: "throw", thrown.term)
      default: self = .raised(kind: "error", Term(reflecting: error))
      }
    }
  }

  struct State: Sendable {
    var sightings: [(pid: PID, Sighting)] = []
    var outcomes: [(action: Int, outcome: Outcome)] = []
    /// The label of a mark, of the node that has given it out.
    var labels: [NodeID: [Reference: String]] = [:]
    var aliases: [String: Alias] = [:]
  }

  private let state = Mutex(State())

  func with<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
    state.withLock { body(&$0) }
  }

  func note(_ pid: PID, _ sighting: Sighting) {
    with { $0.sightings.append((pid, sighting)) }
  }
}

/// A message of a scenario, with the name of its sender, which texts leave out.
struct NodeMessage: Sendable, TermConvertible {
  var from: String
  var content: Term
  var term: Term { content }
}

/// A request of a scenario.
struct NodeRequest: Sendable, TermConvertible {
  var from: String
  var content: Term
  var term: Term { content }
}

/// An action that a process is to execute.
struct NodeCommand: Sendable {
  /// Whom something goes to.
  enum Target: Sendable {
    case process(ProcessName)
    case alias(Alias)
    case global(Term)
  }

  var number: Int
  var operation: String
  var action: JSONValue
  var target: Target?
  /// Whom the function of a remote call tells something.
  var functionTarget: Target?
  /// The processes that the action names as its `target`; nil for the process itself.
  var targets: [PID]?
  var isList = false

  func term(_ key: String) -> Term {
    action[key].map(NodeScenario.term) ?? "undefined"
  }
}

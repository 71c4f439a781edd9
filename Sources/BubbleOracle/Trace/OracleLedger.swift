import BubbleEvents
import BubbleKernel
import Synchronization

/// What the runner keeps beside the machine: who is who, and how often what was started.
final class OracleLedger: Sendable {
  /// One process of a scenario.
  struct Entry: Sendable {
    var path: String
    var generation: Int
    var isSupervisor: Bool
    var isSimple = false
    /// The process that it was started by.
    var parent: PID
  }

  /// One call of a start function.
  struct Call: Sendable {
    var supervisor: PID
    var path: String
    var generation: Int
  }

  struct State: Sendable {
    var generations: [String: Int] = [:]
    var entries: [PID: Entry] = [:]
    var calls: [Call] = []
    var replaced: [String: JSONValue] = [:]
    /// The template's id, of each supervisor that has one.
    var templates: [PID: String] = [:]
    var rules: [JSONValue?] = []
    var gated: Set<PID> = []
    var newest: [String: PID] = [:]
    var rootResult: StartResult?
    /// What start functions added to their result.
    var infos: [PID: Term] = [:]
  }

  private let state = Mutex(State())

  func with<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
    state.withLock { body(&$0) }
  }
}

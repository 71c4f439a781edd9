import BubbleEvents
import BubbleKernel
import BubbleOTP

/// What a process of a scenario keeps, of whichever kind it is, and how it executes actions.
struct NodeActor: Sendable {
  let name: String
  let ledger: NodeLedger
  /// The marks of monitors, aliases and open requests, by label.
  var labels: [String: Reference] = [:]
  /// What a monitor by name was asked to watch, by mark.
  var objects: [Reference: Term] = [:]
  /// Whom an open request went to, by mark.
  var requests: [Reference: Term] = [:]
  /// Answers to open requests that nobody has fetched yet.
  var answers: [Reference: Message] = [:]

  init(name: String, ledger: NodeLedger) {
    self.name = name
    self.ledger = ledger
  }

  // MARK: - Messages

  /// Keeps a message that is no action.
  mutating func see(_ message: Message, _ context: ProcessContext) {
    switch message {
    case .plain(let payload): note(sighting(of: payload), context)
    case .call(let request, let caller):
      let from = Term.tuple([caller.pid.map(Term.pid) ?? "outside", .opaque("[alias|#ref]")])
      note(.info(.tuple(["$gen_call", from, Term(reflecting: request)])), context)
    case .cast(let request):
      note(.info(.tuple(["$gen_cast", Term(reflecting: request)])), context)
    case .exit(let from, let reason): note(.exit(from: from, reason.term), context)
    case .down(let mark, let pid, let reason):
      guard requests[mark] == nil else {
        answers[mark] = message
        return
      }
      let object = objects[mark] ?? pid.map(Term.pid) ?? "undefined"
      note(.down(mark, object: object, reason.term), context)
    case .reply(let mark, _): if requests[mark] != nil { answers[mark] = message }
    case .timer, .started, .system, .control: break
    }
  }

  private func sighting(of payload: any Sendable) -> NodeLedger.Sighting {
    switch payload {
    case let message as NodeMessage: .message(from: message.from, message.content)
    case let status as NodeStatus: .status(status)
    case let conflict as GlobalNameConflict: .conflict(conflict)
    case let change as ProcessGroupChange: .group(change)
    default: .info(Term(reflecting: payload))
    }
  }

  func note(_ sighting: NodeLedger.Sighting, _ context: ProcessContext) {
    ledger.note(context.pid, sighting)
  }

  /// Keeps what an action came to; one that ends its process at once has come to nothing.
  ///
  /// A process dies of its link with one that could not be spawned after it has got its PID.
  func finish(_ command: NodeCommand, _ outcome: NodeLedger.Outcome, _ context: ProcessContext) {
    guard !context.isEnding || command.operation == "spawn" else { return }
    ledger.with { $0.outcomes.append((command.number, outcome)) }
  }

  /// Gives a mark its label.
  mutating func label(_ label: String?, _ mark: Reference, _ context: ProcessContext) {
    guard let label else { return }
    labels[label] = mark
    let node = context.node
    ledger.with { $0.labels[node, default: [:]][mark] = label }
  }
}

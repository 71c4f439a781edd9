package import BubbleEvents

/// A question with a list of usual answers and room for another one.
package struct Prompt: Hashable, Sendable {
  /// What is asked.
  package enum Kind: Hashable, Sendable {
    /// With which reason `pid` shall exit.
    case reason(PID)
    /// Which strategy `supervisor` shall have.
    case strategy(supervisor: PID, flags: SupervisorFlags)
    /// How many restarts `supervisor` shall tolerate.
    case intensity(supervisor: PID, flags: SupervisorFlags)
    /// Which cable of a node shall be cut, or be whole again.
    case cable(NodeID)
  }

  package var kind: Kind
  /// Who began what is asked; the answer only completes it.
  package var asker: Asker
  package var title: String
  /// The usual answers.
  package var choices: [String]
  /// What is said beside the answers; empty where nothing is.
  package var notes: [String] = []
  package var highlighted: Int
  /// What was typed instead; empty while the list is used.
  package var text = ""
  /// Why the last answer was not taken.
  package var objection: String?

  /// The answer that Enter gives.
  package var answer: String { text.isEmpty ? choices[highlighted] : text }
}

package import BubbleCells

/// What set an action off.
package enum ActionInput: Hashable, Sendable {
  case key(Key)
  /// Its command, with the rest of the line.
  case argument(String)

  /// What was written behind the command; empty for a key.
  package var text: String {
    switch self {
    case .key: ""
    case .argument(let text): text
    }
  }
}

package import BubbleCells
package import BubbleEvents

/// What set an action off.
package enum ActionInput: Hashable, Sendable {
  case key(Key)
  /// Its command, with the rest of the line.
  case command(String, argument: String)

  /// What was written behind the command; empty for a key.
  package var text: String {
    switch self {
    case .key: ""
    case .command(_, let text): text
    }
  }

  /// Who asks for what the action brings about.
  package var asker: Asker {
    switch self {
    case .key(let key): .key(key.shown)
    case .command(let name, _): .command(name)
    }
  }
}

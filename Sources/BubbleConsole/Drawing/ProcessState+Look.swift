package import BubbleCells
package import BubbleTree

extension ProcessState {
  /// The sign that tells the state without colour.
  package var sign: Sign {
    switch self {
    case .running: .running
    case .starting: .starting
    case .stopping: .stopping
    case .stopped: .stopped
    case .crashed: .crashed
    case .restarting: .restarting
    case .gaveUp: .gaveUp
    case .suspended: .suspended
    }
  }

  /// The role of its sign and its word; reversed, the sign of giving up could not be read.
  package var role: Role {
    switch self {
    case .running: .running
    case .starting: .starting
    case .stopping: .stopping
    case .stopped: .stopped
    case .crashed: .crashed
    case .restarting: .restarting
    case .gaveUp: .crashed
    case .suspended: .suspended
    }
  }

  /// The order of the counts in the header.
  package static let inHeader: [ProcessState] = [
    .running, .restarting, .starting, .stopping, .stopped, .crashed, .suspended, .gaveUp,
  ]
}

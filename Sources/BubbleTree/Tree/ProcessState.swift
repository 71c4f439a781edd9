/// What can be seen of a place.
package enum ProcessState: UInt8, Hashable, Sendable, CaseIterable {
  /// Its start function runs.
  case starting
  /// A process lives in it.
  case running
  /// It was told to end.
  case stopping
  /// Nobody lives in it: it ended in order, or has not been started.
  case stopped
  /// Nobody lives in it: its process failed or was killed.
  case crashed
  /// A supervisor that carries out a restart.
  case restarting
  /// A supervisor that exceeded its intensity.
  case gaveUp
  /// It handles system messages only.
  case suspended

  /// Whether a process lives in the place.
  package var isAlive: Bool {
    switch self {
    case .running, .stopping, .restarting, .suspended: true
    case .starting, .stopped, .crashed, .gaveUp: false
    }
  }

  /// The state in words.
  package var word: String {
    switch self {
    case .running: "running"
    case .starting: "starting"
    case .stopping: "stopping"
    case .stopped: "stopped"
    case .crashed: "crashed"
    case .restarting: "restarting its children"
    case .gaveUp: "gave up"
    case .suspended: "suspended"
    }
  }
}

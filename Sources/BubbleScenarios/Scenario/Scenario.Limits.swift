extension Scenario {
  /// What a scenario file may hold at most.
  package enum Limits {
    /// Bytes of a file.
    package static let fileSize = 4 << 20
    /// Values in a file, those repeated through aliases counted each time.
    package static let values = 1_000_000
    /// Uses of an alias in a file; more could unfold without end.
    package static let aliases = 16
    /// Lists and mappings inside each other.
    package static let nesting = 1000
    /// Supervisors below each other.
    package static let depth = 256
    /// Processes at the start.
    package static let processes = 1_000_000
    /// Bytes that each character of a name or text may have on the average: one character can be
    /// any number of combining marks.
    package static let bytesOfCharacter = 4
    /// Processes that live while workers start further ones.
    package static let population = 200_000
    /// Characters of a name.
    package static let nameLength = 200
    /// Characters of a description or caption.
    package static let textLength = 2000
    /// Parts of a worker's state.
    package static let stateFields = 20
    /// Nodes of a cluster.
    package static let nodes = 20
    /// Groups that a worker joins.
    package static let groups = 20
    /// Messages that a worker remembers.
    package static let remembered = 20
    /// Applications of a machine.
    package static let applications = 200
    /// States of a state machine.
    package static let states = 100
    /// Partitions of a supervisor or a registry.
    package static let partitions = 1000
    /// Cues of a script, or faults.
    package static let cues = 10_000
    /// What a count of messages or events can be set to: far from what counting on from it could
    /// overflow.
    package static let counts = 0...1_000_000_000_000_000
    /// Problems reported of one file.
    package static let problems = 50
  }
}

extension Script {
  /// What may happen to a process that a script waits for.
  package enum Happening: String, CaseIterable, Hashable, Sendable {
    case started, restarted, crashed, stopped
    case gaveUp = "gave_up"
  }

  /// What a cue waits for before it is over.
  package enum Wait: Hashable, Sendable {
    /// Something happens to a process, within a time.
    case happening(Happening, ChildPath, within: Duration)
    /// The release of that version is installed, within a time.
    case installed(String, within: Duration)
    /// A state machine is in that state, within a time.
    case state(ChildPath, String, within: Duration)
    /// Something is true of the cluster, within a time.
    case cluster(ClusterCondition, within: Duration)
    /// Time passes.
    case time(Duration)
  }

  /// What must be true once a cue is over.
  package enum Expectation: Hashable, Sendable {
    /// The process runs.
    case running(ChildPath)
    /// The process does not run.
    case down(ChildPath)
    /// The process is in this life, 1 for the first.
    case life(ChildPath, Int)
    /// The supervisor has made so many restarts within its period.
    case budget(ChildPath, Int)
    /// The state machine is in that state.
    case state(ChildPath, String)
    /// The machine runs the release of that version.
    case release(String)
    /// This is true of the cluster.
    case cluster(ClusterCondition)
  }
}

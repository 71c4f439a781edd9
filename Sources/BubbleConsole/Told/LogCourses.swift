import BubbleEvents
import BubbleTree

/// What is going on while the log is written: who is starting or stopping, and what was counted.
struct LogCourses: Sendable {
  /// What becomes of an event in the log.
  enum Telling: Hashable {
    case nothing
    case row(isMessage: Bool, note: LogRow.Note)
    /// It belongs to the decision in that row.
    case note(LogRow.Note, decision: Int)
  }

  /// Processes whose supervisor runs their start function.
  private var starting: Set<PID> = []
  /// Supervisors in the middle of starting a child.
  private var launching: Set<PID> = []
  /// When processes were told to end.
  private var stoppingSince: [PID: RuntimeInstant] = [:]
  /// Restarts counted by supervisors that have not said yet what they decide.
  private var counted: [PID: LogRow.Note] = [:]
  /// Decisions whose restart has not been counted yet.
  private var decisions: [PID: Int] = [:]

  mutating func telling(of event: Event, _ tree: ProcessTree) -> Telling {
    let plain = Telling.row(isMessage: false, note: .none)
    switch event.kind {
    case .process(_, .spawned(nil, _)): return plain
    case .process(let pid, .spawned(let parent?, _)):
      if launching.contains(parent) { starting.insert(pid) }
      return .nothing
    case .process(let pid, .exited): return exit(pid, at: event.instant)
    case .child(let supervisor, _, .starting):
      launching.insert(supervisor)
      return .nothing
    case .child(let supervisor, _, .started(let pid)): return start(pid, by: supervisor, tree)
    case .child(let supervisor, _, .ignored), .child(let supervisor, _, .startFailed):
      launching.remove(supervisor)
      return plain
    case .child(_, _, .stopping(let pid, _)):
      stoppingSince[pid] = event.instant
      let isSupervisor = tree.slot(of: pid).map { tree[$0].kind == .supervisor } ?? false
      return isSupervisor ? plain : .nothing
    case .supervisor(let supervisor, .restartCounted(let used, let intensity)):
      return count(.budget(used: used, allowed: intensity.restarts), of: supervisor)
    case .supervisor(let supervisor, .restartDecided):
      return .row(isMessage: false, note: counted.removeValue(forKey: supervisor) ?? .none)
    case .supervisor(_, .restartCompleted), .reported: return .nothing
    case .message: return .row(isMessage: true, note: .none)
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .application,
      .release, .node, .limitReached:
      return tree.narrate(event) == nil ? .nothing : plain
    }
  }

  /// A restart is counted before it is decided, or after.
  mutating func decided(_ supervisor: PID, inRow row: Int, hasNote: Bool) {
    decisions[supervisor] = hasNote ? nil : row
  }

  /// The rows have other numbers from now on.
  mutating func forgetRows() { decisions = [:] }

  // MARK: - Private

  private mutating func exit(_ pid: PID, at instant: RuntimeInstant) -> Telling {
    starting.remove(pid)
    launching.remove(pid)
    counted[pid] = nil
    decisions[pid] = nil
    let since = stoppingSince.removeValue(forKey: pid)
    return .row(isMessage: false, note: since.map { .took(instant - $0) } ?? .none)
  }

  /// A child that starts together with its supervisor is told with it.
  private mutating func start(_ pid: PID, by supervisor: PID, _ tree: ProcessTree) -> Telling {
    launching.remove(supervisor)
    starting.remove(pid)
    guard !starting.contains(supervisor) else { return .nothing }
    let node = tree.slot(of: pid).map { tree[$0] }
    let life = node?.lives.last { $0.pid == pid }?.number ?? 1
    return .row(isMessage: false, note: life > 1 ? .life(life) : .none)
  }

  private mutating func count(_ note: LogRow.Note, of supervisor: PID) -> Telling {
    if let row = decisions.removeValue(forKey: supervisor) { return .note(note, decision: row) }
    counted[supervisor] = note
    return .nothing
  }
}

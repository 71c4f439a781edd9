import BubbleEvents

/// What one run of a study came to, place by place.
struct StudyRun: Sendable {
  /// What happened in one place.
  struct Place: Sendable {
    /// How long a process ran there, in nanoseconds.
    var uptime: Int64 = 0
    /// Times a process ran there again after one that ended.
    var restarts = 0
    /// The most restarts that a supervisor there had in its period.
    var peak = 0
    /// Times a supervisor there gave up.
    var surrenders = 0
  }

  var places: [Place]
  /// When the root supervisor ended, if it did.
  var end: RuntimeInstant?
  var faults = 0
}

/// Follows one run, event by event.
struct StudyRecorder {
  /// A process in a place.
  private struct Resident {
    var place: Int
    /// The number of a dynamic child, for telling its restarts from first starts.
    var number: Int?
    var supervisor: PID
    /// When it had started.
    var since: RuntimeInstant?
  }

  /// A dynamic child's place that stands empty.
  private struct Vacancy: Hashable {
    var supervisor: PID
    var number: Int
  }

  private let places: StudyPlaces
  private(set) var run: StudyRun
  private var all = Residents()
  /// Those whose place is counted.
  private var residents: [PID: Resident] = [:]
  private var vacancies: Set<Vacancy> = []
  private var hasRun: [Bool]
  private var root: PID?

  init(_ places: StudyPlaces) {
    self.places = places
    run = StudyRun(places: Array(repeating: .init(), count: places.all.count))
    hasRun = Array(repeating: false, count: places.all.count)
  }

  /// Takes in the next event.
  mutating func follow(_ event: Event) {
    switch all.follow(event) {
    case .settled(let pid): settle(pid)
    case .started(let pid): started(pid, event.instant)
    case .ended(let pid): ended(pid, event.instant)
    case .stopped(let node):
      let gone = residents.keys.filter { $0.node == node }
      for pid in gone.sorted() { leave(pid, event.instant) }
    case nil: break
    }
    switch event.kind {
    case .application(let happening):
      // The start of its top supervisor is told as a change.
      if case .started(_?) = happening.change, let master = happening.master {
        started(master, event.instant)
      }
    case .supervisor(let supervisor, .childForgotten(.dynamic(let number))):
      vacancies.remove(Vacancy(supervisor: supervisor, number: number))
    case .supervisor(let supervisor, .restartCounted(let used, _)):
      guard let place = place(of: supervisor) else { return }
      run.places[place].peak = max(run.places[place].peak, used)
    case .supervisor(let supervisor, .intensityExceeded(_, let used, _)):
      guard let place = place(of: supervisor) else { return }
      run.places[place].peak = max(run.places[place].peak, used)
      run.places[place].surrenders += 1
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .release, .node,
      .reported, .message, .limitReached:
      break
    }
  }

  /// The run, which ended at `end`.
  mutating func finish(at end: RuntimeInstant, faults: Int) -> StudyRun {
    for pid in residents.keys.sorted() { leave(pid, end) }
    run.faults = faults
    return run
  }

  // MARK: - Private helpers

  private func place(of supervisor: PID) -> Int? {
    supervisor == root ? 0 : residents[supervisor]?.place
  }

  private mutating func settle(_ pid: PID) {
    guard let resident = all[pid] else {
      if root == nil { root = pid }
      return
    }
    guard let above = place(of: resident.supervisor) else { return }
    // An application has one place below it, that of its top supervisor.
    let isTop = places.all[above].isApplication && resident.supervisor != root
    let below = places.all[above]
    guard let place = isTop ? below.children.values.first : below.child(resident.id) else { return }
    var settled = Resident(place: place, supervisor: resident.supervisor)
    if case .dynamic(let number) = resident.id { settled.number = number }
    residents[pid] = settled
  }

  private mutating func started(_ pid: PID, _ instant: RuntimeInstant) {
    guard let resident = residents[pid] else { return }
    residents[pid]?.since = instant
    if let number = resident.number {
      let vacancy = Vacancy(supervisor: resident.supervisor, number: number)
      if vacancies.remove(vacancy) != nil { run.places[resident.place].restarts += 1 }
    } else {
      if hasRun[resident.place] { run.places[resident.place].restarts += 1 }
      hasRun[resident.place] = true
    }
  }

  private mutating func ended(_ pid: PID, _ instant: RuntimeInstant) {
    guard pid != root else {
      run.end = instant
      return
    }
    leave(pid, instant)
  }

  private mutating func leave(_ pid: PID, _ instant: RuntimeInstant) {
    guard let resident = residents.removeValue(forKey: pid) else { return }
    if let number = resident.number, resident.since != nil {
      vacancies.insert(Vacancy(supervisor: resident.supervisor, number: number))
    }
    guard let since = resident.since else { return }
    run.places[resident.place].uptime += instant.nanoseconds - since.nanoseconds
  }
}

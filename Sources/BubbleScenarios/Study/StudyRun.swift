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
  private var residents: [PID: Resident] = [:]
  private var starting: [PID: ChildID] = [:]
  private var vacancies: Set<Vacancy> = []
  private var hasRun: [Bool]
  private var root: PID?

  init(_ places: StudyPlaces) {
    self.places = places
    run = StudyRun(places: Array(repeating: .init(), count: places.all.count))
    hasRun = Array(repeating: false, count: places.all.count)
  }

  mutating func follow(_ event: Event) {
    switch event.kind {
    case .process(let pid, .spawned(let parent, _)): spawned(pid, parent)
    case .child(let supervisor, let id, .starting): starting[supervisor] = id
    case .child(_, _, .started(let pid)): started(pid, event.instant)
    case .process(let pid, .exited): ended(pid, event.instant)
    case .application(let step): stepped(step, event.instant)
    case .supervisor(let supervisor, .childForgotten(.dynamic(let number))):
      vacancies.remove(Vacancy(supervisor: supervisor, number: number))
    case .supervisor(let supervisor, .restartCounted(let used, _)):
      guard let place = place(of: supervisor) else { return }
      run.places[place].peak = max(run.places[place].peak, used)
    case .supervisor(let supervisor, .intensityExceeded(_, let used, _)):
      guard let place = place(of: supervisor) else { return }
      run.places[place].peak = max(run.places[place].peak, used)
      run.places[place].surrenders += 1
    default: break
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

  private mutating func spawned(_ pid: PID, _ parent: PID?) {
    guard let parent else {
      if root == nil { root = pid }
      return
    }
    guard let above = place(of: parent) else { return }
    if places.all[above].isApplication {
      // A top supervisor; masters are told by the step that follows.
      guard parent != root, let place = places.all[above].children.values.first else { return }
      residents[pid] = Resident(place: place, supervisor: parent)
      return
    }
    guard let id = starting.removeValue(forKey: parent), let place = places.all[above].child(id)
    else { return }
    var resident = Resident(place: place, supervisor: parent)
    if case .dynamic(let number) = id { resident.number = number }
    residents[pid] = resident
  }

  private mutating func stepped(_ step: ApplicationEvent, _ instant: RuntimeInstant) {
    guard let root, let master = step.master else { return }
    switch step.change {
    case .starting:
      let id = ChildID.named(.atom(step.application))
      guard let place = places.all[0].child(id) else { return }
      residents[master] = Resident(place: place, supervisor: root)
    case .started(let top?):
      started(master, instant)
      started(top, instant)
    default: break
    }
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
    starting[pid] = nil
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

import BubbleEvents

/// Who lives in which place, learnt from the events of a machine.
struct FaultPopulation: Sendable {
  /// A process in the place of a child.
  struct Resident: Sendable {
    var supervisor: PID
    var id: ChildID
    var isStarted = false
    var isSupervisor = false
  }

  /// What an event changes for whoever counts targets.
  enum Change {
    case started(PID)
    case ended(PID)
  }

  private(set) var residents: [PID: Resident] = [:]
  /// The place that each supervisor is about to fill.
  private var starting: [PID: ChildID] = [:]
  /// The masters of applications: paths lead through them, and they are no targets.
  private var masters: Set<PID> = []
  /// Who starts the applications, if somebody does.
  private var controller: PID?

  /// Learns of an event.
  ///
  /// A place is known from the spawning of its process on, since a supervisor starts its children
  /// before its own start ends.
  mutating func follow(_ event: Event) -> Change? {
    switch event.kind {
    case .child(let supervisor, let id, .starting):
      starting[supervisor] = id
    case .process(let pid, .spawned(nil, "application_controller")): controller = pid
    case .process(let pid, .spawned(let parent?, let behaviour)):
      if masters.contains(parent), let name = behaviour.split(separator: " ", maxSplits: 1).last {
        residents[pid] = Resident(supervisor: parent, id: .named(.atom(String(name))))
        return nil
      }
      guard let id = starting.removeValue(forKey: parent) else { return nil }
      residents[pid] = Resident(supervisor: parent, id: id)
    case .supervisor(let pid, .configured):
      residents[pid]?.isSupervisor = true
    case .child(_, _, .started(let pid)):
      guard residents[pid] != nil else { return nil }
      residents[pid]?.isStarted = true
      return .started(pid)
    case .application(let step): return stepped(step)
    case .process(let pid, .exited):
      starting[pid] = nil
      masters.remove(pid)
      return residents.removeValue(forKey: pid) == nil ? nil : .ended(pid)
    default:
      break
    }
    return nil
  }

  private mutating func stepped(_ step: ApplicationEvent) -> Change? {
    switch step.change {
    case .starting:
      guard let master = step.master, let controller else { return nil }
      masters.insert(master)
      residents[master] = Resident(supervisor: controller, id: .named(.atom(step.application)))
    case .started(let top?):
      guard residents[top] != nil else { return nil }
      residents[top]?.isStarted = true
      return .started(top)
    default: break
    }
    return nil
  }

  /// Whether a plan means the process `pid`.
  func isTarget(_ pid: PID, of plan: FaultPlan) -> Bool {
    guard let resident = residents[pid], resident.isStarted else { return false }
    if resident.isSupervisor, !plan.includesSupervisors { return false }
    return plan.targets.isEmpty || plan.targets.contains { isAt($0, pid) }
  }

  /// All targets of a plan, in the order of their PIDs.
  func targets(of plan: FaultPlan) -> [PID] {
    residents.keys.filter { isTarget($0, of: plan) }.sorted()
  }

  /// The workers beside `pid`, in the order of their PIDs.
  func siblings(of pid: PID) -> [PID] {
    guard let supervisor = residents[pid]?.supervisor else { return [] }
    return residents.filter { other, resident in
      resident.supervisor == supervisor && resident.isStarted && !resident.isSupervisor
        && other != pid
    }.keys.sorted()
  }

  /// Whether the path from `pid` up ends as `target` is written.
  private func isAt(_ target: FaultTarget, _ pid: PID) -> Bool {
    var next = pid
    for written in target.ids.reversed() {
      guard let resident = residents[next], FaultTarget.matches(written, resident.id) else {
        return false
      }
      next = resident.supervisor
    }
    return true
  }
}

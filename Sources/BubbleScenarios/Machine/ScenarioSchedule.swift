public import BubbleEvents
public import BubbleSimulation

/// The cues of a scenario that are due at given instants: which one is next, and whom it is about.
public struct ScenarioSchedule: CueSchedule {
  private let steps: [Scenario.Step]
  private var position = 0
  /// The places that steps are about, and all places above them.
  private let watched: Set<Scenario.Path>
  private var pids: [Scenario.Path: PID] = [:]
  private var places: [PID: Scenario.Path] = [:]
  /// The place that each supervisor is about to fill.
  private var starting: [PID: Scenario.Path] = [:]
  private var flags: [Scenario.Path: SupervisorFlags] = [:]
  private let rootName: String
  /// The ids of the top supervisors, by the places of their applications.
  private let tops: [Scenario.Path: ChildID]

  /// Creates the script of `scenario`, before its first step.
  public init(_ scenario: Scenario) {
    steps = scenario.faults
    rootName = scenario.root.id
    tops = Dictionary(
      scenario.applications.compactMap { application in
        application.tree.map { (Scenario.Path(application: application.name), $0.childID) }
      }
    ) { first, _ in first }
    watched = Set(
      steps.compactMap(\.action?.path).flatMap { path in
        (0...path.ids.count).map { Scenario.Path(Array(path.ids.prefix($0))) }
      })
  }

  /// When the next step is due; nil after the last one.
  public var nextInstant: RuntimeInstant? {
    steps.indices.contains(position) ? steps[position].instant : nil
  }

  /// Takes out the next step if it is due at `instant` or was before; it says so when nobody is at
  /// the place that it is about.
  public mutating func takeCue(dueAt instant: RuntimeInstant) -> DueCue? {
    guard steps.indices.contains(position), steps[position].instant <= instant else { return nil }
    let step = steps[position]
    position += 1
    var cue = DueCue(caption: step.caption)
    if let action = step.action {
      cue.request = action.request(pid: { pids[$0] }, flags: { flags[$0] })
      if cue.request == nil, cue.caption == nil {
        let place = action.path.ids.isEmpty ? rootName : action.path.description
        cue.caption = "the script found nobody at \(place)"
      }
    }
    return cue
  }

  // MARK: - Who is where

  /// Learns from an event of the machine who is where.
  ///
  /// A supervisor's place is known from its spawning on, before its children come up, although its
  /// own start ends after theirs.
  public mutating func follow(_ event: Event) {
    guard !watched.isEmpty else { return }
    if case .child(let supervisor, let id, .starting) = event.kind {
      let path = places[supervisor]?.appending(id)
      starting[supervisor] = path.flatMap { watched.contains($0) ? $0 : nil }
    } else if case .process(let pid, .spawned(let parent, _)) = event.kind {
      if let parent {
        if let path = starting.removeValue(forKey: parent) {
          settle(pid, at: path)
        } else if let path = places[parent], let top = tops[path] {
          settle(pid, at: path.appending(top))
        }
      } else if pids[Scenario.Path()] == nil {
        settle(pid, at: Scenario.Path())
      }
    } else if case .process(let pid, .exited) = event.kind {
      starting[pid] = nil
      guard let path = places.removeValue(forKey: pid) else { return }
      if pids[path] == pid { pids[path] = nil }
    } else if case .application(let step) = event.kind {
      guard case .starting = step.change, let master = step.master else { return }
      settle(master, at: Scenario.Path(application: step.application))
    } else if case .release(let step) = event.kind {
      settle(step.handler, at: Scenario.Path([.named(.atom(Scenario.Child.handlerID))]))
    } else if case .supervisor(let supervisor, .configured(let new)) = event.kind {
      if let path = places[supervisor] { flags[path] = new }
    }
  }

  private mutating func settle(_ pid: PID, at path: Scenario.Path) {
    pids[path] = pid
    places[pid] = path
  }
}

extension Scenario.Step.Action {
  /// The request that does it.
  ///
  /// - Parameters:
  ///   - pid: Who lives at a place.
  ///   - flags: The flags of the supervisor at a place.
  /// - Returns: Nil when nobody is there to do it to.
  package func request(
    pid: (Scenario.Path) -> PID?, flags: (Scenario.Path) -> SupervisorFlags?
  ) -> ControlRequest? {
    switch self {
    case .kill(let path): pid(path).map { .process($0, .kill) }
    case .exit(let path, let reason): pid(path).map { .process($0, .exit(reason)) }
    case .suspend(let path): pid(path).map { .process($0, .suspend) }
    case .resume(let path): pid(path).map { .process($0, .resume) }
    case .send(let path, let message): pid(path).map { .process($0, .send(message)) }
    case .set(let path, let field, let value):
      pid(path).map { .process($0, .replaceState(field: field, value)) }
    case .start(let path): pid(path).map { .supervisor($0, .startChild([])) }
    case .restart(let path): path.asChild(pid).map { .child(of: $0, $1, .restart) }
    case .terminate(let path): path.asChild(pid).map { .child(of: $0, $1, .terminate) }
    case .delete(let path): path.asChild(pid).map { .child(of: $0, $1, .delete) }
    case .change(let path, let change):
      pid(path).map { .supervisor($0, .changeFlags(change.applied(to: flags(path)))) }
    case .startApplication(let name, let restart):
      pid(path).map { .application(controller: $0, name, .start(restart)) }
    case .stopApplication(let name): pid(path).map { .application(controller: $0, name, .stop) }
    case .changeRelease(let deed, let version):
      pid(path).map { .release(handler: $0, deed, version: version) }
    }
  }
}

extension Scenario.Path {
  /// The supervisor of the place, and the id that the place has there.
  fileprivate func asChild(_ pid: (Scenario.Path) -> PID?) -> (PID, ChildID)? {
    guard let id = ids.last, let supervisor = pid(parent) else { return nil }
    return (supervisor, id)
  }
}

extension Scenario.Step.Action {
  /// The place it is about.
  package var path: Scenario.Path {
    switch self {
    case .kill(let path), .exit(let path, _), .suspend(let path), .resume(let path),
      .send(let path, _), .set(let path, _, _), .restart(let path), .terminate(let path),
      .delete(let path),
      .start(let path), .change(let path, _):
      path
    // It is the root that is asked.
    case .startApplication, .stopApplication: Scenario.Path()
    case .changeRelease: Scenario.Path([.named(.atom(Scenario.Child.handlerID))])
    }
  }
}

extension Scenario.Step.FlagChange {
  /// `flags` with the changed ones replaced.
  func applied(to flags: SupervisorFlags?) -> SupervisorFlags {
    let old = flags ?? SupervisorFlags()
    return SupervisorFlags(
      strategy: strategy ?? old.strategy, intensity: intensity ?? old.intensity,
      autoShutdown: autoShutdown ?? old.autoShutdown)
  }
}

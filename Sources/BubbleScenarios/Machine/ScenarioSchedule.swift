public import BubbleEvents
import BubbleKernel
import BubbleScripts
public import BubbleSimulation

/// The cues of a scenario that are due at given instants: which one is next, and whom it is about.
public struct ScenarioSchedule: CueSchedule {
  private let cues: [Scenario.TimedCue]
  private var position = 0
  /// The places that cues are about, and all places above them.
  private let watched: Set<ChildPath>
  private var residents = Residents()
  /// Who lives in the watched places, and where those live.
  private var pids: [ChildPath: PID] = [:]
  private var places: [PID: ChildPath] = [:]
  private var flags: [ChildPath: SupervisorFlags] = [:]
  private let rootName: String
  private let nodes: NodeNames

  /// Creates the schedule of `scenario`, before its first cue.
  public init(_ scenario: Scenario) {
    cues = scenario.faults
    rootName = scenario.root.id
    nodes = NodeNames(scenario.nodes.map(\.name))
    watched = Set(
      cues.compactMap(\.request?.path).flatMap { path in
        (0...path.ids.count).map { ChildPath(Array(path.ids.prefix($0))) }
      })
  }

  /// When the next cue is due; nil after the last one.
  public var nextInstant: RuntimeInstant? {
    cues.indices.contains(position) ? cues[position].instant : nil
  }

  /// Takes out the next cue if it is due at `instant` or was before; it says so when nobody is at
  /// the place that it is about.
  public mutating func takeCue(dueAt instant: RuntimeInstant) -> DueCue? {
    guard cues.indices.contains(position), cues[position].instant <= instant else { return nil }
    let timed = cues[position]
    position += 1
    var cue = DueCue(caption: timed.caption)
    if let scripted = timed.request {
      cue.request = scripted.request(
        pid: { pids[$0] }, flags: { flags[$0] }, node: { nodes.node(named: $0) })
      if cue.request == nil, cue.caption == nil {
        let place = scripted.path.ids.isEmpty ? rootName : scripted.path.description
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
    switch residents.follow(event) {
    case .settled(let pid): settle(pid)
    case .ended(let pid):
      if let path = places.removeValue(forKey: pid), pids[path] == pid { pids[path] = nil }
    case .stopped(let node):
      pids = pids.filter { $0.value.node != node }
      places = places.filter { $0.key.node != node }
    case .started, nil: break
    }
    if case .supervisor(let supervisor, .configured(let new)) = event.kind,
      let path = places[supervisor]
    {
      flags[path] = new
    }
  }

  private mutating func settle(_ pid: PID) {
    guard let path = residents.path(of: pid).map({ ChildPath($0) }), watched.contains(path) else {
      return
    }
    pids[path] = pid
    places[pid] = path
  }
}

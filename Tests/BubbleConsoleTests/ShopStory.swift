import BubbleEvents
import Testing

/// The events of the shop of the pictures, told by hand: twelve processes, and what befalls them.
struct ShopStory {
  private(set) var events: [Event] = []
  var now = RuntimeInstant.zero
  private var nextPID: UInt32 = 1
  private var children: [PID: [Child]] = [:]
  private var living: [String: PID] = [:]

  /// One child of the shop's table.
  indirect enum Child: Sendable {
    case worker(String, ChildRestart)
    case supervisor(String, SupervisionStrategy, RestartIntensity, [Child])

    var name: String {
      switch self {
      case .worker(let name, _), .supervisor(let name, _, _, _): name
      }
    }

    var id: ChildID { .named(.atom(name)) }

    var description: ChildDescription {
      switch self {
      case .worker(_, let restart):
        ChildDescription(
          id: id, restart: restart, shutdown: .timeout(5000), kind: .worker, isSignificant: false)
      case .supervisor:
        ChildDescription(
          id: id, restart: .permanent, shutdown: .infinity, kind: .supervisor,
          isSignificant: false)
      }
    }
  }

  static let shop = Child.supervisor(
    "shop_sup", .restForOne, RestartIntensity(3, in: 5),
    [
      .supervisor(
        "db_sup", .oneForAll, RestartIntensity(3, in: 5),
        [.worker("cache", .permanent), .worker("pool", .permanent)]),
      .supervisor(
        "web_sup", .restForOne, RestartIntensity(3, in: 5),
        [
          .worker("acceptor", .permanent),
          .supervisor(
            "conn_sup", .oneForOne, RestartIntensity(3, in: 5),
            [
              .worker("c1", .transient), .worker("c2", .transient), .worker("c3", .transient),
            ]),
        ]),
      .worker("mailer", .permanent), .worker("cron", .temporary),
    ])

  /// The shop, up and running.
  static var started: ShopStory {
    var story = ShopStory()
    _ = story.start(shop, under: nil, cause: nil)
    return story
  }

  func pid(_ name: String) -> PID {
    guard let pid = living[name] else { preconditionFailure("\(name) is not alive in the story") }
    return pid
  }

  /// The events told since there were `count` of them.
  func events(since count: Int) -> [Event] { Array(events[count...]) }

  @discardableResult
  mutating func tell(_ kind: Event.Kind, _ cause: Event.ID? = nil) -> Event.ID {
    let id = Event.ID(events.count + 1)
    events.append(Event(id: id, instant: now, cause: cause, kind: kind))
    return id
  }

  mutating func wait(milliseconds: Int64) {
    now = now + .milliseconds(milliseconds)
  }

  // MARK: - Starting and stopping

  @discardableResult
  mutating func start(_ child: Child, under supervisor: PID?, cause: Event.ID?) -> PID {
    var cause = cause
    if let supervisor {
      cause = tell(.child(of: supervisor, child.id, .starting), cause)
    }
    let pid = PID(nextPID)
    nextPID += 1
    living[child.name] = pid
    let isWorker = child.description.kind == .worker
    let spawned = tell(
      .process(
        pid, .spawned(parent: supervisor, behaviour: isWorker ? "gen_server" : "supervisor")), cause
    )
    tell(.process(pid, .nameRegistered(child.name)), spawned)
    if case .supervisor(_, let strategy, let intensity, let below) = child {
      tell(
        .supervisor(pid, .configured(SupervisorFlags(strategy: strategy, intensity: intensity))),
        spawned)
      for (position, each) in below.enumerated() {
        tell(
          .supervisor(pid, .childSpecified(each.description, position: position)), spawned)
      }
      children[pid] = below
      for each in below { start(each, under: pid, cause: spawned) }
    }
    if let supervisor {
      tell(.child(of: supervisor, child.id, .started(pid)), cause)
    }
    return pid
  }

  mutating func stop(_ child: Child, under supervisor: PID, cause: Event.ID) {
    let pid = pid(child.name)
    let stopping = tell(
      .child(of: supervisor, child.id, .stopping(pid, child.description.shutdown)),
      cause)
    for each in (children[pid] ?? []).reversed() where living[each.name] != nil {
      stop(each, under: pid, cause: stopping)
    }
    let exited = tell(.process(pid, .exited(.shutdown)), stopping)
    living[child.name] = nil
    tell(
      .child(of: supervisor, child.id, .stopped(pid, .shutdown)), exited)
  }

  // MARK: - Kills

  /// A child of `name` is killed, and its supervisor does what its strategy says.
  mutating func kill(_ name: String, in supervisorName: String, restartsInWindow used: Int = 1) {
    let cause = tell(.requested(.process(pid(name), .kill), by: .key("x")))
    end(name, in: supervisorName, reason: .killed, used: used, cause: cause)
  }

  private mutating func end(
    _ name: String, in supervisorName: String, reason: ExitReason, used: Int, cause: Event.ID
  ) {
    let supervisor = pid(supervisorName)
    let pid = pid(name)
    let table = children[supervisor] ?? []
    guard let index = table.firstIndex(where: { $0.name == name }),
      let flags = flags(of: supervisor)
    else { preconditionFailure("\(name) is not a child of \(supervisorName)") }
    let exited = tell(.process(pid, .exited(reason)), cause)
    living[name] = nil
    let id = table[index].id
    let ended = tell(
      .child(of: supervisor, id, .terminated(pid, reason)), exited)
    tell(
      .supervisor(supervisor, .restartCounted(used: used, flags.intensity)), ended)
    let (stops, starts) = affected(index, of: table, flags.strategy)
    let decided = tell(
      .supervisor(
        supervisor, .restartDecided(id, flags.strategy, stops: stops.count, starts: starts.count)),
      ended)
    for child in stops.reversed() { stop(child, under: supervisor, cause: decided) }
    for child in starts { start(child, under: supervisor, cause: decided) }
    tell(.supervisor(supervisor, .restartCompleted(id)), decided)
  }

  private func affected(
    _ index: Int, of table: [Child], _ strategy: SupervisionStrategy
  ) -> (stops: [Child], starts: [Child]) {
    switch strategy {
    case .oneForOne, .simpleOneForOne: return ([], [table[index]])
    case .restForOne: return (Array(table[(index + 1)...]), Array(table[index...]))
    case .oneForAll:
      var others = table
      others.remove(at: index)
      return (others, table)
    }
  }

  private func flags(of supervisor: PID) -> SupervisorFlags? {
    for event in events.reversed() {
      if case .supervisor(supervisor, .configured(let flags)) = event.kind { return flags }
    }
    return nil
  }

  /// Every process ends, the last started first.
  mutating func endAll() {
    let root = pid("shop_sup")
    let cause = tell(.requested(.process(root, .exit(.shutdown)), by: .key("X")))
    for child in (children[root] ?? []).reversed() where living[child.name] != nil {
      stop(child, under: root, cause: cause)
    }
    tell(.process(root, .exited(.shutdown)), cause)
    living["shop_sup"] = nil
  }
}

extension ShopStory: CustomTestStringConvertible {
  var testDescription: String { "a story of \(events.count) events" }
}

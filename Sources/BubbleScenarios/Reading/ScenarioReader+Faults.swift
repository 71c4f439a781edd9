import BubbleEvents
import BubbleScripts
import BubbleText
import Yams

/// Faults and captions, and the places they name.
extension ScenarioReader {
  /// The cues in the order of their instants.
  mutating func faults(_ node: Node?) -> [Scenario.TimedCue] {
    guard let node else { return [] }
    guard case .sequence(let nodes) = node, nodes.count <= Scenario.Limits.cues else {
      let limit = grouped(Scenario.Limits.cues)
      report(node, "faults wants a list of at most \(limit) steps; found \(node.shown)")
      return []
    }
    let cues = nodes.compactMap { timedCue($0) }
    return cues.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
  }

  private mutating func timedCue(_ node: Node) -> Scenario.TimedCue? {
    guard let fields = fields(of: node, CueKey.self) else { return nil }
    let instant = duration(fields[.at], CueKey.at)
    if fields[.at] == nil { report(node, "at is missing: it says when the step happens") }
    for key in CueKey.ofCues {
      guard let value = fields[key] else { continue }
      report(
        value, "\(key.rawValue) goes with the steps of a script only; a fault happens by itself")
    }
    let caption = prose(fields[.say], CueKey.say)
    let actions = CueKey.actions.filter { fields[$0] != nil }
    if actions.count > 1 {
      let words = actions.map(\.rawValue).joined(separator: " and ")
      report(node, "a step does one thing; here are \(words)")
    } else if actions.isEmpty, fields[.say] == nil, !fields.hasStrangers {
      report(node, "a step does or says something; here is neither")
    }
    reportStrays(fields, action: actions.first)
    let request = actions.first.flatMap { self.request($0, fields) }
    return instant.map {
      Scenario.TimedCue(instant: .zero + $0, request: request, caption: caption)
    }
  }

  /// Keys that say more about an action than it can be told.
  mutating func reportStrays(_ fields: Fields<CueKey>, action: CueKey?) {
    let homes: [(CueKey, CueKey)] = [
      (.reason, .exit), (.message, .send), (.field, .set), (.value, .set), (.strategy, .change),
      (.intensity, .change), (.child, .start),
      (.autoShutdown, .change), (.as, .startApp),
    ]
    for (key, home) in homes where home != action {
      guard let value = fields[key] else { continue }
      report(value, "\(key.rawValue) goes with \(home.rawValue) only")
    }
  }

  /// What the cue asks of the machine.
  mutating func request(
    _ key: CueKey, _ fields: Fields<CueKey>
  ) -> ScriptedRequest? {
    if key == .startApp || key == .stopApp { return applicationRequest(key, fields) }
    if CueKey.ofReleases.contains(key) { return releaseRequest(key, fields) }
    if CueKey.ofNodes.contains(key) { return nodeRequest(key, fields) }
    let kinds: [PlaceIndex.Kind] =
      switch key {
      case .start: [.dynamicSupervisor, .openSupervisor, .supervisor]
      case .change: [.supervisor, .dynamicSupervisor, .openSupervisor, .partitionSupervisor]
      case .restart, .terminate, .delete: PlaceIndex.Kind.all
      default: PlaceIndex.Kind.withProcess
      }
    guard let node = fields[key], let place = place(node, key, kinds: kinds) else { return nil }
    let path = place.path
    switch key {
    case .kill: return .kill(path)
    case .suspend: return .suspend(path)
    case .resume: return .resume(path)
    case .start:
      return addition(fields[.child], to: place, node).map { .start(path, child: $0) }
    case .set:
      if fields[.field] == nil || fields[.value] == nil {
        report(node, "set wants a field of the state and its value: field: hits, value: 100")
      }
      guard let field = name(fields[.field], CueKey.field),
        let value = term(fields[.value], CueKey.value)
      else { return nil }
      return .set(path, field: field, value)
    case .send: return .send(path, term(fields[.message], CueKey.message) ?? "hello")
    case .exit:
      if fields[.reason] == nil { report(node, "exit wants a reason, such as shutdown or badarg") }
      return term(fields[.reason], CueKey.reason).map { .exit(path, ExitReason($0)) }
    case .restart, .terminate, .delete:
      return childRequest(key, path, node)
    case .change:
      return change(path, fields)
    case .at, .say, .reason, .message, .field, .value, .strategy, .intensity, .child,
      .autoShutdown, .ask, .answers, .answer, .select, .view, .preview, .wait, .expect, .startApp,
      .stopApp, .as, .install,
      .makePermanent, .reboot, .cut, .heal, .stopNode, .startNode:
      return nil
    }
  }

  private mutating func childRequest(
    _ key: CueKey, _ path: ChildPath, _ node: Node
  ) -> ScriptedRequest? {
    let number = nodes.number(of: path)
    let applications = number.map { nodes.entries[$0].applications } ?? applications
    let rootDepth = (number == nil ? 0 : 1) + (applications.entries.isEmpty ? 0 : 2)
    guard path.ids.count > rootDepth else {
      let what = applications.entries.isEmpty ? "the root" : "a top supervisor"
      report(node, "nobody supervises \(what), so nobody can \(key.rawValue) it")
      return nil
    }
    return key == .restart ? .restart(path) : key == .terminate ? .terminate(path) : .delete(path)
  }

  private mutating func change(
    _ path: ChildPath, _ fields: Fields<CueKey>
  ) -> ScriptedRequest? {
    let change = ScriptedRequest.FlagChange(
      strategy: word(fields[.strategy], CueKey.strategy), intensity: intensity(fields[.intensity]),
      autoShutdown: word(fields[.autoShutdown], CueKey.autoShutdown))
    if fields[.strategy] == nil, fields[.intensity] == nil, fields[.autoShutdown] == nil {
      report(fields.node, "change wants a strategy, an intensity or auto_shutdown")
    }
    if let node = fields[.strategy] {
      let isDynamic = fields[.change]?.text.map(match).map(\.isDynamicSupervisor) ?? false
      if isDynamic != (change.strategy == SupervisionStrategy.simpleOneForOne) {
        report(node, "a supervisor cannot change to or from simple_one_for_one")
      }
    }
    return .change(path, change)
  }

  // MARK: - Places

  /// The place that a node names, if it is of one of `kinds`, of which the first is the usual one.
  mutating func place(
    _ node: Node, _ key: any ScenarioKey, kinds: [PlaceIndex.Kind]
  ) -> PlaceIndex.Place? {
    guard let text = node.text else {
      report(node, "\(key.rawValue) wants the id of a process; found \(node.shown)")
      return nil
    }
    switch match(text) {
    case .found(let place):
      if kinds.contains(place.kind) {
        if let better = place.betterText {
          hint(node, "\(quoted(text)) is called \(quoted(better)), here as on the screen")
        }
        return place
      }
      let wanted = kinds[0].words
      report(node, "\(key.rawValue) wants \(wanted); \(quoted(text)) is \(place.kind.words)")
    case .unknown:
      let hint = nearestID(to: text).map { "; did you mean \(quoted($0))?" } ?? ""
      report(node, "nothing in the tree is called \(quoted(text))\(hint)")
    case .ambiguous(let places, let count):
      let texts = places.map { quoted($0.fullText) }.joined(separator: ", ")
      let more = count > places.count ? " and \(grouped(count - places.count)) more" : ""
      report(node, "\(quoted(text)) is not unique; write one of \(texts)\(more)")
    }
    return nil
  }
}

extension PlaceIndex.Match {
  fileprivate var isDynamicSupervisor: Bool {
    switch self {
    case .found(let place): place.kind == .dynamicSupervisor || place.kind == .openSupervisor
    case .unknown, .ambiguous: false
    }
  }
}

extension PlaceIndex.Kind {
  /// What has a process, a worker first.
  static let withProcess = all + [.application, .controller]

  /// With its article, for an error.
  fileprivate var words: String {
    switch self {
    case .worker: "a worker"
    case .supervisor: "a supervisor"
    case .dynamicSupervisor: "a supervisor with a template"
    case .openSupervisor: "a supervisor whose children bring their own specifications"
    case .partitionSupervisor: "a supervisor with partitions"
    case .registry: "a registry"
    case .taskSupervisor: "a supervisor of tasks"
    case .agent: "an agent"
    case .application: "an application"
    case .library: "a library, which has no process"
    case .controller: "the application controller"
    }
  }
}

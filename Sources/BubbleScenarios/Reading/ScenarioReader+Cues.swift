import BubbleText
import BubbleEvents
import BubbleScripts
import Yams

/// The script that somebody presents: captions, deeds, what is waited for and what must be true.
extension ScenarioReader {
  mutating func script(_ node: Node?) -> Script {
    guard let node else { return Script() }
    guard case .sequence(let nodes) = node, nodes.count <= Scenario.Limits.cues else {
      let limit = grouped(Scenario.Limits.cues)
      report(node, "script wants a list of at most \(limit) steps; found \(node.shown)")
      return Script()
    }
    return Script(nodes.compactMap { cue($0) })
  }

  private mutating func cue(_ node: Node) -> Script.Cue? {
    guard let fields = fields(of: node, CueKey.self) else { return nil }
    if let at = fields[.at] {
      report(at, "at goes with faults only; a script waits for what happens: wait")
    }
    var cue = Script.Cue(line: node.mark?.line ?? 1)
    cue.caption = prose(fields[.say], CueKey.say)
    cue.question = question(fields)
    cue.selection = anybody(fields[.select], CueKey.select)
    cue.preview = anybody(fields[.preview], CueKey.preview)
    let views = Script.View.allCases.map(\.rawValue)
    let choice = views.dropLast().joined(separator: ", ") + " or " + (views.last ?? "")
    cue.view = value(fields[.view], CueKey.view, choice) { Script.View(rawValue: $0) }
    let actions = CueKey.actions.filter { fields[$0] != nil }
    if actions.count + (fields[.preview] == nil ? 0 : 1) > 1 {
      report(node, "a step does one thing; here are several")
    }
    reportStrays(fields, action: actions.first)
    cue.request = actions.first.flatMap { request($0, fields) }
    cue.wait = wait(fields[.wait])
    cue.expectations = expectations(fields[.expect])
    if fields.isEmpty, !fields.hasStrangers {
      report(node, "a step says, shows or does something; here is nothing")
    }
    return cue
  }

  private mutating func question(_ fields: Fields<CueKey>) -> Script.Question? {
    guard let text = prose(fields[.ask], CueKey.ask) else {
      for key in [CueKey.answers, .answer] {
        if let stray = fields[key] { report(stray, "\(key.rawValue) goes with ask only") }
      }
      return nil
    }
    let answers = elements(of: fields[.answers]).compactMap { prose($0, CueKey.answers) }
    if let node = fields[.answers], answers.count > 4 {
      report(node, "answers wants at most 4 of them")
    }
    let right = integer(fields[.answer], CueKey.answer, in: 1...max(1, answers.count))
    return Script.Question(text: text, answers: answers, right: right)
  }

  mutating func anybody(_ node: Node?, _ key: any ScenarioKey) -> ChildPath? {
    guard let node else { return nil }
    return place(node, key, kinds: PlaceIndex.Kind.withProcess)?.path
  }

  private mutating func wait(_ node: Node?) -> Script.Wait? {
    guard let node, let fields = fields(of: node, WaitKey.self) else { return nil }
    let happenings = WaitKey.happenings.filter { fields[$0] != nil }
    let within = duration(fields[.within], WaitKey.within) ?? .seconds(10)
    if let time = fields[.time] {
      if !happenings.isEmpty {
        report(time, "wait takes a time or something that happens, not both")
      }
      return duration(time, WaitKey.time).map { .time($0) }
    }
    if let node = fields[.installed] {
      if !happenings.isEmpty { report(node, "wait wants one thing that happens; here are two") }
      return releaseVersion(node, WaitKey.installed).map { .installed($0, within: within) }
    }
    if let node = fields[.state] {
      if !happenings.isEmpty { report(node, "wait wants one thing that happens; here are two") }
      if fields[.is] == nil { report(node, "state wants is: the name of the state") }
      guard let path = machine(node, WaitKey.state), let state = fields[.is],
        let name = name(state, WaitKey.is)
      else { return nil }
      return .state(path, name, within: within)
    }
    if let node = fields[.is] { report(node, "is goes with state only") }
    let conditions = ConditionKey.allCases.filter { key in
      WaitKey(rawValue: key.rawValue).map { fields[$0] != nil } ?? false
    }
    if let key = conditions.first {
      if !happenings.isEmpty || conditions.count > 1 {
        report(node, "wait wants one thing that happens; here are several")
      }
      let value = WaitKey(rawValue: key.rawValue).flatMap { fields[$0] }
      let found = value.map { self.conditions(key, $0) } ?? []
      if found.count > 1 { report(node, "wait wants one thing that happens; here are several") }
      return found.first.map { .cluster($0, within: within) }
    }
    guard happenings.count == 1, let key = happenings.first,
      let happening = Script.Happening(rawValue: key.rawValue)
    else {
      if !fields.hasStrangers {
        let words = WaitKey.happenings.map(\.rawValue).joined(separator: ", ")
        report(node, "wait wants one thing that happens, such as restarted: cache; known: \(words)")
      }
      return nil
    }
    let kinds: [PlaceIndex.Kind] =
      key == .gaveUp
      ? PlaceIndex.Kind.supervisors : PlaceIndex.Kind.withProcess
    guard let target = fields[key], let path = place(target, key, kinds: kinds)?.path else {
      return nil
    }
    return .happening(happening, path, within: within)
  }

  private mutating func expectations(_ node: Node?) -> [Script.Expectation] {
    guard let node, let fields = fields(of: node, ExpectKey.self) else { return [] }
    var found: [Script.Expectation] = []
    for node in elements(of: fields[.running]) {
      if let path = anybody(node, ExpectKey.running) { found.append(.running(path)) }
    }
    for node in elements(of: fields[.down]) {
      if let path = anybody(node, ExpectKey.down) { found.append(.down(path)) }
    }
    if let node = fields[.release], let version = releaseVersion(node, ExpectKey.release) {
      found.append(.release(version))
    }
    for key in ConditionKey.allCases {
      guard let value = ExpectKey(rawValue: key.rawValue).flatMap({ fields[$0] }) else { continue }
      found += conditions(key, value).map { .cluster($0) }
    }
    found += states(fields[.state])
    found += numbers(fields[.lives], ExpectKey.lives).map { .life($0, $1) }
    found += numbers(fields[.budget], ExpectKey.budget).map { .budget($0, $1) }
    return found
  }

  /// A state machine.
  private mutating func machine(_ node: Node, _ key: any ScenarioKey) -> ChildPath? {
    place(node, key, kinds: [.worker])?.path
  }

  /// State machines with a state each.
  private mutating func states(_ node: Node?) -> [Script.Expectation] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      report(node, "state wants machines with a state each: {door: open}; found \(node.shown)")
      return []
    }
    var found: [Script.Expectation] = []
    for (place, value) in mapping {
      guard let path = machine(place, ExpectKey.state), let state = name(value, ExpectKey.state)
      else { continue }
      found.append(.state(path, state))
    }
    return found
  }

  /// Places with a number each.
  private mutating func numbers(
    _ node: Node?, _ key: ExpectKey
  ) -> [(path: ChildPath, number: Int)] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      report(
        node, "\(key.rawValue) wants processes with a number each: {cache: 2}; found \(node.shown)")
      return []
    }
    var found: [(path: ChildPath, number: Int)] = []
    for (place, value) in mapping {
      guard let path = anybody(place, key), let number = integer(value, key, in: 0...1_000_000)
      else { continue }
      found.append((path, number))
    }
    return found
  }
}

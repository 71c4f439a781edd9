import BubbleEvents
package import BubbleScripts

/// Writes scripts as scenario files have them; `ScenarioReader` reads them back.
///
/// What it writes can be read, whatever is in captions, terms and names. A cue that a file cannot
/// say is written as a comment.
package struct ScriptWriter {
  /// The id of the root, with which every path begins; or those of the nodes' roots by the names of
  /// their nodes, with which every path begins then.
  private let roots: [String: String]
  private let root: String

  /// A writer for the script of a scenario with that root.
  package init(_ root: Scenario.Child) {
    self.root = root.id
    roots = Dictionary(root.nodes.map { ($0.name, $0.root.id) }) { first, _ in first }
  }

  /// The block of a file, from the key `script` on.
  package func text(of script: SavedScript) -> String {
    var lines = ["\(FileKey.script.rawValue):"]
    var count = 0
    for line in script.lines {
      switch line {
      case .remark(let text): lines.append("  # \(yamlComment(text))")
      case .cue(let cue):
        if count < Scenario.Limits.cues, let fields = fields(of: cue) {
          count += 1
          lines.append("  - \(mapping(fields))")
        } else {
          lines.append("  # \(yamlComment(cue.caption ?? "a step")) cannot be said in a script")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Cues

  private typealias Fields<Key> = [(key: Key, value: String)]

  /// The fields of a cue; nil when a file cannot say it.
  private func fields(of cue: Script.Cue) -> Fields<CueKey>? {
    var fields: Fields<CueKey?> = []
    func add(_ key: CueKey, _ value: String?) {
      fields.append((value == nil ? nil : key, value ?? ""))
    }
    if let caption = cue.caption { add(.say, prose(caption)) }
    if let question = cue.question {
      add(.ask, prose(question.text))
      if !question.answers.isEmpty { add(.answers, list(question.answers.map(prose))) }
      if let right = question.right { add(.answer, String(right)) }
    }
    if let path = cue.selection { add(.select, self.path(path)) }
    if let view = cue.view { add(.view, view.rawValue) }
    if let path = cue.preview { add(.preview, self.path(path)) }
    if let request = cue.request {
      guard let said = self.fields(of: request) else { return nil }
      for field in said { add(field.key, field.value) }
    }
    if let wait = cue.wait { add(.wait, self.fields(of: wait).map(mapping)) }
    if !cue.expectations.isEmpty { add(.expect, expect(cue.expectations)) }
    let said = fields.compactMap { field in field.key.map { (key: $0, value: field.value) } }
    return said.count == fields.count ? said : nil
  }

  private func fields(of request: ScriptedRequest) -> Fields<CueKey>? {
    switch request {
    case .kill(let path): about(path, .kill)
    case .exit(let path, let reason): about(path, .exit, (.reason, term(reason.term)))
    case .suspend(let path): about(path, .suspend)
    case .resume(let path): about(path, .resume)
    case .send(let path, let message): about(path, .send, (.message, term(message)))
    case .set(let path, let field, let value):
      name(field).flatMap { about(path, .set, (.field, $0), (.value, term(value))) }
    case .restart(let path): about(path, .restart)
    case .terminate(let path): about(path, .terminate)
    case .delete(let path): about(path, .delete)
    case .start(let path, nil): about(path, .start)
    case .start(let path, let child?):
      name(child).flatMap { about(path, .start, (.child, $0)) }
    case .change(let path, let change): about(path, .change).map { $0 + fields(of: change) }
    case .startApplication(let name, let restart, let root):
      application(name, of: root).map { [(.startApp, $0), (.as, restart.rawValue)] }
    case .stopApplication(let name, let root):
      application(name, of: root).map { [(.stopApp, $0)] }
    case .changeRelease(let change, let version):
      name(version).map { [(key(of: change), $0)] }
    case .cut(let sides): [(.cut, self.sides(sides))]
    case .heal(let sides): [(.heal, self.sides(sides))]
    case .stopNode(let node): [(.stopNode, yamlScalar(node))]
    case .startNode(let node): [(.startNode, yamlScalar(node))]
    }
  }

  /// An application of the machine or of a node.
  private func application(_ name: String, of root: ChildPath) -> String? {
    root.ids.isEmpty ? self.name(name) : path(root.appending(.named(.atom(name))))
  }

  func sides(_ sides: [[String]]) -> String {
    list(sides.map { list($0.map(yamlScalar)) })
  }

  private func about(
    _ path: ChildPath, _ key: CueKey, _ more: (key: CueKey, value: String)...
  ) -> Fields<CueKey>? {
    self.path(path).map { [(key, $0)] + more }
  }

  private func fields(of change: ScriptedRequest.FlagChange) -> Fields<CueKey> {
    var fields: Fields<CueKey> = []
    if let strategy = change.strategy { fields.append((.strategy, strategy.rawValue)) }
    if let intensity = change.intensity {
      fields.append((.intensity, intensity.description))
    }
    if let mode = change.autoShutdown { fields.append((.autoShutdown, mode.rawValue)) }
    return fields
  }

  private func key(of change: ControlRequest.ReleaseRequest) -> CueKey {
    switch change {
    case .install: .install
    case .makePermanent: .makePermanent
    case .reboot: .reboot
    }
  }

  // MARK: - Waiting and expecting

  private func fields(of wait: Script.Wait) -> Fields<WaitKey>? {
    switch wait {
    case .time(let span): [(.time, duration(span))]
    case .installed(let version, let within):
      name(version).map { [(.installed, $0), (.within, duration(within))] }
    case .state(let path, let state, let within):
      self.path(path).flatMap { path in
        name(state).map { [(.state, path), (.is, $0), (.within, duration(within))] }
      }
    case .happening(let happening, let path, let within):
      self.path(path).map { [(key(of: happening), $0), (.within, duration(within))] }
    case .cluster(let condition, let within):
      said(condition).flatMap { said in
        WaitKey(rawValue: said.key.rawValue).map {
          [($0, said.values.written), (.within, duration(within))]
        }
      }
    }
  }

  private func key(of happening: Script.Happening) -> WaitKey {
    switch happening {
    case .started: .started
    case .restarted: .restarted
    case .crashed: .crashed
    case .stopped: .stopped
    case .gaveUp: .gaveUp
    }
  }

  private func expect(_ expectations: [Script.Expectation]) -> String? {
    var running: [String?] = []
    var down: [String?] = []
    var states: [(String?, String?)] = []
    var lives: [(String?, Int)] = []
    var budgets: [(String?, Int)] = []
    var fields: Fields<ExpectKey> = []
    var conditions: [ConditionKey: SaidCondition] = [:]
    for expectation in expectations {
      switch expectation {
      case .running(let path): running.append(self.path(path))
      case .down(let path): down.append(self.path(path))
      case .life(let path, let number): lives.append((self.path(path), number))
      case .budget(let path, let used): budgets.append((self.path(path), used))
      case .state(let path, let state): states.append((self.path(path), name(state)))
      case .release(let version): fields.append((.release, name(version) ?? ""))
      case .cluster(let condition):
        guard let said = said(condition) else { return nil }
        guard let joined = conditions[said.key].map({ $0.joined(with: said) }) ?? said else {
          return nil
        }
        conditions[said.key] = joined
      }
    }
    for key in ConditionKey.allCases {
      guard let said = conditions[key], let key = ExpectKey(rawValue: key.rawValue) else {
        continue
      }
      fields.append((key, said.values.written))
    }
    let paths = running + down + (lives + budgets).map(\.0) + states.flatMap { [$0.0, $0.1] }
    guard paths.allSatisfy({ $0 != nil }), fields.allSatisfy({ !$0.value.isEmpty }) else {
      return nil
    }
    if !running.isEmpty { fields.append((.running, list(running.compactMap(\.self)))) }
    if !down.isEmpty { fields.append((.down, list(down.compactMap(\.self)))) }
    if !states.isEmpty {
      let pairs = states.map { "\($0.0 ?? ""): \($0.1 ?? "")" }
      fields.append((.state, "{" + pairs.joined(separator: ", ") + "}"))
    }
    if !lives.isEmpty { fields.append((.lives, numbers(lives))) }
    if !budgets.isEmpty { fields.append((.budget, numbers(budgets))) }
    return mapping(fields)
  }

  private func numbers(_ numbers: [(path: String?, number: Int)]) -> String {
    "{" + numbers.map { "\($0.path ?? ""): \($0.number)" }.joined(separator: ", ") + "}"
  }

  // MARK: - Values

  private func mapping(_ fields: Fields<some ScenarioKey>) -> String {
    "{" + fields.map { "\($0.key.rawValue): \($0.value)" }.joined(separator: ", ") + "}"
  }

  func list(_ values: [String]) -> String { "[" + values.joined(separator: ", ") + "]" }

  private func prose(_ text: String) -> String {
    let limit = Scenario.Limits.textLength
    return yamlScalar(text.count <= limit ? text : text.prefix(limit - 1) + "…")
  }

  private func name(_ text: String) -> String? {
    !text.isEmpty && text.count <= Scenario.Limits.nameLength ? yamlScalar(text) : nil
  }

  func term(_ term: Term) -> String { yamlScalar(term.typed) }

  private func duration(_ span: Duration) -> String {
    let nanoseconds = span.wholeNanoseconds
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest != 0 else { return "\(seconds) s" }
    let (milliseconds, more) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return more == 0 ? "\(milliseconds) ms" : "\(Double(nanoseconds) / 1_000_000) ms"
  }

  /// The ids from the root down; nil when one of them is none that a file has.
  func path(_ path: ChildPath) -> String? {
    var (words, ids) = ([root], path.ids[...])
    var supervisor = root
    if !roots.isEmpty {
      guard case .named(.atom(let node))? = ids.popFirst(), let root = roots[node] else {
        return nil
      }
      (words, supervisor) = ([node], root)
    }
    for id in ids {
      defer { supervisor = words.last ?? root }
      switch id {
      case .dynamic: words.append(id.name(under: supervisor))
      case .named(.integer(let number)): words.append(String(number))
      case .named(.atom(let name)): words.append(name)
      case .named: return nil
      }
    }
    return yamlScalar(words.joined(separator: "/"))
  }
}

import BubbleEvents
import BubbleReleaseFiles
import BubbleText
import Yams

/// Applications in the place of one tree: what each of them is, and how they depend on each other.
extension ScenarioReader {
  /// What the boot of a machine does with an application, as a `.rel` file has it.
  fileprivate enum BootWord: String, CaseIterable {
    case permanent, transient, temporary, load, none
  }

  /// Everything below `applications`.
  mutating func applicationController(_ node: Node) -> Scenario.Child? {
    guard let hasOrder = enterApplications(node) else { return nil }
    return applicationController(node, hasOrder: hasOrder)
  }

  /// Takes in the applications, and where everything is in them; whether there is an order in which
  /// they can start, or nil when they are no list.
  mutating func enterApplications(_ node: Node) -> Bool? {
    guard case .sequence(let nodes) = node, nodes.count <= Scenario.Limits.applications else {
      let limit = grouped(Scenario.Limits.applications)
      report(node, "applications wants a list of at most \(limit) of them; found \(node.shown)")
      return nil
    }
    if nodes.isEmpty { report(node, "there are no applications, so there is nothing to see") }
    for node in nodes { enter(node) }
    let hasOrder = checkNeeds()
    if hasOrder { places = PlaceIndex(applications) }
    return hasOrder
  }

  /// The process that starts and stops the applications that were taken in.
  mutating func applicationController(_ node: Node, hasOrder: Bool) -> Scenario.Child {
    let all = hasOrder ? applications.entries.compactMap { application($0) } : []
    checkPlacing(of: all)
    let root = Scenario.Child(
      id: Scenario.Child.controllerID, module: Scenario.Child.controllerID, restart: .permanent,
      shutdown: .infinity, kind: .supervisor,
      isSignificant: false, registeredName: nil, content: .applications(all))
    checkSize(of: root, node)
    return root
  }

  // MARK: - Descriptions

  /// Takes in an application's name and description.
  mutating func enter(_ node: Node) {
    guard case .mapping(let mapping) = node else {
      report(node, "an application is a mapping of keys to values; found \(node.shown)")
      return
    }
    guard let nameNode = mapping[ApplicationKey.application.rawValue] else {
      report(node, "an application begins with application: and its name")
      return
    }
    guard let name = name(nameNode, ApplicationKey.application) else { return }
    if let first = applications[name] {
      let line = first.node.mark?.line ?? 1
      report(nameNode, "a second application \(quoted(name)); the first one is in line \(line)")
      return
    }
    let resource =
      mapping[ApplicationKey.file.rawValue].map { fileResource($0, name, mapping) }
      ?? writtenResource(name, mapping)
    applications.add(ApplicationIndex.Entry(name: name, node: node, resource: resource))
  }

  /// The description that an `.app` file gives.
  private mutating func fileResource(
    _ node: Node, _ name: String, _ mapping: Node.Mapping
  ) -> ApplicationResource? {
    for key in ApplicationKey.ofFile {
      guard let value = mapping[key.rawValue] else { continue }
      report(value, "the .app file says the \(key.rawValue) of \(quoted(name)); leave it out here")
    }
    guard let path = node.text else {
      report(node, "file wants the path of an .app file; found \(node.shown)")
      return nil
    }
    var resource: ApplicationResource
    do {
      resource = try ApplicationResource(termFile(path))
    } catch let error as ResourceError {
      report(node, error.description)
      return nil
    } catch {
      let reason = (error as? ScenarioFiles.Failure)?.reason ?? "\(error)"
      report(node, "cannot read \(quoted(path)): \(escaped(reason))")
      return nil
    }
    if resource.name != name {
      report(
        node, "\(quoted(path)) describes \(quoted(resource.name)), not \(quoted(name))")
    }
    let tree = mapping[ApplicationKey.tree.rawValue]
    if let module = resource.startModule?.name, tree == nil {
      report(
        node,
        "\(quoted(path)) names the start module \(quoted(module)), so "
          + "\(quoted(name)) wants a tree here")
    } else if resource.startModule == nil, let tree {
      report(
        tree,
        "\(quoted(path)) names no start module, so \(quoted(name)) is a library without a tree")
    }
    return resource
  }

  /// Reads another file of Erlang terms, and keeps its text.
  mutating func termFile(_ path: String) throws -> TermFile {
    let bytes = try files.read(path)
    texts[path] = String(decoding: bytes, as: UTF8.self)
    return try TermFile(bytes, name: path)
  }

  /// The description that the scenario gives.
  private mutating func writtenResource(
    _ name: String, _ mapping: Node.Mapping
  ) -> ApplicationResource {
    func node(_ key: ApplicationKey) -> Node? { mapping[key.rawValue] }
    var resource = ApplicationResource(name)
    resource.description = prose(node(.description), ApplicationKey.description) ?? ""
    resource.version = self.name(node(.version), ApplicationKey.version) ?? ""
    let optional = names(node(.optional), .optional)
    resource.applications = names(node(.needs), .needs)
    resource.applications += optional.filter { !resource.applications.contains($0) }
    resource.optionalApplications = optional
    resource.includedApplications = names(node(.includes), .includes)
    resource.environment = settings(node(.env))
    if node(.tree) != nil { resource.startModule = .init("\(name)_app") }
    resource.startPhases = node(.phases).map { phases in
      elements(of: phases).compactMap { phase in
        (phase.text ?? phase.mapping?[PhaseKey.phase.rawValue]?.text).map { .init($0) }
      }
    }
    return resource
  }

  private mutating func names(_ node: Node?, _ key: ApplicationKey) -> [String] {
    elements(of: node).compactMap { name($0, key) }
  }

  private mutating func settings(_ node: Node?) -> [ApplicationResource.Setting] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      report(node, "env wants a mapping of parameters to terms; found \(node.shown)")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = name(key, ApplicationKey.env), let value = term(value, ApplicationKey.env)
      else { return nil }
      return .init(name, value)
    }
  }

  // MARK: - Who needs whom

  /// Whether every need can be met, and nobody waits for himself.
  mutating func checkNeeds() -> Bool {
    let before = problems.count
    for entry in applications.entries {
      guard let resource = entry.resource else { continue }
      for need in resource.applications { check(need, of: entry, resource) }
      for included in resource.includedApplications { check(inclusion: included, in: entry) }
    }
    guard problems.count == before else { return false }
    do {
      _ = try StartOrder(applications.entries.compactMap(\.resource)).boot(applications.names)
    } catch {
      guard case .cycle(let names) = error, let first = names.first.flatMap({ applications[$0] })
      else { return true }
      report(first.node, error.description)
      return false
    }
    return true
  }

  private mutating func check(
    _ need: String, of entry: ApplicationIndex.Entry, _ resource: ApplicationResource
  ) {
    let isOptional = resource.optionalApplications.contains(need)
    let node = entry.node(naming: need, in: isOptional ? [.optional, .needs] : [.needs])
    guard let other = applications[need] else {
      if !isOptional {
        report(
          node,
          "\(quoted(entry.name)) needs \(quoted(need)); \(unknown(application: need, to: entry))")
      }
      return
    }
    if let owner = applications.owner(of: need), owner != entry.name {
      report(
        node,
        "\(quoted(entry.name)) needs \(quoted(need)), which \(quoted(owner)) includes and "
          + "which therefore never runs by itself")
    }
    let boot = other.node.mapping?[ApplicationKey.restart.rawValue]?.text
    if let boot, ["load", "none"].contains(boot),
      !["load", "none"].contains(entry.node.mapping?[ApplicationKey.restart.rawValue]?.text)
    {
      report(
        node,
        "\(quoted(entry.name)) needs \(quoted(need)), which does not start: its restart is "
          + boot)
    }
  }

  private mutating func check(inclusion name: String, in entry: ApplicationIndex.Entry) {
    let node = entry.node(naming: name, in: [.includes])
    guard let other = applications[name] else {
      report(
        node,
        "\(quoted(entry.name)) includes \(quoted(name)); \(unknown(application: name, to: entry))")
      return
    }
    if let owner = applications.owner(of: name), owner != entry.name {
      report(node, "\(quoted(name)) is included by \(quoted(owner)) already")
    }
    for key in ApplicationKey.ofBoot {
      guard let stray = other.node.mapping?[key.rawValue] else { continue }
      report(
        stray,
        "\(quoted(entry.name)) includes \(quoted(name)) and starts its tree, so "
          + "\(key.rawValue) has no meaning here")
    }
  }

  private func unknown(application name: String, to entry: ApplicationIndex.Entry) -> String {
    let near = nearestWord(to: name, in: applications.names.filter { $0 != entry.name })
    let hint = near.map { "; did you mean \(quoted($0))?" } ?? "; list it, be it as a library"
    return "no application is called that\(hint)"
  }

  // MARK: - Applications

  mutating func application(_ entry: ApplicationIndex.Entry) -> Scenario.Application? {
    guard let fields = fields(of: entry.node, ApplicationKey.self),
      let resource = entry.resource
    else { return nil }
    let isIncluded = applications.isIncluded(entry.name)
    let boot = word(fields[.restart], ApplicationKey.restart, BootWord.self) ?? .permanent
    var application = Scenario.Application(
      resource: resource, boot: isIncluded ? .included : Scenario.Application.Boot(boot))
    application.namesModules = fields[.file] != nil
    if let node = fields[.start], let start = applicationStart(node) { application.start = start }
    application.stop = span(fields[.stop], ApplicationKey.stop) ?? .zero
    application.phases = phases(fields[.phases], of: resource)
    if let tree = fields[.tree], !isIncluded {
      presentApplication = entry.name
      application.tree = self.tree(tree)
      presentApplication = nil
      if !application.namesModules {
        application.resource.modules = application.tree?.modules ?? []
      }
    } else if fields[.tree] == nil {
      for key in [ApplicationKey.phases, .start, .stop] {
        guard let node = fields[key] else { continue }
        report(
          node,
          "\(quoted(entry.name)) is a library without a tree, so \(key.rawValue) has no "
            + "meaning here")
      }
    }
    return application
  }

  private mutating func applicationStart(_ node: Node) -> Scenario.Worker.Start? {
    guard let fields = fields(of: node, ApplicationStartKey.self) else { return nil }
    return going(fields[.takes], fields[.fails], fields[.reason], fields[.how])
  }

  /// How a callback goes; the keys are those of a worker's start.
  private mutating func going(
    _ takes: Node?, _ fails: Node?, _ reason: Node?, _ how: Node?
  ) -> Scenario.Worker.Start {
    var start = Scenario.Worker.Start()
    start.takes = span(takes, StartKey.takes) ?? start.takes
    start.fails = starts(fails, StartKey.fails)
    start.reason = term(reason, StartKey.reason).map(ExitReason.init) ?? start.reason
    start.manner = word(how, StartKey.how) ?? start.manner
    return start
  }

  /// How phases go: those of a description in the scenario, or some of an `.app` file's.
  private mutating func phases(
    _ node: Node?, of resource: ApplicationResource
  ) -> [String: Scenario.Worker.Start] {
    var phases: [String: Scenario.Worker.Start] = [:]
    let known = resource.startPhases?.map(\.name) ?? []
    for node in elements(of: node) where node.text == nil {
      guard let fields = fields(of: node, PhaseKey.self) else { continue }
      guard let nameNode = fields[.phase], let name = name(nameNode, PhaseKey.phase) else {
        report(node, "a phase begins with phase: and its name")
        continue
      }
      guard known.contains(name) else {
        report(nameNode, unknown("phase", name, among: known))
        continue
      }
      if phases[name] != nil { report(nameNode, "a second phase \(quoted(name))") }
      phases[name] = going(fields[.takes], fields[.fails], fields[.reason], fields[.how])
    }
    return phases
  }
}

extension Scenario.Application.Boot {
  fileprivate init(_ word: ScenarioReader.BootWord) {
    switch word {
    case .permanent: self = .start(.permanent)
    case .transient: self = .start(.transient)
    case .temporary: self = .start(.temporary)
    case .load: self = .load
    case .none: self = .none
    }
  }
}

extension ApplicationIndex.Entry {
  /// Where another application is named, or else the file that names it, or this one.
  fileprivate func node(naming other: String, in keys: [ApplicationKey]) -> Node {
    let mapping = node.mapping
    for key in keys {
      guard let value = mapping?[key.rawValue] else { continue }
      if value.text == other { return value }
      if let element = value.sequence?.first(where: { $0.text == other }) { return element }
    }
    return mapping?[ApplicationKey.file.rawValue] ?? node
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles

/// Makes the releases of a scenario: every process is started through its module, so that a change
/// of the release changes what it runs.
struct ReleaseBuilder {
  /// What a process of a module is, by the place it has; the argument of its start.
  struct Part: Hashable, Sendable {
    var child: Scenario.Child
    /// The place, which stays the same from release to release.
    var place: String
  }

  /// A module as the last release had it that was built.
  private struct Module {
    var code: ModuleCode
    var parts: [String: Part]
    var plans: ModuleWorkers?
  }

  private var modules: [String: Module] = [:]
  /// The modules that the instructions load, by application and version.
  private var loaded: [String: [String]] = [:]
  /// The functions that the instructions call.
  private var functions: Set<String> = []

  /// The releases, latest first, as a release handler lists them.
  mutating func releases(of scenario: Scenario) -> [Release] {
    var built: [Release] = []
    for release in scenario.releases { note(release) }
    for release in scenario.releases {
      var next = self.release(release, named: scenario.name)
      next.up = (release.way?.upgrades ?? []).map(Release.Path.init)
      next.down = (release.way?.downgrades ?? []).map(Release.Path.init)
      built.insert(next, at: 0)
    }
    return built
  }

  /// Takes in what the instructions to and from a release need besides its processes.
  private mutating func note(_ release: Scenario.Release) {
    let scripts = (release.way?.upgrades ?? []) + (release.way?.downgrades ?? [])
    for instruction in scripts.flatMap(\.instructions) {
      if case .loadObjectCode(let application, let version, let modules) = instruction {
        loaded["\(application) \(version)", default: []] += modules
      } else if case .apply(let call) = instruction,
        !["supervisor", "application"].contains(call.module)
      {
        functions.insert("\(call.module):\(call.function)")
      }
    }
  }

  /// The modules of an application that no process is of: their code is loaded, and that is all.
  private mutating func codeOnly(
    _ resource: ApplicationResource, besides processes: [String]
  ) -> [ModuleCode] {
    let named = resource.modules + loaded["\(resource.name) \(resource.version)", default: []]
    var seen = Set(processes)
    return named.filter { seen.insert($0).inserted }.map { name in
      let version = Term.text(resource.version)
      let before = modules[name]?.code
      if let before, before.version == version { return before }
      let start = ProcessStart { _, _ in throw RaisedError("undef") }
      let code =
        before.map {
          ModuleCode(
            after: $0, version: version, start: start, up: ModuleCode.askBody,
            down: ModuleCode.askBody)
        } ?? ModuleCode(name, version: version, start: start)
      modules[name] = Module(code: code, parts: [:])
      return code
    }
  }

  private mutating func release(_ release: Scenario.Release, named name: String) -> Release {
    var result = Release(name, version: release.version, applications: [])
    for name in functions { result.functions[name] = { _, _ in } }
    for application in release.applications {
      let code = application.tree.map { tree in
        ScenarioApplication(
          plan: application, top: .module(tree.module, [.text(application.name)]),
          counter: "starts of \(application.name)")
      }
      var definition = ApplicationDefinition(application.resource, code)
      if let tree = application.tree {
        var parts: [String: [String: Part]] = [:]
        var order: [String] = []
        collect(tree, at: application.name, &parts, &order)
        definition.modules = order.map { module in
          self.module(module, parts[module] ?? [:], version: application.resource.version)
        }
      }
      let processes = application.tree?.modules ?? []
      definition.modules += codeOnly(application.resource, besides: processes)
      result.applications.append(definition)
      switch application.boot {
      case .start(let restart): result.restarts.append((application.name, restart))
      case .load: result.restarts.append((application.name, nil))
      case .none, .included: break
      }
    }
    return result
  }

  /// Finds what each module of a tree is made of.
  private func collect(
    _ child: Scenario.Child, at place: String, _ parts: inout [String: [String: Part]],
    _ order: inout [String]
  ) {
    if parts[child.module] == nil { order.append(child.module) }
    parts[child.module, default: [:]][place] = Part(child: child.shallow, place: place)
    switch child.content {
    case .worker, .special, .applications, .nodes: break
    case .supervisor(_, let children):
      for inner in children { collect(inner, at: "\(place)/\(inner.id)", &parts, &order) }
    case .dynamic(_, let template, _):
      collect(template, at: "\(place)/#", &parts, &order)
    }
  }

  /// The module's code: as before when nothing of it has changed, else its next version.
  private mutating func module(
    _ name: String, _ parts: [String: Part], version: String
  ) -> ModuleCode {
    if let known = modules[name], known.parts == parts { return known.code }
    let before = modules[name]
    let naming: ModuleCode.Naming = { parts[$0.place ?? ""]?.child.registeredName }
    let version = Term.text(version)
    let module: Module
    switch parts.values.first?.child.content {
    case .worker(let worker):
      let plans = ModuleWorkers(parts)
      let code =
        before.map { plans.next(after: $0.code, $0.plans, version: version, like: worker, naming) }
        ?? plans.first(name, version: version, like: worker, naming)
      module = Module(code: code, parts: parts, plans: plans)
    case .special:
      let start = Self.specialStart(parts)
      let code =
        before.map {
          ModuleCode(
            after: $0.code, version: version, start: start, up: ModuleCode.askBody,
            down: ModuleCode.askBody)
        } ?? ModuleCode(name, version: version, start: start)
      module = Module(code: code, parts: parts)
    case .supervisor, .dynamic, .applications, .nodes, nil:
      let initialize: ModuleCode.Initialization = { arguments, context in
        try Self.initialization(parts, arguments, &context)
      }
      let code =
        before?.code.nextSupervisor(version: version, named: naming, initialize)
        ?? .supervisor(name, version: version, named: naming, initialize)
      module = Module(code: code, parts: parts)
    }
    modules[name] = module
    return module.code
  }

  /// A registry, a task supervisor or partitions; what is below keeps the code it was started with.
  private static func specialStart(_ parts: [String: Part]) -> ProcessStart {
    ProcessStart { context, arguments in
      guard let place = arguments.place, let part = parts[place] else {
        throw RaisedError("function_clause")
      }
      var builder = ScenarioBuilder(part: "\(place): ")
      return try builder.start(part.child).run(&context, [])
    }
  }

  /// What the supervisor at the place says that its arguments name.
  private static func initialization(
    _ parts: [String: Part], _ arguments: [Term], _ context: inout ProcessContext
  ) throws -> Supervisor.Init {
    guard let place = arguments.place, let part = parts[place] else {
      throw RaisedError("function_clause")
    }
    switch part.child.content {
    case .worker, .special, .applications, .nodes: throw RaisedError("undef")
    case .supervisor(let flags, let children):
      return .supervise(flags, children.map { specification($0, at: "\(place)/\($0.id)") })
    case .dynamic(let flags, let template, let count):
      let filling = ScenarioBuilder.Filling(count: count, counter: "fillings of \(place)")
      filling.begin(&context)
      var spec = specification(template, at: "\(place)/#")
      spec.start = filling.continuing(spec.start)
      return .supervise(flags, [spec])
    }
  }

  private static func specification(_ child: Scenario.Child, at place: String) -> ChildSpec {
    ChildSpec(
      id: .atom(child.id), start: .module(child.module, [.text(place)]), restart: child.restart,
      shutdown: child.shutdown, kind: child.kind, isSignificant: child.isSignificant,
      modules: .list([.atom(child.module)]))
  }
}

extension [Term] {
  /// The place that the arguments of a start name.
  var place: String? {
    guard case .text(let place)? = first else { return nil }
    return place
  }
}

extension Release.Path {
  fileprivate init(_ script: ReleaseUpgrade.Script) {
    self.init(script.version, description: script.description, script.instructions)
  }
}

extension Scenario.Child {
  /// The child as its own module and its specification see it: without what is below its children.
  fileprivate var shallow: Scenario.Child {
    var child = self
    switch content {
    case .worker, .special, .applications, .nodes: break
    case .supervisor(let flags, let children):
      child.content = .supervisor(flags, children.map(\.bare))
    case .dynamic(let flags, let template, let count):
      child.content = .dynamic(flags, template: template.bare, count: count)
    }
    return child
  }

  /// Only what a child specification says of it.
  private var bare: Scenario.Child {
    var child = self
    child.content =
      switch content {
      case .worker: .worker(Scenario.Worker())
      case .supervisor, .dynamic, .special, .applications, .nodes:
        .supervisor(SupervisorFlags(), [])
      }
    return child
  }
}

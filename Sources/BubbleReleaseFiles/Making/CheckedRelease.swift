/// A release whose applications are all known and go together (OTP: what systools:make_script
/// checks).
public struct CheckedRelease: Hashable, Sendable {
  /// What a release must have.
  public enum Base: String, Hashable, Sendable, CaseIterable {
    /// OTP's own applications: kernel and stdlib, both permanent; sasl too for an upgrade.
    case erlang
    /// Nothing: a machine of this runtime has no such applications.
    case machine

    /// The applications without which it cannot boot.
    var mandatory: [String] {
      switch self {
      case .erlang: ["kernel", "stdlib"]
      case .machine: []
      }
    }

    /// The application without which it cannot be upgraded.
    var upgrader: String? {
      switch self {
      case .erlang: "sasl"
      case .machine: nil
      }
    }
  }

  /// An application of the release.
  public struct Component: Hashable, Sendable {
    /// Its description as the release has it.
    ///
    /// Its included applications are those of the release. What it needs and includes is in the
    /// order of the release. Where it needs an application that another one includes, it needs that
    /// one.
    public var resource: ApplicationResource
    /// What a boot does with it.
    public var type: ReleaseResource.StartType

    /// Creates an application of a release.
    public init(
      resource: ApplicationResource, type: ReleaseResource.StartType = .permanent
    ) {
      self.resource = resource
      self.type = type
    }
  }

  /// The release.
  public let release: ReleaseResource
  /// What it must have.
  public let base: Base
  /// Its applications, each after what it needs and includes.
  public let applications: [Component]

  /// Checks a release against the applications that there are, in one or in more versions each.
  ///
  /// The checks go in the order of the cases of `ReleaseProblem`, and the first kind that finds
  /// something ends them. An optional application may be missing. Stricter than OTP: an application
  /// that is listed twice, or needs itself, is refused; so are circles of included ones, with which
  /// systools never ends.
  public init(
    _ release: ReleaseResource, applications resources: [ApplicationResource],
    base: Base = .erlang
  ) throws(ReleaseProblems) {
    let check = ReleaseCheck(release, resources, base)
    try check.base()
    let components = try check.components()
    try check.together(components)
    self.release = release
    self.base = base
    let including = IncludingApplications(components)
    applications = try check.ordered(including.resolved(release), including)
  }

  /// An application of the release; nil when it has none of that name.
  public subscript(name: String) -> Component? {
    applications.first { $0.resource.name == name }
  }

  /// Whether it has the application that upgrades it; systools warns of a release that has not.
  public var canBeUpgraded: Bool { base.upgrader.map { self[$0] != nil } ?? true }

  /// Its applications in the order of the `.rel` file.
  var listed: [Component] { release.applications.compactMap { self[$0.name] } }
}

/// Who includes whom, once each application is included by one at most.
private struct IncludingApplications {
  let components: [CheckedRelease.Component]
  let includer: [String: String]

  init(_ components: [CheckedRelease.Component]) {
    self.components = components
    includer = Dictionary(
      components.flatMap { component in
        component.resource.includedApplications.map { ($0, component.resource.name) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The application itself, who includes it, who includes that one and so on.
  private func chain(_ name: String) -> [String] {
    var chain = [name]
    while let next = chain.last.flatMap({ includer[$0] }), !chain.contains(next) {
      chain.append(next)
    }
    return chain
  }

  /// The descriptions as the release has them.
  func resolved(_ release: ReleaseResource) -> [CheckedRelease.Component] {
    let place = Dictionary(
      release.applications.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
    func ordered(_ names: [String]) -> [String] {
      let known = Set(names).compactMap { name in place[name].map { ($0, name) } }
      return known.sorted { $0.0 < $1.0 }.map(\.1) + names.filter { place[$0] == nil }
    }
    return components.map { component in
      var component = component
      let own = chain(component.resource.name)
      let needs = component.resource.applications.compactMap { need -> String? in
        let top = chain(need).last
        guard top == own.last else { return top }
        return need == top && own.count > 1 ? nil : need
      }
      component.resource.applications = ordered(needs)
      component.resource.includedApplications = ordered(component.resource.includedApplications)
      return component
    }
  }

  /// A description that says nothing of needing who includes it, which no order can give it.
  func withoutIncluders(_ resource: ApplicationResource) -> ApplicationResource {
    var resource = resource
    let includers = chain(resource.name).dropFirst()
    resource.applications.removeAll(where: includers.contains)
    return resource
  }
}

/// The checks, each of which throws all that it finds.
private struct ReleaseCheck {
  let release: ReleaseResource
  let resources: [String: [ApplicationResource]]
  let needed: CheckedRelease.Base

  init(
    _ release: ReleaseResource, _ resources: [ApplicationResource], _ base: CheckedRelease.Base
  ) {
    self.release = release
    self.resources = Dictionary(grouping: resources, by: \.name)
    needed = base
  }

  private func refuse(_ problems: [ReleaseProblem]) throws(ReleaseProblems) {
    if !problems.isEmpty { throw ReleaseProblems(all: problems) }
  }

  /// What every release needs is there and permanent, and nothing is listed twice.
  func base() throws(ReleaseProblems) {
    try refuse(
      needed.mandatory.compactMap { name in
        guard let component = release.applications.first(where: { $0.name == name }) else {
          return .missingMandatory(name)
        }
        return component.type == .permanent ? nil : .notPermanent(name, component.type)
      })
    try refuse(repeated(release.applications.map { ($0.name, "") }).map { .listedTwice($0.what) })
  }

  /// The descriptions of the release's applications, in its order.
  func components() throws(ReleaseProblems) -> [CheckedRelease.Component] {
    var found: [CheckedRelease.Component] = []
    var problems: [ReleaseProblem] = []
    for component in release.applications {
      switch resource(of: component) {
      case .success(let resource): found.append(.init(resource: resource, type: component.type))
      case .failure(let problem): problems.append(problem)
      }
    }
    try refuse(problems)
    return found
  }

  private func resource(
    of component: ReleaseResource.Component
  ) -> Result<ApplicationResource, ReleaseProblem> {
    guard let versions = resources[component.name] else {
      return .failure(.unknownApplication(component.name))
    }
    guard var resource = versions.first(where: { $0.version == component.version }) else {
      return .failure(
        .wrongVersion(
          component.name, wanted: component.version, found: versions.map(\.version)))
    }
    if let included = component.includedApplications {
      let others = included.filter { !resource.includedApplications.contains($0) }
      if !others.isEmpty { return .failure(.notIncluded(by: component.name, others)) }
      resource.includedApplications = included
    }
    return .success(resource)
  }

  /// Nothing is missing, and nothing is there twice.
  func together(_ components: [CheckedRelease.Component]) throws(ReleaseProblems) {
    let resources = components.map(\.resource)
    let names = Set(resources.map(\.name))
    try refuse(resources.flatMap { undefined(of: $0, names) })
    func owned(_ parts: (ApplicationResource) -> [String]) -> [ReleaseProblem.Shared] {
      repeated(resources.flatMap { resource in parts(resource).map { ($0, resource.name) } })
    }
    try refuse(owned(\.registered).map(ReleaseProblem.duplicateName))
    try refuse(owned(\.includedApplications).map(ReleaseProblem.duplicateInclusion))
    try refuse(owned(\.modules).map(ReleaseProblem.duplicateModule))
  }

  /// What an application needs and the release does not give it.
  private func undefined(
    of resource: ApplicationResource, _ names: Set<String>
  ) -> [ReleaseProblem] {
    let included = resource.includedApplications
    let needed = resource.applications.filter { !resource.optionalApplications.contains($0) }
    let missing = (needed + included).filter { !names.contains($0) }
    return missing.map { .undefinedApplication($0, neededBy: resource.name) }
      + included.filter(resource.applications.contains)
      .map { .neededAndIncluded($0, by: resource.name) }
  }

  /// Each one that comes again, with its first owner and the other one.
  private func repeated(_ parts: [(what: String, owner: String)]) -> [ReleaseProblem.Shared] {
    var owners: [String: String] = [:]
    return parts.compactMap { part in
      guard let first = owners[part.what] else {
        owners[part.what] = part.owner
        return nil
      }
      return .init(what: part.what, applications: [first, part.owner])
    }
  }

  /// Each after what it needs and includes.
  func ordered(
    _ components: [CheckedRelease.Component], _ including: IncludingApplications
  ) throws(ReleaseProblems) -> [CheckedRelease.Component] {
    let byName = Dictionary(
      components.map { ($0.resource.name, $0) }, uniquingKeysWith: { first, _ in first })
    do {
      let resources = components.map { including.withoutIncluders($0.resource) }
      return try StartOrder(resources).boot(resources.map(\.name)).compactMap { byName[$0] }
    } catch {
      switch error {
      case .cycle(let names): throw ReleaseProblems(all: [.circle(names)])
      case .missing(let name, let needer):
        throw ReleaseProblems(
          all: [.undefinedApplication(name, neededBy: needer ?? release.name)])
      }
    }
  }
}

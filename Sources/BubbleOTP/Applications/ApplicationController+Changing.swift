internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// Tells a master that its application has other code now.
struct ApplicationDefinitionChange: Sendable {
  var definition: ApplicationDefinition
}

/// Asks a master for the top supervisor of its application; the answer is a term.
struct ApplicationTopRequest: Sendable {}

/// How applications change over while they run.
extension ApplicationController {
  /// Takes other descriptions for those that are loaded; their parameters are those of the new
  /// ones.
  mutating func change(to release: Release, _ context: inout ProcessContext) {
    let before = available
    take(release.applications)
    environmentsBefore = environmentsBefore ?? environments
    for name in loaded.reversed() {
      guard let definition = available[name] else { continue }
      let version = definition.resource.version
      if before[name]?.resource.version != version {
        post(.loaded(version: version), name, nil, &context)
      }
      environments[name] = Self.environment(of: definition.resource)
      if let master = running.first(where: { $0.name == name })?.master {
        context.send(ApplicationDefinitionChange(definition: definition), to: master)
      }
    }
  }

  mutating func take(_ definitions: [ApplicationDefinition]) {
    available = Dictionary(definitions.map { ($0.resource.name, $0) }) { first, _ in first }
    order = StartOrder(definitions.map(\.resource))
  }

  /// Tells the applications that run how their parameters changed (OTP: RL10, config_change).
  mutating func tellConfigurationChange(_ context: inout ProcessContext) {
    guard let before = environmentsBefore else { return }
    environmentsBefore = nil
    for entry in running.reversed() {
      let difference = ConfigurationChange(
        from: before[entry.name] ?? [:], to: environments[entry.name] ?? [:])
      guard !difference.isEmpty, let application = available[entry.name]?.application else {
        continue
      }
      do {
        try application.configurationChanged(difference, &context)
      } catch {
        context.post(.reported(.crash(pid: context.pid, reason: ExitReason(uncaught: error))))
      }
    }
  }

  static func environment(of resource: ApplicationResource) -> [String: Term] {
    Dictionary(resource.environment.map { ($0.name, $0.value) }) { first, _ in first }
  }
}

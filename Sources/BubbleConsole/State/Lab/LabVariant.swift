package import BubbleEvents
import BubbleTree

/// How one copy of the machine differs from what it was copied from.
package struct LabVariant: Hashable, Sendable {
  /// What can differ.
  package enum Aspect: String, CaseIterable, Hashable, Sendable {
    case strategy
    case intensity
    case period
    case restart
  }

  /// Another strategy; nil leaves it.
  package var strategy: SupervisionStrategy?
  /// Another number of restarts.
  package var restarts: Int?
  /// Another period, in seconds.
  package var seconds: Int?
  /// Another restart type of all children.
  package var restart: ChildRestart?

  package init(
    strategy: SupervisionStrategy? = nil, restarts: Int? = nil, seconds: Int? = nil,
    restart: ChildRestart? = nil
  ) {
    self.strategy = strategy
    self.restarts = restarts
    self.seconds = seconds
    self.restart = restart
  }

  package init(_ intensity: RestartIntensity) {
    self.init(restarts: intensity.restarts, seconds: intensity.seconds)
  }

  /// What it is called, as briefly as it can be written behind `:lab`.
  package var title: String {
    var words: [String] = []
    if let strategy { words.append(strategy.rawValue) }
    switch (restarts, seconds) {
    case (let restarts?, let seconds?): words.append("\(restarts)/\(seconds)")
    case (let restarts?, nil): words.append("intensity \(restarts)")
    case (nil, let seconds?): words.append("period \(seconds)")
    case (nil, nil): break
    }
    if let restart { words.append(restart.rawValue) }
    return words.joined(separator: ",")
  }

  /// Whether a supervisor with `flags` is the same under it.
  func changesNothing(of flags: SupervisorFlags) -> Bool {
    restart == nil && (strategy ?? flags.strategy) == flags.strategy
      && (restarts ?? flags.intensity.restarts) == flags.intensity.restarts
      && (seconds ?? flags.intensity.seconds) == flags.intensity.seconds
  }

  /// What differs.
  package var aspects: Set<Aspect> {
    var aspects: Set<Aspect> = []
    if strategy != nil { aspects.insert(.strategy) }
    if restarts != nil { aspects.insert(.intensity) }
    if restarts == nil, seconds != nil { aspects.insert(.period) }
    if restart != nil { aspects.insert(.restart) }
    return aspects
  }
}

// MARK: - Reading

extension LabVariant {
  /// Reads `strategy=one_for_all`, or several changes of one copy with commas between them.
  init(_ text: some StringProtocol) throws(Refusal) {
    self.init()
    for change in text.split(separator: ",") {
      let parts = change.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let aspect = Aspect(rawValue: String(parts[0])) else {
        throw Refusal(
          "'\(change)' is not a variant: write strategy=one_for_all, intensity=3/5, period=10 or "
            + "restart=transient")
      }
      try set(aspect, String(parts[1]))
    }
  }

  private mutating func set(_ aspect: Aspect, _ text: String) throws(Refusal) {
    switch aspect {
    case .strategy: strategy = try SupervisorFlags().withStrategy(typed: text).strategy
    case .intensity:
      if let number = Int(text), (0...1_000_000).contains(number) {
        restarts = number
      } else {
        let intensity = try SupervisorFlags().withIntensity(typed: text).intensity
        restarts = intensity.restarts
        seconds = intensity.seconds
      }
    case .period:
      guard let number = Int(text), (1...1_000_000).contains(number) else {
        throw Refusal("'\(text)' is not a period: write seconds from 1 to a million")
      }
      seconds = number
    case .restart:
      guard let type = ChildRestart(rawValue: text) else {
        let names = ChildRestart.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal("there is no restart type '\(text)': \(names)")
      }
      restart = type
    }
  }
}

// MARK: - Asking

extension LabVariant {
  /// What makes a copy this variant.
  func requests(_ node: TreeNode, _ pid: PID, in tree: ProcessTree) -> [ControlRequest] {
    var flags = node.supervision?.flags ?? SupervisorFlags()
    flags.strategy = strategy ?? flags.strategy
    flags.intensity.restarts = restarts ?? flags.intensity.restarts
    flags.intensity.seconds = seconds ?? flags.intensity.seconds
    let request = ControlRequest.supervisor(pid, .changeFlags(flags))
    guard let restart else { return [request] }
    let children = node.children.filter { tree.contains($0) }.compactMap { tree[$0].description }
    // A template's change is that of all its children.
    let isTemplate = flags.strategy == .simpleOneForOne
    return [request]
      + children.prefix(isTemplate ? 1 : children.count).map { child in
        .child(
          of: pid, child.id, .change(ChildSettings(restart: restart, shutdown: child.shutdown)))
      }
  }
}

import BubbleEvents
import BubbleTree

/// What the rows do that change a supervisor's flags.
enum SupervisorActions {
  /// What a running supervisor can be changed to; simple_one_for_one needs a table of its own.
  static let strategies: [SupervisionStrategy] = [.oneForOne, .restForOne, .oneForAll]
  static let intensities = ["1 in 5", "0 in 1", "3 in 5", "5 in 10", "10 in 60", "50 in 5"]

  @Sendable static func strategy(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let supervisor = try model.selectedSupervisor()
    let flags = supervisor.facts.flags
    guard flags.strategy != .simpleOneForOne else {
      throw Refusal("\(supervisor.node.name) is simple_one_for_one, which cannot be changed")
    }
    guard input.text.isEmpty else {
      return try change(&model, supervisor.pid, strategyFlags(input.text, flags))
    }
    model.overlay = .prompt(
      Prompt(
        kind: .strategy(supervisor: supervisor.pid, flags: flags),
        title: "strategy of \(supervisor.node.name)", choices: strategies.map(\.rawValue),
        highlighted: strategies.firstIndex(of: flags.strategy) ?? 0))
    return []
  }

  @Sendable static func intensity(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let supervisor = try model.selectedSupervisor()
    let flags = supervisor.facts.flags
    guard input.text.isEmpty else {
      return try change(&model, supervisor.pid, intensityFlags(input.text, flags))
    }
    let now = "\(flags.intensity.restarts) in \(flags.intensity.seconds)"
    model.overlay = .prompt(
      Prompt(
        kind: .intensity(supervisor: supervisor.pid, flags: flags),
        title: "restarts of \(supervisor.node.name)",
        choices: [now] + intensities.filter { $0 != now }, highlighted: 0))
    return []
  }

  /// Asks for other flags, and shows the deed again that was shown under the old ones.
  static func change(
    _ model: inout ConsoleModel, _ supervisor: PID, _ flags: SupervisorFlags
  ) -> [ConsoleCommand] {
    let request = ConsoleCommand.request(.supervisor(supervisor, .changeFlags(flags)))
    guard let preview = model.preview else { return [request] }
    return [request] + model.beginPreview(of: preview.deed, to: preview.target)
  }

  static func strategyFlags(
    _ text: String, _ flags: SupervisorFlags
  ) throws(Refusal) -> SupervisorFlags {
    guard let strategy = strategies.first(where: { $0.rawValue == text }) else {
      let names = strategies.map(\.rawValue).joined(separator: ", ")
      throw Refusal("there is no strategy '\(text)': \(names)")
    }
    var flags = flags
    flags.strategy = strategy
    return flags
  }

  /// Reads `3 in 5`, `3/5` or `3 5`.
  static func intensityFlags(
    _ text: String, _ flags: SupervisorFlags
  ) throws(Refusal) -> SupervisorFlags {
    let words = text.split { " /".contains($0) }.filter { $0 != "in" && $0 != "s" }
    let numbers = words.compactMap { Int($0) }
    guard words.count == 2, numbers.count == 2 else {
      throw Refusal("'\(text)' is no intensity: write 3 in 5 for 3 restarts in 5 seconds")
    }
    guard (0...1_000_000).contains(numbers[0]), (1...1_000_000).contains(numbers[1]) else {
      throw Refusal("restarts go from 0 and seconds from 1 to a million, not \(text)")
    }
    var flags = flags
    flags.intensity = RestartIntensity(numbers[0], in: numbers[1])
    return flags
  }
}

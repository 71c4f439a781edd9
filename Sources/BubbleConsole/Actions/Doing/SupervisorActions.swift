import BubbleEvents
import BubbleTree

/// What the rows do that change a supervisor's flags.
enum SupervisorActions {
  static let intensities = [
    "1 in 5 s", "0 in 1 s", "3 in 5 s", "5 in 10 s", "10 in 60 s", "50 in 5 s",
  ]

  @Sendable static func strategy(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let supervisor = try model.selectedSupervisor()
    let flags = supervisor.facts.flags
    guard flags.strategy != .simpleOneForOne else {
      throw Refusal("\(supervisor.node.name) is simple_one_for_one, which cannot be changed")
    }
    guard input.text.isEmpty else {
      let flags = try flags.withStrategy(typed: input.text)
      return change(&model, supervisor.pid, flags, by: input.asker)
    }
    model.overlay = .prompt(
      Prompt(
        kind: .strategy(supervisor: supervisor.pid, flags: flags), asker: input.asker,
        title: "strategy of \(supervisor.node.name)",
        choices: SupervisionStrategy.changeable.map(\.rawValue),
        highlighted: SupervisionStrategy.changeable.firstIndex(of: flags.strategy) ?? 0))
    return []
  }

  @Sendable static func intensity(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let supervisor = try model.selectedSupervisor()
    let flags = supervisor.facts.flags
    guard input.text.isEmpty else {
      let flags = try flags.withIntensity(typed: input.text)
      return change(&model, supervisor.pid, flags, by: input.asker)
    }
    let now = flags.intensity.description
    model.overlay = .prompt(
      Prompt(
        kind: .intensity(supervisor: supervisor.pid, flags: flags), asker: input.asker,
        title: "restarts of \(supervisor.node.name)",
        choices: [now] + intensities.filter { $0 != now }, highlighted: 0))
    return []
  }

  /// Asks for other flags, and shows the action again that was shown under the old ones.
  static func change(
    _ model: inout ConsoleModel, _ supervisor: PID, _ flags: SupervisorFlags, by asker: Asker
  ) -> [ConsoleCommand] {
    let request = ConsoleCommand.request(.supervisor(supervisor, .changeFlags(flags)), by: asker)
    guard let preview = model.preview else { return [request] }
    return [request] + model.beginPreview(of: preview.action, to: preview.target, by: preview.asker)
  }
}

import BubbleCells

/// What the rows do that answer a question.
enum PromptActions {
  @Sendable static func answer(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard case .prompt(var prompt) = model.overlay else { return [] }
    do throws(Refusal) {
      let commands = try take(prompt, &model)
      model.overlay = nil
      return commands
    } catch {
      prompt.objection = error.reason
      model.overlay = .prompt(prompt)
      return []
    }
  }

  private static func take(
    _ prompt: Prompt, _ model: inout ConsoleModel
  ) throws(Refusal) -> [ConsoleCommand] {
    switch prompt.kind {
    case .reason:
      return try ProcessActions.begin(
        ExitReasonChoices.action(prompt.answer), &model, by: prompt.asker)
    case .strategy(let supervisor, let flags):
      let flags = try flags.withStrategy(typed: prompt.answer)
      return SupervisorActions.change(&model, supervisor, flags, by: prompt.asker)
    case .intensity(let supervisor, let flags):
      let flags = try flags.withIntensity(typed: prompt.answer)
      return SupervisorActions.change(&model, supervisor, flags, by: prompt.asker)
    case .cable(let node):
      return try ClusterActions.answer(node, prompt.answer, &model, by: prompt.asker)
    }
  }

  /// Goes to the next answer, or to the one before.
  static func choose(_ course: Course, in model: inout ConsoleModel) {
    guard case .prompt(var prompt) = model.overlay else { return }
    prompt.highlighted = course.neighbour(of: prompt.highlighted, in: prompt.choices.count)
    prompt.text = ""
    prompt.objection = nil
    model.overlay = .prompt(prompt)
  }
}

import BubbleCells
import BubbleScripts

/// What the rows do that present a script.
enum ScriptActions {
  @Sendable static func next(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.script != nil else {
      throw Refusal("this scenario has no script to present")
    }
    return [.nextCue]
  }

  /// The answer that the letter stands for.
  @Sendable static func chooseAnswer(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard case .key(.character(let letter)) = input else { return [] }
    let letters = ScriptStatus.letters.prefix(model.script?.question?.answers.count ?? 0)
    guard let choice = letters.firstIndex(of: letter) else {
      throw Refusal("there is no answer \(letter.uppercased())")
    }
    return [.answerCue(letters.distance(from: letters.startIndex, to: choice))]
  }

  @Sendable static func save(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard !input.text.isEmpty else { throw Refusal("a file name is missing, such as mine.yaml") }
    return [.saveScript(name: input.text)]
  }

  @Sendable static func previous(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] { [.previousCue] }

  @Sendable static func leave(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] { [.leaveScript] }

  /// Big bubbles: no header and no panel, or both again.
  @Sendable static func present(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.isPresenting.toggle()
    model.isPanelOpen = false
    model.focus = .view
    return []
  }

  /// Shows the keys that are pressed, or no longer.
  @Sendable static func showKeys(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.showsKeys.toggle()
    model.notice = model.showsKeys ? "keys are shown as they are pressed" : "keys are not shown"
    return []
  }
}

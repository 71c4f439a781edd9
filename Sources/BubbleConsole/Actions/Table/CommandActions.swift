import BubbleText
import BubbleCells

/// What the rows do that look for a row by the word of its command.
enum CommandActions {
  @Sendable static func execute(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let line = model.typed.trimmed
    model.overlay = nil
    guard !line.isEmpty else { return [] }
    model.remember(line)
    let word = line.prefix { $0 != " " }
    guard let action = ActionTable.action(command: word) else {
      throw Refusal("there is no command '\(word)'; tab after : shows them all")
    }
    let rest = String(line.dropFirst(word.count)).trimmed
    guard rest.isEmpty || !action.argument.isEmpty else {
      throw Refusal("'\(word)' takes nothing behind it, not '\(rest)'")
    }
    guard !model.isLabShown || action.isForLab else {
      throw Refusal("'\(word)' is about the machine itself: leave the lab with esc first")
    }
    return try model.run(action, .command(String(word), argument: rest))
  }

  @Sendable static func complete(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let candidates = model.completions()
    guard let first = candidates.first else { throw Refusal("nothing begins with that") }
    let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    model.type { $0 = candidates.count == 1 ? common + " " : common }
    if candidates.count > 1 {
      model.notice = candidates.map { $0.split(separator: " ").last ?? "" }.joined(separator: "  ")
    }
    return []
  }
}

extension ConsoleModel {
  /// The lines that the command line may be completed to.
  func completions() -> [String] {
    let line = typed
    guard let blank = line.firstIndex(of: " ") else {
      return ActionTable.commands.filter { $0.hasPrefix(line) }
    }
    let word = line[..<blank]
    return (ActionTable.action(command: word)?.choices(self) ?? []).map { "\(word) \($0)" }
      .filter { $0.hasPrefix(line) }
  }
}

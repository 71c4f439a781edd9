import BubbleCells

/// What the rows do that edit a line of text.
enum TextActions {
  @Sendable static func keepFilter(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = nil
    return []
  }

  @Sendable static func dropFilter(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = nil
    model.filter.text = ""
    return []
  }

  @Sendable static func dismiss(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = nil
    return []
  }

  @Sendable static func erase(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    // Erasing what is not there leaves the line, as in other programs.
    if model.typed.isEmpty { model.overlay = nil }
    model.type { _ = $0.popLast() }
    return []
  }

  @Sendable static func eraseWord(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.type { text in
      while text.last == " " { text.removeLast() }
      while let last = text.last, last != " " { text.removeLast() }
    }
    return []
  }

  @Sendable static func eraseAll(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.type { $0 = "" }
    return []
  }

  /// Goes to an earlier command, or to a later one.
  static func recall(_ course: Course, in model: inout ConsoleModel) {
    guard case .command(var line) = model.overlay else { return }
    let count = model.commandHistory.count
    let now = line.historyIndex ?? count
    let next = now + course.step
    guard (0...count).contains(next) else { return }
    if now == count { line.draft = line.text }
    line.text = next == count ? line.draft : model.commandHistory[next]
    line.historyIndex = next == count ? nil : next
    model.overlay = .command(line)
  }
}

extension ConsoleModel {
  /// Commands remembered.
  private static let historyCapacity = 100

  mutating func remember(_ line: String) {
    commandHistory.removeAll { $0 == line }
    commandHistory.append(line)
    commandHistory.removeFirst(max(0, commandHistory.count - Self.historyCapacity))
  }

  /// The text that is being typed.
  var typed: String {
    switch overlay {
    case .filter: filter.text
    case .command(let line): line.text
    case .prompt(let prompt): prompt.text
    case .form(let form): form.text
    case .help, nil: ""
    }
  }

  /// Changes the text that is being typed.
  mutating func type(_ change: (inout String) -> Void) {
    switch overlay {
    case .filter:
      change(&filter.text)
    case .command(var line):
      change(&line.text)
      line.historyIndex = nil
      overlay = .command(line)
    case .prompt(var prompt):
      change(&prompt.text)
      prompt.objection = nil
      overlay = .prompt(prompt)
    case .form(var form):
      change(&form.text)
      form.objection = nil
      overlay = .form(form)
    case .help, nil:
      break
    }
  }
}

extension String {
  func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

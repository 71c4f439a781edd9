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
    model.filter = Filter()
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

  // MARK: - The command line

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
    return try model.run(action, .argument(rest))
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
  /// The text without blanks at its ends.
  var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

package import BubbleCells

/// The one table of actions.
///
/// Keys, commands, the help screen, the key bar and docs/KEYS.md all come from these rows; there is
/// no other place where a key means something.
package enum ActionTable {
  package static let all: [Action] =
    moving + acting + timing + looking + scripting + comparing + editing + previewing + answering

  /// The row that `key` chooses.
  package static func action(
    for key: Key, in context: KeyContext, view: ViewKind
  ) -> Action? {
    all.first { $0.keys.contains(key) && $0.applies(in: context, view: view) }
  }

  /// What `key`, which no row takes here, would do in another view; nil if it does nothing in any.
  static func elsewhere(_ key: Key, in context: KeyContext) -> String? {
    let row = all.first { $0.keys.contains(key) && $0.contexts.contains(context) }
    guard let row, let views = row.views else { return nil }
    let names = ViewKind.allCases.filter(views.contains).map(\.name)
    let others = names.dropLast().joined(separator: ", ")
    let all = others.isEmpty ? names.last ?? "" : "\(others) and \(names.last ?? "")"
    return "in \(all): \(row.help)"
  }

  /// The row of the command called `word`.
  package static func action(command word: some StringProtocol) -> Action? {
    all.first { action in action.command.map { $0 == word } ?? false }
  }

  /// The words of all commands, in the order of the alphabet.
  package static let commands: [String] = all.compactMap(\.command).sorted()
}

extension Set<KeyContext> {
  /// Wherever the machine is looked at.
  static let browsing: Set<KeyContext> = [.browse, .panel, .running, .past, .ended]
  /// Wherever letters are no text.
  static let lettered: Set<KeyContext> = [
    .browse, .panel, .running, .past, .script, .question, .ended, .preview, .lab, .help, .small,
  ]
  /// Wherever letters are no text and the help screen is not open.
  static let acting: Set<KeyContext> = [
    .browse, .panel, .running, .past, .script, .question, .ended, .preview,
  ]
  /// Wherever a script has the keys.
  static let scripted: Set<KeyContext> = [.script, .question]
  static let typing: Set<KeyContext> = [.filter, .command, .prompt, .form]
  /// Wherever the machine is looked at, or copies of it.
  static let watching: Set<KeyContext> = browsing.union([.lab])
}

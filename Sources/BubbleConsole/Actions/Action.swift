package import BubbleCells

/// One row of the table of actions: what a key or a command does, and all that is said about it.
package struct Action: Sendable {
  /// The column of the help screen.
  package enum Group: String, CaseIterable, Hashable, Sendable {
    case move
    case act
    case time
  }

  /// How an action is done; refuses with the reason why it cannot be done now.
  package typealias Run =
    @Sendable (inout ConsoleModel, ActionInput) throws(Refusal) -> [ConsoleCommand]

  package var id: String
  /// The keys that do it; several mean the same, or tell its variants apart.
  package var keys: [Key]
  /// How the keys are shown.
  package var shown: String
  /// The word behind `:`; nil when there is none.
  package var command: String?
  /// What the command takes, such as `[NAME]`.
  package var argument: String
  /// What it does, in a few words.
  package var help: String
  /// The same in the 21 letters that a column of the help screen has.
  package var brief: String
  /// The help screen's column; nil keeps it off that screen.
  package var group: Group?
  package var contexts: Set<KeyContext>
  /// The views in which it means something; nil for all.
  package var views: Set<ViewKind>?
  /// The verb in the key bar.
  package var word: String
  /// The verb while it depends on what is going on.
  package var wordNow: (@Sendable (ConsoleModel) -> String)?
  /// What the subject must be able to do for it, whichever way it was set off.
  package var needs: Set<Capability>
  /// What it must be able to do besides for one of the keys.
  package var keyNeeds: [Key: Set<Capability>]
  /// Whether its command means something while copies are compared.
  package var isForLab: Bool
  /// Its place in the key bar of a context, lowest first; without a place it is not there.
  package var places: [KeyContext: Int]
  /// What the command's argument may be completed to.
  package var choices: @Sendable (ConsoleModel) -> [String]
  package var run: Run

  package init(
    _ id: String, keys: [Key] = [], shown: String = "", command: String? = nil,
    argument: String = "", help: String, brief: String = "", group: Group? = nil,
    in contexts: Set<KeyContext> = [],
    views: Set<ViewKind>? = nil, needs: Set<Capability> = [],
    keyNeeds: [Key: Set<Capability>] = [:], isForLab: Bool = false, word: String = "",
    places: [KeyContext: Int] = [:],
    wordNow: (@Sendable (ConsoleModel) -> String)? = nil,
    choices: @escaping @Sendable (ConsoleModel) -> [String] = { _ in [] }, run: @escaping Run
  ) {
    self.id = id
    self.keys = keys
    self.shown = shown.isEmpty ? keys.map(\.shown).joined(separator: " ") : shown
    self.command = command
    self.argument = argument
    self.help = help
    self.brief = brief.isEmpty ? help : brief
    self.group = group
    self.contexts = contexts
    self.views = views
    self.needs = needs
    self.keyNeeds = keyNeeds
    self.isForLab = isForLab || contexts.contains(.lab)
    self.word = word
    self.places = places
    self.wordNow = wordNow
    self.choices = choices
    self.run = run
  }

  /// What the subject must be able to do for it when it is set off in that way.
  package func needs(for input: ActionInput) -> Set<Capability> {
    switch input {
    case .key(let key): needs.union(keyNeeds[key] ?? [])
    case .command: needs
    }
  }

  /// Whether some key of it does something with a subject that can do that.
  func hasKey(for capabilities: Capabilities) -> Bool {
    keys.contains { capabilities.objection(to: needs(for: .key($0))) == nil }
  }

  package func applies(in context: KeyContext, view: ViewKind) -> Bool {
    contexts.contains(context) && views?.contains(view) != false
  }
}

package import BubbleScripts

/// Where in its script the screen is.
package struct ScriptStatus: Hashable, Sendable {
  /// The step that is on, 1 for the first; nil before that.
  package var number: Int?
  /// How many steps there are.
  package var count: Int
  /// What is said; text from outside.
  package var caption: String?
  /// What is asked, until the answer is shown.
  package var question: Script.Question?
  /// Whether something has still to happen before the step is over.
  package var isWaiting = false

  package init(count: Int) { self.count = count }

  /// Whether the script has the keys.
  package var isOn: Bool { number != nil }
}

extension ConsoleModel {
  /// Shows another view, as its key does.
  mutating func show(_ kind: ViewKind) {
    if kind != view { isPanelOpen = false }
    view = kind
    focus = .view
  }
}

package import BubbleScripts
import BubbleTree

/// Where in its script the screen is.
package struct ScriptStatus: Hashable, Sendable {
  /// The step that is on, 1 for the first; nil before that.
  package var number: Int?
  /// How many steps there are.
  package var count: Int
  /// Whether any of them has a question.
  package var asks = false
  /// What is said once nothing is asked any more; text from outside.
  package var caption: String?
  /// The question of the step.
  package var question: Script.Question?
  /// Whether the question waits for its answer.
  package var isAsking = false
  /// The number of the answer that somebody chose, from 0.
  package var chosen: Int?
  /// Whether something has still to happen before the step is over.
  package var isWaiting = false
  /// Whether something else is done, and the script waits for that.
  package var isAside = false

  package init(count: Int) { self.count = count }

  /// Whether the script has the keys.
  package var isOn: Bool { number != nil && !isAside }
}

extension ConsoleModel {
  /// Whether what a script says stands above the keys.
  package var showsCaption: Bool { script?.isOn == true && !isLabShown }

  /// Whether the machine stands since the script waits for whoever presents it.
  var isHeldByScript: Bool {
    showsCaption && script?.isWaiting == false && capabilities.contains(.setsSpeed)
  }

  /// Takes in where a script is; one that begins, or is come back to, takes the keys.
  mutating func take(_ status: ScriptStatus) {
    if status.isOn, script?.isOn != true { focus = .view }
    script = status
  }

  /// Shows what a step of a script is about.
  mutating func show(_ view: ViewKind?, selecting slot: SlotID?) {
    if let view { show(view) }
    guard let slot else { return }
    select(slot)
    log.follow()
  }

  /// Shows another view, as its key does.
  mutating func show(_ kind: ViewKind) {
    if kind != view { isPanelOpen = false }
    view = kind
    focus = .view
  }
}

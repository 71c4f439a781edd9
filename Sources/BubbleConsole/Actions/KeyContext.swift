import BubbleEvents
import BubbleTree

/// Who has the keys: it decides which rows of the table of actions apply.
package enum KeyContext: String, CaseIterable, Hashable, Sendable {
  case browse
  case panel
  case preview
  case running
  case past
  case script
  case question
  case ended
  case lab
  case filter
  case command
  case prompt
  case form
  case help
  case small

  /// The name in docs/KEYS.md.
  package var title: String {
    switch self {
    case .browse: "Looking at the machine"
    case .panel: "In the panel"
    case .preview: "While a kill is only shown"
    case .running: "While a kill runs"
    case .past: "In the past"
    case .script: "While a script is presented"
    case .question: "While a script asks something"
    case .ended: "When no process is alive"
    case .lab: "In the lab"
    case .filter: "While typing the filter"
    case .command: "On the command line"
    case .prompt: "Answering a question"
    case .form: "In the form"
    case .help: "On the help screen"
    case .small: "In a terminal that is too small"
    }
  }

  /// Whether plain characters are text here.
  package var takesText: Bool {
    switch self {
    case .filter, .command, .prompt, .form: true
    case .browse, .panel, .preview, .running, .past, .script, .question, .ended, .lab, .help,
      .small:
      false
    }
  }
}

extension ConsoleModel {
  package var keyContext: KeyContext {
    if Regions.isTooSmall(size) { return .small }
    switch overlay {
    case .filter: return .filter
    case .command: return .command
    case .prompt: return .prompt
    case .form: return .form
    case .help: return .help
    case nil: break
    }
    if isLabShown { return .lab }
    if let script, script.isOn, focus == .view, !isPreviewingByHand {
      return script.isAsking ? .question : .script
    }
    switch mode {
    case .preview: return .preview
    case .browse where travel.isPast && focus == .view: return .past
    case .running where travel.isPast && focus == .view: return .past
    case .running: return focus == .panel ? .panel : .running
    case .browse where focus == .panel: return .panel
    case .browse: return tree.isOver ? .ended : .browse
    }
  }

  /// Whether what is shown before it is done was asked for by a key, beside a script.
  private var isPreviewingByHand: Bool { preview.map { $0.asker != .script } ?? false }
}

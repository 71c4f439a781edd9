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

  /// The word for it in docs/KEYS.md.
  package var shortTitle: String {
    switch self {
    case .browse: "view"
    case .panel: "panel"
    case .preview: "preview"
    case .running: "running kill"
    case .past: "past"
    case .script: "script"
    case .question: "question"
    case .ended: "end"
    case .lab: "lab"
    case .filter: "filter"
    case .command: "command line"
    case .prompt: "prompt"
    case .form: "form"
    case .help: "help"
    case .small: "small terminal"
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

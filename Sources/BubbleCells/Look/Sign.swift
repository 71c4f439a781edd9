/// A sign that means something, in Unicode and in ASCII.
///
/// None has an emoji form and all take one cell, so no terminal draws them wide or in colour.
package enum Sign: CaseIterable, Hashable, Sendable {
  // States.
  case running
  case starting
  case stopping
  case stopped
  case crashed
  case restarting
  case gaveUp
  case suspended

  /// Whoever leads, or holds a global name.
  case crown

  // Answers.
  case right
  case wrong

  // Selection and the header.
  case selectionLeft
  case selectionRight
  case activeViewLeft
  case activeViewRight
  case playing
  case paused
  case cursor

  // Budget and bars.
  case budgetCounted
  case budgetExpiring
  case budgetSpare
  case barFull
  case barHalf

  // The line of time.
  case timePast
  case timeToCome
  case timeHere

  // In sentences.
  case ellipsis
  case separator
  case toCome
  case cause
  case leadsTo
  case escalates
  case user
  case folded
  case unfolded
  case enter
  case arrowsVertical
  case arrowsHorizontal
  case arrowsAll

  // Lists that show a tree.
  case branch
  case lastBranch
  case trunk

  package var glyphs: String {
    switch self {
    case .running, .timeHere: "●"
    case .starting: "◌"
    case .stopping: "◍"
    case .stopped: "○"
    case .crashed, .wrong: "✗"
    case .crown: "♛"
    case .right: "✓"
    case .restarting: "↻"
    case .gaveUp: "■"
    case .suspended, .paused: "‖"
    case .selectionLeft, .playing: "►"
    case .selectionRight: "◄"
    case .activeViewLeft: "▐"
    case .activeViewRight, .budgetCounted: "▌"
    case .cursor: "▏"
    case .budgetExpiring: "▖"
    case .budgetSpare, .separator, .toCome: "·"
    case .barFull, .timePast: "━"
    case .timeToCome: "╌"
    case .barHalf: "╸"
    case .ellipsis: "…"
    case .cause: "←"
    case .leadsTo: "→"
    case .escalates: "↑"
    case .user: "»"
    case .folded: "▸"
    case .unfolded: "▾"
    case .enter: "↵"
    case .arrowsVertical: "↑↓"
    case .arrowsHorizontal: "←→"
    case .arrowsAll: "↑↓←→"
    case .branch: "├"
    case .lastBranch: "└"
    case .trunk: "│"
    }
  }

  package var ascii: String {
    switch self {
    case .running: "*"
    case .starting: "+"
    case .stopping: "-"
    case .stopped: "o"
    case .crashed, .wrong: "X"
    case .right: "+"
    case .restarting: "@"
    case .gaveUp: "#"
    case .crown: "&"
    case .suspended, .paused: "="
    case .selectionLeft, .playing, .user, .folded: ">"
    case .selectionRight: "<"
    case .activeViewLeft: "["
    case .activeViewRight: "]"
    case .budgetCounted, .trunk, .branch: "|"
    case .cursor: "_"
    case .budgetExpiring: ","
    case .budgetSpare, .separator, .toCome, .ellipsis: "."
    case .barFull, .timePast: "="
    case .barHalf, .timeToCome: "-"
    case .timeHere: "O"
    case .cause: "<-"
    case .leadsTo: "->"
    case .escalates: "^"
    case .unfolded: "v"
    case .enter: "Enter"
    case .arrowsVertical: "up/down"
    case .arrowsHorizontal: "left/right"
    case .arrowsAll: "arrows"
    case .lastBranch: "`"
    }
  }
}

/// What a cell is there for.
///
/// Themes turn roles into colours; no view names a colour.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
  // Text and frames.
  case text
  case dim
  case title
  case frame
  case key
  case scenario
  /// The reversed name; the half blocks at its sides take `title`, so that they join it.
  case activeView
  case tableHeader
  case selectedRow
  case match
  case past
  case caption
  case answerLetter
  case rightAnswer
  case wrongAnswer
  case keyCap
  case warning

  // Names.
  case supervisorName
  case strategy
  case processName

  // Rings and what is in them.
  case supervisorRingEven
  case supervisorRingOdd
  case workerRing
  case glint
  case liquid
  case busy
  case sparkline

  // States: words, signs and rings.
  case running
  case starting
  case stopping
  case stopped
  case crashed
  case restarting
  /// For the word and the sign only, since it is reversed; the cracked ring takes `crashed`.
  case gaveUp
  case suspended
  /// What is left of a process that stopped, dim, and of one that crashed.
  case ghost
  case crashedGhost
  /// The pieces of a burst.
  case fragment

  // Preview.
  case target
  case planned
  /// The ring of a process that will stop, stronger than one that is stopping.
  case plannedRing
  case untouched

  // Selection.
  case selectionRing
  case selectionName
  case selectionArrow

  // Restart budget.
  case budgetCounted
  case budgetSpare

  /// The ring of a supervisor by its depth in the tree.
  package static func supervisorRing(depth: Int) -> Role {
    depth.isMultiple(of: 2) ? .supervisorRingEven : .supervisorRingOdd
  }

  /// Who gives a cell its colour where dots of several roles meet: the highest.
  package var precedence: Int {
    switch self {
    case .selectionRing, .selectionName, .selectionArrow: 9
    case .target, .crashed: 8
    case .stopping, .starting, .planned, .plannedRing, .restarting, .busy: 7
    case .workerRing, .glint, .running: 6
    case .ghost, .crashedGhost, .stopped, .suspended, .untouched: 5
    case .liquid: 4
    case .supervisorRingEven, .supervisorRingOdd: 3
    case .fragment: 1
    case .text, .dim, .title, .frame, .key, .scenario, .activeView, .tableHeader, .selectedRow,
      .match, .past, .caption, .answerLetter, .rightAnswer, .wrongAnswer, .keyCap, .warning,
      .supervisorName, .strategy, .processName,
      .sparkline, .gaveUp, .budgetCounted, .budgetSpare:
      2
    }
  }

  /// The letter that stands for the role in a snapshot.
  var letter: Character {
    switch self {
    case .text: "."
    case .dim: "d"
    case .title: "T"
    case .frame: "f"
    case .key: "k"
    case .scenario: "C"
    case .activeView: "V"
    case .tableHeader: "H"
    case .selectedRow: "Q"
    case .match: "m"
    case .past: "p"
    case .caption: "c"
    case .answerLetter: "?"
    case .rightAnswer: "Y"
    case .wrongAnswer: "Z"
    case .keyCap: "K"
    case .warning: "W"
    case .supervisorName: "S"
    case .strategy: "g"
    case .processName: "N"
    case .supervisorRingEven: "e"
    case .supervisorRingOdd: "o"
    case .workerRing: "w"
    case .glint: "'"
    case .liquid: "l"
    case .busy: "B"
    case .sparkline: "~"
    case .running: "R"
    case .starting: "+"
    case .stopping: "-"
    case .stopped: "0"
    case .crashed: "X"
    case .restarting: "@"
    case .gaveUp: "#"
    case .suspended: "="
    case .ghost: "h"
    case .crashedGhost: "x"
    case .fragment: "*"
    case .target: "!"
    case .planned: "1"
    case .plannedRing: "2"
    case .untouched: "u"
    case .selectionRing: "O"
    case .selectionName: "s"
    case .selectionArrow: ">"
    case .budgetCounted: "b"
    case .budgetSpare: "_"
    }
  }
}

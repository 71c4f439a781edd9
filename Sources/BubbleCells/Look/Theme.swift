/// Which colours the roles have.
///
/// Dark and light never use 0, 7, 8 or 15, since one of them is the background somewhere, nor 4
/// on dark. Dim is the attribute and never the only sign.
package enum Theme: String, CaseIterable, Hashable, Sendable {
  case dark
  case light
  case contrast
  case mono

  /// The background it asks for, nil for the terminal's own.
  package var background: Int? {
    switch self {
    case .dark, .light, .mono: nil
    case .contrast: 0
    }
  }

  package func style(of role: Role) -> Style {
    let row = Self.row(of: role)
    let notation =
      switch self {
      case .dark: row.dark
      case .light: row.light
      case .contrast: row.contrast
      case .mono: row.mono
      }
    return Style(notation, background: background)
  }

  /// The theme to use: what the user asked for, else without colour when `NO_COLOR` is set, else
  /// what suits the background as far as the terminal tells it in `COLORFGBG`.
  package static func choice(
    asked: Theme?, environment: (String) -> String?
  ) -> Theme {
    if let asked { return asked }
    if let value = environment("NO_COLOR"), !value.isEmpty { return .mono }
    guard let colours = environment("COLORFGBG"),
      let background = colours.split(separator: ";").last.flatMap({ Int($0) })
    else { return .dark }
    return background == 7 || (9...15).contains(background) ? .light : .dark
  }

  private typealias Row = (
    dark: StaticString, light: StaticString, contrast: StaticString, mono: StaticString
  )

  /// One row a role; `–` is the default colour, b bold, d dim, r reversed, u underlined.
  private static func row(of role: Role) -> Row {
    switch role {
    case .text: ("–", "–", "15", "–")
    case .dim, .frame: ("–d", "–d", "15", "–d")
    case .title: ("–b", "–b", "15b", "–b")
    case .key, .scenario: ("6b", "4b", "14b", "b")
    case .activeView, .selectedRow: ("–br", "–br", "15br", "br")
    case .tableHeader: ("–bu", "–bu", "15bu", "bu")
    case .match: ("3bu", "5bu", "11bu", "bu")
    case .past: ("5br", "5br", "13br", "br")
    case .caption: ("–br", "–br", "15br", "br")
    case .answerLetter: ("3br", "5br", "11br", "b")
    case .rightAnswer: ("2br", "2br", "10br", "bru")
    case .wrongAnswer: ("1br", "1br", "9br", "r")
    case .keyCap: ("3br", "4br", "11br", "b")
    case .warning, .busy: ("3b", "3b", "11b", "b")
    case .supervisorName: ("6b", "6b", "14b", "b")
    case .strategy: ("5", "5", "14b", "–")
    case .processName: ("–b", "–b", "15b", "b")
    // Workers are what one sees first; the vessels around them step back.
    case .supervisorRingEven: ("12d", "12d", "15", "d")
    case .supervisorRingOdd: ("6d", "4d", "14", "d")
    case .workerRing: ("2b", "2b", "15", "b")
    case .glint: ("2b", "2", "15", "–")
    case .liquid: ("12", "4", "14", "–")
    case .sparkline: ("6", "6", "14", "–")
    case .running: ("2", "2", "10", "–")
    case .starting: ("2b", "2b", "10b", "b")
    case .stopping, .planned: ("3", "3", "11", "–")
    case .plannedRing: ("3b", "3b", "11b", "b")
    case .stopped, .suspended, .ghost, .untouched: ("–d", "–d", "15", "d")
    case .crashed, .target: ("1b", "1b", "9b", "b")
    case .crashedGhost: ("1d", "1d", "9", "d")
    case .fragment: ("1b", "1b", "9b", "b")
    case .restarting: ("6b", "6b", "14b", "b")
    case .gaveUp: ("1br", "1br", "9br", "br")
    case .selectionRing, .selectionArrow: ("3b", "5b", "11b", "b")
    case .selectionName: ("–br", "–br", "15br", "br")
    case .budgetCounted: ("3b", "1b", "11b", "b")
    case .budgetSpare: ("–d", "–d", "15", "d")
    }
  }
}

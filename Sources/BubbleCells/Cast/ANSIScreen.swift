/// What a terminal of the ANSI kind has to be sent so that it shows one picture after the other.
///
/// It remembers what was sent, so each picture costs only what differs from the one before. Text
/// from outside is in the grid already, where no control character can be.
package struct ANSIScreen: Sendable {
  private var shown: CellGrid?
  private var theme: Theme?

  package init() {}

  /// The text and escape sequences that turn the last picture into `grid`.
  ///
  /// They are empty when both are the same. Of another size or theme everything is drawn anew.
  package mutating func show(_ grid: CellGrid, theme: Theme) -> String {
    if self.theme != theme || shown?.size != grid.size { shown = nil }
    var output = shown == nil ? "\u{1B}[?25l\u{1B}[0m\(Self.ground(of: theme))\u{1B}[2J" : ""
    var role: Role?
    for run in grid.changes(from: shown) {
      output += "\u{1B}[\(run.start.row + 1);\(run.start.column + 1)H"
      for cell in run.cells where cell.width > 0 {
        if cell.role != role {
          role = cell.role
          output += theme.style(of: cell.role).ansi
        }
        cell.glyph.write(to: &output)
      }
    }
    shown = grid
    self.theme = theme
    return output
  }

  /// Clearing fills the screen with the theme's ground.
  private static func ground(of theme: Theme) -> String {
    theme.background.map { Style(background: $0).ansi } ?? ""
  }
}

extension Style {
  /// The escape sequence that turns this style on and every other one off.
  package var ansi: String {
    var codes = [0]
    if isBold { codes.append(1) }
    if isDim { codes.append(2) }
    if isUnderlined { codes.append(4) }
    if isReversed { codes.append(7) }
    if let foreground { codes.append(foreground < 8 ? 30 + foreground : 82 + foreground) }
    if let background { codes.append(background < 8 ? 40 + background : 92 + background) }
    return "\u{1B}[" + codes.map(String.init).joined(separator: ";") + "m"
  }
}

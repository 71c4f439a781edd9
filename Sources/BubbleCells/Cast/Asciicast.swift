import BubbleText

/// A recording of the screen in the format asciicast v2, which asciinema plays.
///
/// It gives lines, each with its line break; whoever holds it writes them. Time is an argument: the
/// same pictures at the same times give the same bytes.
package struct Asciicast: Sendable {
  /// The first line: the size, the title and the colours of the sixteen.
  package let header: String
  private var size: Size
  private var screen = ANSIScreen()

  /// Begins a recording of a screen of `size`.
  ///
  /// - Parameters:
  ///   - size: The first picture's size.
  ///   - title: What players show; text from outside.
  ///   - theme: The theme whose background and text colour the player takes.
  package init(size: Size, title: String, theme: Theme) {
    self.size = size
    let palette = Palette(theme)
    header = """
      {"version":2,"width":\(size.columns),"height":\(size.rows),\
      "title":\(quotedForJSON(sanitised(title))),"env":{"TERM":"xterm-256color"},\
      "theme":{"fg":"\(palette.text.css)","bg":"\(palette.background.css)",\
      "palette":"\(palette.sixteen.map(\.css).joined(separator: ":"))"}}

      """
  }

  /// Takes in what is shown at `time`.
  ///
  /// - Parameters:
  ///   - grid: The picture; of another size than the last one the player's screen is resized.
  ///   - theme: Its colours.
  ///   - marks: What happened in it; players jump from mark to mark.
  ///   - time: Since the beginning, not before the last line's time.
  /// - Returns: The lines that make a player show it; empty when it does already.
  package mutating func lines(
    showing grid: CellGrid, theme: Theme, marks: [String] = [], at time: Duration
  ) -> String {
    var lines = marks.map { Self.line(time, "m", sanitised($0)) }.joined()
    if grid.size != size {
      size = grid.size
      lines += Self.line(time, "r", "\(size.columns)x\(size.rows)")
    }
    let output = screen.show(grid, theme: theme)
    if !output.isEmpty { lines += Self.line(time, "o", output) }
    return lines
  }

  private static func line(_ time: Duration, _ code: String, _ data: String) -> String {
    let (seconds, attoseconds) = time.components
    let fraction = String(attoseconds / 1_000_000_000_000 + 1_000_000).dropFirst()
    return "[\(seconds).\(fraction),\"\(code)\",\(quotedForJSON(data))]\n"
  }
}

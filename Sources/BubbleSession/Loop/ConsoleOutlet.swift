package import BubbleCells
package import BubbleConsole
package import BubbleEvents

/// What a console that runs in a terminal does outside of it.
package protocol ConsoleOutlet {
  /// Does what the user wants, and answers with a line to show.
  mutating func fulfil(_ wish: FileRequest) -> String

  /// Learns what has happened, each event once and in order.
  mutating func happened(_ events: [Event])

  /// Learns of a picture that was shown, and what deserves a mark in it.
  ///
  /// - Parameters:
  ///   - grid: The picture.
  ///   - session: What it shows.
  ///   - marks: In their order.
  ///   - time: Since the console was opened.
  /// - Returns: What went wrong since it was asked last, a line each; it stays on the screen.
  mutating func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> [String]
}

extension ConsoleOutlet {
  /// Does not want to know it.
  package mutating func happened(_ events: [Event]) {}
}

import BubbleCells
import BubbleConsole
package import BubbleTerminal

/// How a console in a terminal was left.
package enum ConsoleEnd: Hashable, Sendable {
  /// The user left it.
  case left
  /// A signal asked the program to end; it should exit with 128 and this number.
  case signal(Int32)
}

extension Session {
  /// Runs the session in `terminal` until it is left: reads, lets time pass, draws what changed.
  ///
  /// - Parameters:
  ///   - terminal: Where to draw and read.
  ///   - save: Writes a file the user asked for, and answers with a line to show.
  /// - Returns: How it was left.
  package mutating func run(
    in terminal: Terminal, save: (_ name: String, _ text: String) -> String
  ) -> ConsoleEnd {
    let clock = ContinuousClock()
    var last = clock.now
    handle(.resize(terminal.size))
    var shown = render(model)
    terminal.present(shown)
    while true {
      let input = terminal.read(timeout: wakeAfter)
      if let signal = terminal.pendingSignal { return .signal(signal) }
      let now = clock.now
      // After a suspension or a stall the machine goes on from where it stood.
      advance(by: min(now - last, .milliseconds(500)))
      last = now
      if let input { handle(input) }
      for file in takeUnsaved() { send(.notice(save(file.name, file.text))) }
      if isOver { return .left }
      let grid = render(model)
      // A resize clears the terminal, so it is drawn even when the picture stays the same.
      if grid != shown || input != nil { terminal.present(grid) }
      shown = grid
    }
  }
}

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
  ///   - outlet: Writes the files that the user asks for, and sees all that is shown.
  /// - Returns: How it was left.
  package mutating func run(
    in terminal: Terminal, outlet: inout some ConsoleOutlet
  ) -> ConsoleEnd {
    let clock = ContinuousClock()
    let beginning = clock.now
    var last = beginning
    worksInSlices = true
    handle(.resize(terminal.size))
    var shown = show(in: terminal)
    outlet.happened(takeOutgoing().events)
    var troubles = outlet.shown(shown, of: self, marks: [], at: .zero)
    while true {
      if !troubles.isEmpty {
        // At once: nothing else may happen for a long time.
        for trouble in troubles { send(.trouble(trouble)) }
        shown = show(in: terminal)
      }
      let input = terminal.read(timeout: wakeAfter)
      if let signal = terminal.pendingSignal { return .signal(signal) }
      let now = clock.now
      // After a suspension or a stall the machine goes on from where it stood.
      advance(by: min(now - last, .milliseconds(500)))
      last = now
      if let input { handle(input) }
      // What has piled up comes before the next picture, so that a held key does not lag behind.
      var piled = 0
      while input != nil, !isOver, piled < Limit.inputsPerPicture,
        let next = terminal.read(timeout: .zero)
      {
        handle(next)
        piled += 1
      }
      let outgoing = takeOutgoing()
      outlet.happened(outgoing.events)
      for wish in outgoing.wishes { send(.notice(outlet.fulfil(wish))) }
      if isOver { return .left }
      let grid = render(model)
      // A resize clears the terminal, so it is drawn even when the picture stays the same.
      if grid != shown || input != nil { show(grid, in: terminal) }
      shown = grid
      troubles = outlet.shown(grid, of: self, marks: outgoing.marks, at: now - beginning)
    }
  }

  /// Draws the console.
  private func show(in terminal: Terminal) -> CellGrid {
    let grid = render(model)
    show(grid, in: terminal)
    return grid
  }

  private func show(_ grid: CellGrid, in terminal: Terminal) {
    terminal.usesMouse = model.options.usesMouse
    terminal.present(grid, cursor: cursor(of: model, in: grid))
  }
}

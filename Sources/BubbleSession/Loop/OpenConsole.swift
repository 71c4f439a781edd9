import BubbleCells
import BubbleConsole
public import BubbleEvents
public import BubbleSimulation
import BubbleTerminal

/// Why a console could not be opened.
public struct ConsoleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do, in one line.
  public var description: String
}

/// Opens the console on a simulation in this terminal, and returns when the user leaves it.
///
/// The simulation may have run already: what has happened in it is the first picture. It is a
/// value, so the caller's own is not changed. Space pauses, `x` kills what is selected, `?` shows
/// all keys.
///
/// - Parameters:
///   - simulation: The machine to show and to run.
///   - name: What is shown as its name.
///   - whenHappened: Called with what has happened, in order, as soon as it is on the screen; a
///     `ReportLogger` takes it, for one. What had not been taken out of the simulation comes first.
///     Whoever goes back in time and acts there is told of another future, whose events go on from
///     the number of the last one before it. Write nothing to the terminal meanwhile.
/// - Returns: 0 when the user left; 128 and the number of the signal that asked the program to end,
///   which is the exit code to end with.
/// - Throws: `ConsoleError` when there is no terminal, or it cannot be used.
@discardableResult
public func openConsole(
  on simulation: Simulation, named name: String, whenHappened: (([Event]) -> Void)? = nil
) throws(ConsoleError) -> Int32 {
  let terminal: Terminal
  do {
    terminal = try Terminal(theme: .dark)
  } catch {
    throw ConsoleError(description: "\(error)")
  }
  defer { terminal.close() }
  let options = ConsoleOptions(
    theme: .dark, glyphs: terminal.glyphs(marks: nil, isASCII: false), motion: .full)
  let model = ConsoleModel(scenario: name, size: terminal.size, options: options)
  var session = Session(
    subject: SimulatedSubject(simulation: simulation), model: model,
    keepsEvents: whenHappened != nil)
  var outlet = ProgramOutlet(whenHappened: whenHappened)
  switch session.run(in: terminal, outlet: &outlet) {
  case .left: return 0
  case .signal(let number): return 128 + number
  }
}

/// Tells the program that opened the console what happens, and leaves files to it.
private struct ProgramOutlet: ConsoleOutlet {
  let whenHappened: (([Event]) -> Void)?

  func happened(_ events: [Event]) {
    if !events.isEmpty { whenHappened?(events) }
  }

  func fulfil(_ wish: FileRequest) -> String { "this program writes no files" }

  func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> [String] { [] }
}

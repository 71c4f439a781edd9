import BubbleCells
import BubbleCells
import BubbleConsole
public import BubbleSimulation
import BubbleTerminal

/// Why a console could not be opened.
public struct ConsoleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do, in one line.
  public var description: String
}

/// Opens the console on a simulation in this terminal, and returns when the user leaves it.
///
/// The simulation may have run already: what has happened in it is the first picture. It is a value,
/// so the caller's own is not changed. Space pauses, `x` kills what is selected, `?` shows all keys.
///
/// - Parameters:
///   - simulation: The machine to show and to run.
///   - name: What is shown as its name.
/// - Returns: 0 when the user left; 128 and the number of the signal that asked the program to end,
///   which is the exit code to end with.
/// - Throws: `ConsoleError` when there is no terminal, or it cannot be used.
@discardableResult
public func openConsole(on simulation: Simulation, named name: String) throws(ConsoleError) -> Int32
{
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
  var session = Session(machine: LiveMachine(simulation: simulation), model: model)
  var outlet = NoOutlet()
  switch session.run(in: terminal, outlet: &outlet) {
  case .left: return 0
  case .signal(let number): return 128 + number
  }
}

/// Writes no files: that is left to the program that opened the console.
private struct NoOutlet: ConsoleOutlet {
  func fulfil(_ wish: FileWish) -> String { "this program writes no files" }

  func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> String? { nil }
}

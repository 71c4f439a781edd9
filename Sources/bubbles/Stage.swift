import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTerminal
import Foundation

/// A scenario and how it is to be shown.
struct Stage {
  /// What is shown.
  var source: Source
  /// How.
  var options: StageOptions

  /// The theme asked for, or the one that the environment asks for.
  var theme: Theme {
    Theme.choice(asked: options.theme) { ProcessInfo.processInfo.environment[$0] }
  }

  /// A session that shows the machine just after its start.
  func session(size: Size, glyphs: GlyphSet) -> Session {
    let scenario = source.scenario
    let model = ConsoleModel(
      scenario: scenario.name, seed: source.seed(options.seed), size: size, view: options.view,
      pace: Pace(
        speed: options.speed ?? scenario.speed ?? 1,
        beat: options.beat ?? scenario.beat ?? .milliseconds(300)),
      options: ConsoleOptions(theme: theme, glyphs: glyphs, motion: options.motion))
    return Session(machine: source.machine(seed: options.seed), model: model)
  }

  /// Opens a console on what `find` finds, and stays until the user leaves.
  ///
  /// The scenario is read before the terminal is touched, so that its errors stay readable.
  static func open(_ options: StageOptions, _ find: () throws -> Source) throws {
    let end = try complaining {
      try Stage(source: find(), options: options).runConsole()
    }
    if case .signal(let number) = end { throw ExitCode(128 + number) }
  }

  private func runConsole() throws(Complaint) -> ConsoleEnd {
    do {
      let terminal = try Terminal(theme: theme)
      defer { terminal.close() }
      let glyphs = terminal.glyphs(marks: options.marks, isASCII: options.ascii)
      var session = session(size: terminal.size, glyphs: glyphs)
      return session.run(in: terminal, save: write)
    } catch {
      throw Complaint.unavailable("\(error)")
    }
  }

  /// Writes a file that the user asked for; the answer says how that went.
  private func write(_ name: String, _ text: String) -> String {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: name), options: .withoutOverwriting)
      return "wrote \(name)"
    } catch {
      return "could not write \(name): it exists, or the folder is not writable"
    }
  }
}

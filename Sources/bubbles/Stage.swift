import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTerminal
import BubbleTree
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
  /// The scenario is read, and files are begun, before the terminal is touched, so that their errors
  /// stay readable.
  static func open(
    _ options: StageOptions, writing files: FileOptions, _ find: () throws -> Source
  ) throws {
    let end = try complaining {
      try Stage(source: find(), options: options).runConsole(writing: files)
    }
    if case .signal(let number) = end { throw ExitCode(128 + number) }
  }

  private func runConsole(writing files: FileOptions) throws(Complaint) -> ConsoleEnd {
    var outlet = FileOutlet(scenario: source.scenario.name)
    if let name = files.cast { try outlet.beginCast(name) }
    let began = ContinuousClock().now
    let end: ConsoleEnd
    var session: Session
    do {
      let terminal = try Terminal(theme: theme)
      defer { terminal.close() }
      let glyphs = terminal.glyphs(marks: options.marks, isASCII: options.ascii)
      session = self.session(size: terminal.size, glyphs: glyphs)
      end = session.run(in: terminal, outlet: &outlet)
    } catch {
      throw Complaint.unavailable("\(error)")
    }
    let watched = ContinuousClock().now - began
    for line in epilogue(of: session.model, watched: watched) { print(sanitised(line)) }
    return end
  }
}

/// What is printed after the terminal was given back; nothing when nothing happened.
private func epilogue(of model: ConsoleModel, watched: Duration) -> [String] {
  let facts = model.story.epilogue.sentences(in: model.tree, at: model.now)
  guard !facts.isEmpty else { return [] }
  return ["\(model.scenario): watched for \(spoken(watched))"] + facts.map { "  " + $0 }
}

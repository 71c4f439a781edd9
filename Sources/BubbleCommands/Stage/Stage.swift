import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
package import BubbleSession
import BubbleTerminal
import BubbleTree

/// A scenario and how it is to be shown.
package struct Stage {
  /// What is shown.
  var source: Source
  /// How.
  var options: StageOptions

  /// The theme asked for, or the one that the environment asks for.
  var theme: Theme { options.chosenTheme }

  /// A session that shows the machine just after its start.
  ///
  /// - Throws: In which line a recording differs from the run.
  func session(size: Size, glyphs: GlyphSet) throws(Complaint) -> Session {
    let scenario = source.scenario
    let model = ConsoleModel(
      scenario: scenario.name, seed: source.seed(options.seed), size: size, view: options.view,
      pace: Pace(
        speed: options.speed ?? scenario.speed ?? 1,
        beat: options.beat ?? scenario.beat ?? .milliseconds(300)),
      options: ConsoleOptions(
        theme: theme, glyphs: glyphs, motion: options.motion, usesMouse: options.mouse,
        showsCursor: options.cursor),
      isPresenting: options.present)
    let machine = source.machine(seed: options.seed)
    guard let run = source.run else {
      var session = Session(subject: machine, model: model, showsStart: scenario.showsStart)
      session.prepare(scenario.script)
      if options.script { session.nextCue() }
      return session
    }
    var comparison = RecordingComparison(with: run.recording)
    var session = try Session(
      replaying: machine, model: model, until: run.end, showsStart: scenario.showsStart
    ) { (events: [Event]) throws(Complaint) in
      try naming(run.name) { () throws(RecordingError) in try comparison.compare(events) }
    }
    try naming(run.name) { () throws(RecordingError) in try comparison.finish() }
    session.send(.notice(run.notice ?? "recorded; space plays, . and , step"))
    return session
  }

  /// Opens a console on what `find` finds, and stays until the user leaves.
  ///
  /// The scenario is read, and files are begun, before the terminal is touched, so that their
  /// errors stay readable.
  static func open(
    _ options: StageOptions, writing files: FileOptions, _ find: () throws -> Source
  ) throws {
    let end = try complaining {
      try Stage(source: find(), options: options).runConsole(writing: files)
    }
    if case .signal(let number) = end { throw ExitCode(128 + number) }
  }

  private func runConsole(writing files: FileOptions) throws(Complaint) -> ConsoleEnd {
    let session = try session(size: Size(columns: 80, rows: 24), glyphs: .unicode)
    let outlet = FileOutlet(source: source, seed: source.seed(options.seed))
    return try Self.show(session, options: options, writing: files, by: outlet)
  }

  /// Shows `session` in this terminal until the user leaves it.
  package static func show(
    _ session: Session, options: StageOptions, writing files: FileOptions, by outlet: FileOutlet
  ) throws(Complaint) -> ConsoleEnd {
    var session = session
    var outlet = outlet
    try outlet.begin(files)
    let began = ContinuousClock().now
    let end: ConsoleEnd
    do {
      let terminal = try Terminal(theme: session.model.options.theme)
      defer { terminal.close() }
      session.send(.glyphs(terminal.glyphs(marks: options.marks, isASCII: options.ascii)))
      end = session.run(in: terminal, outlet: &outlet)
    } catch {
      outlet.abandon()
      throw Complaint.unavailable("\(error)")
    }
    outlet.close(session)
    let lines = epilogue(of: session.model, watched: ContinuousClock().now - began)
    try printWhole(lines.map { sanitised($0) + "\n" }.joined())
    if let failure = outlet.failure {
      guard case .signal = end else { throw failure }
      // The code that says by which signal it ended goes before.
      _ = failure.said()
    }
    return end
  }
}

/// What is printed after the terminal was given back; nothing when nothing happened.
private func epilogue(of model: ConsoleModel, watched: Duration) -> [String] {
  let facts = model.recentEvents.epilogue.sentences(in: model.tree, at: model.now)
  guard !facts.isEmpty else { return [] }
  return ["\(model.scenario): watched for \(spoken(watched))"] + facts.map { "  " + $0 }
}

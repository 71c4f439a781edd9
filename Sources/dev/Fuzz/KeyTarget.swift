import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree
import Foundation

/// Takes keys, clicks, sizes and time on a demo; each byte is one of them.
struct KeyTarget: FuzzTarget {
  /// Whether what is written in the end is looked at, or every picture.
  let exports: Bool

  private static let demos = [
    "one-for-one", "rest-for-one", "one-for-all", "dynamic", "escalation", "applications",
    "elixir", "upgrade", "state-machine", "event-manager", "inspection",
  ]
  private static let sizes = [
    (1, 1), (20, 3), (39, 11), (40, 12), (71, 17), (80, 24), (120, 40), (200, 60), (1000, 2),
    (2, 400),
  ].map { Size(columns: $0, rows: $1) }
  private static let named: [Key] = [
    .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    .insert, .backspace, .delete, .function(1), .control("z"), .character("\u{1B}"),
    .character("作"), .character("e\u{301}"), .character("\u{202E}"),
  ]
  private static let leading: [Key] = "xxXrdzsi123456ef/:.,<>+-uURCnL ?tvEl".map { .character($0) }

  func input(seed: UInt64) -> [UInt8] {
    var mutation = Mutation(seed: seed)
    return (0...(10 + mutation.number(below: 40))).map { _ in UInt8(mutation.number(below: 256)) }
  }

  func problem(with input: [UInt8]) throws -> String? {
    guard let first = input.first else { return nil }
    var session = try session(on: Self.demos[Int(first) % Self.demos.count])
    var shown = render(session.model)
    for (index, byte) in input.dropFirst().enumerated() {
      perform(byte, index, in: &session)
      _ = session.takeOutgoing()
      if session.isOver { break }
      guard !exports else { continue }
      let grid = render(session.model)
      if let problem = problem(of: grid, after: shown, session.model) { return problem }
      shown = grid
    }
    return exports ? try problemOfExports(of: session) : nil
  }

  private func session(on demo: String) throws -> Session {
    guard let demo = Demo.named(demo) else { throw Missing(name: demo) }
    let scenario = try demo.scenario()
    let model = ConsoleModel(
      scenario: scenario.name, seed: 1, size: Size(columns: 80, rows: 24),
      options: ConsoleOptions(motion: .full))
    var session = Session(subject: SimulatedSubject(scenario.machine(seed: 1)), model: model)
    session.prepare(scenario.script)
    session.worksInSlices = true
    return session
  }

  /// A demo that is not there any more.
  private struct Missing: Error { var name: String }

  private func perform(_ byte: UInt8, _ index: Int, in session: inout Session) {
    let number = Int(byte)
    switch number {
    case 0..<20: session.advance(by: .milliseconds(number * number))
    case 20..<30: session.handle(.resize(Self.sizes[number - 20]))
    case 30..<34:
      let size = session.model.size
      let point = Point(
        column: index * 7 % (size.columns + 2), row: index * 3 % (size.rows + 2))
      let kinds: [MouseEvent.Kind] = [.press(.left), .press(.right), .scrollUp, .scrollDown]
      session.handle(.mouse(MouseEvent(kinds[number - 30], at: point)))
    case 34..<128:
      Unicode.Scalar(number).map { session.handle(.key(.character(Character($0)))) }
    case 128..<(128 + 21): session.handle(.key(Self.named[number - 128]))
    default: session.handle(.key(Self.leading[number % Self.leading.count]))
    }
  }

  /// The first thing that is not as it must be on the screen.
  private func problem(of grid: CellGrid, after shown: CellGrid, _ model: ConsoleModel) -> String? {
    guard grid.size == model.size else { return "a picture of \(grid.size) for \(model.size)" }
    if let problem = controlProblem(in: grid.text(), of: "the picture") { return problem }
    if let selection = model.selection, !model.tree.contains(selection) {
      return "somebody who is gone is selected"
    }
    return shown.size == grid.size ? redrawProblem(grid, after: shown) : nil
  }

  /// What is drawn over the last picture has to give the same as a whole redraw.
  private func redrawProblem(_ grid: CellGrid, after shown: CellGrid) -> String? {
    var drawn = shown
    for run in grid.changes(from: shown) { drawn.apply(run) }
    return drawn.snapshot() == grid.snapshot() ? nil : "what is drawn is not the picture"
  }

  private func problemOfExports(of session: Session) throws -> String? {
    for format in ExportFormat.allCases {
      let problem = controlProblem(
        in: export(session.model, as: format), of: "the \(format.rawValue)")
      if let problem { return problem }
    }
    guard let script = session.savedScript, let demo = Demo.named(session.model.scenario) else {
      return nil
    }
    do {
      let scenario = try demo.scenario()
      _ = try Scenario(yaml: scenario.text(demo.text, withScript: script), file: "saved.yaml")
      return nil
    } catch {
      return "the saved script is not read: \(error)"
    }
  }
}

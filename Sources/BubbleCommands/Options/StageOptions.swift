package import ArgumentParser
package import BubbleCells
package import BubbleConsole
import BubbleEvents
import BubbleText
import Foundation

private let themes = Theme.allCases.map { ($0.rawValue, $0) }
private let marksByName: [(String, Marks)] = [
  ("braille", .braille), ("half", .half), ("ascii", .ascii),
]
private let motions = ConsoleOptions.Motion.allCases.map { ($0.rawValue, $0) }
private let views = ViewKind.allCases.map { ($0.name, $0) }
private let formats = ExportFormat.allCases.map { ($0.rawValue, $0) }

/// The options that all commands share which show something.
package struct StageOptions: ParsableArguments {
  @Option(
    help: "The number that all random choices follow from (default: the scenario's own, or 1).")
  package var seed: UInt64?

  @Option(
    help: """
      How fast the machine's time goes: 2, 0.5 or 1/4 (default: the scenario's, or 1, real time).
      """,
    transform: parseSpeed)
  package var speed: Double?

  @Option(
    help: """
      How long each event holds the screen: 1s, or 0 for real time (default: the scenario's, or
      300ms).
      """,
    transform: parseDuration)
  package var beat: Duration?

  @Option(
    help: """
      Colours: \(listed(themes)) (default: what NO_COLOR and COLORFGBG ask for, else dark).
      """,
    completion: .list(themes.map(\.0)), transform: parseTheme)
  package var theme: Theme?

  @Flag(help: "Draw with ASCII characters only.")
  package var ascii = false

  @Option(
    help: "What circles are drawn with: \(listed(marksByName)) (default: what the terminal has).",
    completion: .list(marksByName.map(\.0)), transform: parseMarks)
  package var marks: Marks?

  @Option(
    help: "How much moves: \(listed(motions)) (default: full).",
    completion: .list(motions.map(\.0)), transform: parseMotion)
  package var motion: ConsoleOptions.Motion = .full

  @Flag(
    inversion: .prefixedNo,
    help: "Whether the mouse selects processes; without it the terminal selects text.")
  package var mouse = true

  @Flag(help: "Show the terminal's cursor, at what is highlighted, for a screen reader.")
  package var cursor = false

  @Flag(help: "Begin to present the scenario's script.")
  package var script = false

  @Flag(help: "Show it big, for an audience.")
  package var present = false

  @Option(
    help: "The view to begin with: \(listed(views)) (default: bubbles).",
    completion: .list(views.map(\.0)), transform: parseView)
  package var view: ViewKind = .bubbles

  package init() {}
}

extension StageOptions {
  /// The theme asked for, or the one that the environment asks for.
  package var chosenTheme: Theme {
    Theme.choice(asked: theme) { ProcessInfo.processInfo.environment[$0] }
  }
}

/// One of several words, by its name.
private func choose<Value>(
  _ text: String, _ what: String, _ choices: [(String, Value)]
) throws -> Value {
  if let choice = choices.first(where: { $0.0 == text }) { return choice.1 }
  let names = choices.map(\.0)
  let hint = nearestWord(to: text, in: names).map { "did you mean \($0)? " } ?? ""
  throw ValidationError(
    "“\(sanitised(text))” is not a \(what); \(hint)one of \(names.joined(separator: ", "))")
}

/// `dark, light or mono`.
private func listed<Value>(_ choices: [(String, Value)]) -> String {
  let names = choices.map(\.0)
  return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
}

private func parseTheme(_ text: String) throws -> Theme { try choose(text, "theme", themes) }

private func parseMarks(_ text: String) throws -> Marks {
  try choose(text, "kind of marks", marksByName)
}

private func parseMotion(_ text: String) throws -> ConsoleOptions.Motion {
  try choose(text, "kind of motion", motions)
}

private func parseView(_ text: String) throws -> ViewKind { try choose(text, "view", views) }

func parseFormat(_ text: String) throws -> ExportFormat { try choose(text, "format", formats) }

/// Reads `2`, `0.5` or `1/4`.
func parseSpeed(_ text: String) throws -> Double {
  guard let speed = Pace.speed(describedAs: text), speed.isFinite, speed >= 1.0 / 1024,
    speed <= 1024
  else {
    throw ValidationError("“\(text)” is not a speed; write 2, 0.5 or 1/4 (1/1024 to 1024)")
  }
  return speed
}

/// Reads `300ms`, `1.5s`, `2 min`, `1h` or `0`.
func parseDuration(_ text: String) throws -> Duration {
  guard let duration = Duration(describedAs: text) else {
    throw ValidationError("“\(text)” is not a duration; write 300ms, 1.5s or 0, up to 10000h")
  }
  return duration
}

/// Reads `80x24`.
func parseSize(_ text: String) throws -> Size {
  let parts = text.lowercased().split(separator: "x").compactMap { Int($0) }
  guard parts.count == 2, (1...1000).contains(parts[0]), (1...1000).contains(parts[1]) else {
    throw ValidationError(
      "“\(text)” is not a size; write COLUMNSxROWS, such as 80x24, up to 1000x1000")
  }
  return Size(columns: parts[0], rows: parts[1])
}

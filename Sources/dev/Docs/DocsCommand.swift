import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleOracle
import BubbleScenarios
import BubbleSession
import Foundation

/// Writes what the documentation takes from the program.
struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Write docs/KEYS.md, the tables of docs/SEMANTICS.md and the pictures anew.")

  @Argument(help: "The top of the checkout.", completion: .directory)
  var checkout = "."

  @Flag(help: "Write nothing; say what would change, and end with 1 if anything would.")
  var check = false

  func run() throws {
    let files = [
      ("docs/KEYS.md", keysDocument()), ("docs/SEMANTICS.md", try semantics()),
      ("docs/pictures/shop.svg", try picture(of: "shop", at: .seconds(2))),
    ]
    guard check else { return try files.forEach { try write($1, to: $0) } }
    let stale = try files.filter { try text(of: $0) != $1 }.map(\.0)
    for path in stale { print("\(path) is stale; `swift run dev docs` writes it anew") }
    if !stale.isEmpty { throw ExitCode.failure }
  }

  private func url(of path: String) -> URL {
    URL(fileURLWithPath: checkout, isDirectory: true).appendingPathComponent(path)
  }

  private func text(of path: String) throws -> String {
    try String(contentsOf: url(of: path), encoding: .utf8)
  }

  private func semantics() throws -> String {
    let table = try SemanticTable(parsing: text(of: "Tests/Oracle/rules.txt"))
    let document = try text(of: "docs/SEMANTICS.md")
    guard let document = table.inserted(into: document) else {
      throw ValidationError("docs/SEMANTICS.md lacks the marks that the tables go between.")
    }
    return document
  }

  private func picture(of name: String, at instant: Duration) throws -> String {
    guard let demo = Demo.named(name) else { preconditionFailure("there is a demo \(name)") }
    let scenario = try demo.scenario()
    let model = ConsoleModel(scenario: name, size: Size(columns: 80, rows: 24))
    var session = Session(
      subject: SimulatedSubject(simulation: scenario.simulation()), model: model)
    session.runToInstant(RuntimeInstant.zero + instant)
    return svg(of: render(session.model), theme: .dark, title: "The bubble machine: \(name)")
  }

  private func write(_ text: String, to path: String) throws {
    let url = url(of: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    print("wrote \(path)")
  }
}

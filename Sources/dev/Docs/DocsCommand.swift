import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleOracle
import BubbleScenarios
import BubbleSession
import Foundation

/// Writes what the documentation takes from the program; run it at the top of the checkout.
struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Write docs/KEYS.md, the tables of docs/SEMANTICS.md and the pictures anew.")

  func run() throws {
    try write(keysDocument(), to: "docs/KEYS.md")
    try write(semantics(), to: "docs/SEMANTICS.md")
    try write(picture(of: "shop", at: .seconds(2)), to: "docs/pictures/shop.svg")
  }

  private func semantics() throws -> String {
    let table = try SemanticTable(
      parsing: String(contentsOfFile: "Tests/Oracle/rules.txt", encoding: .utf8))
    let document = try String(contentsOfFile: "docs/SEMANTICS.md", encoding: .utf8)
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
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    print("wrote \(path)")
  }
}

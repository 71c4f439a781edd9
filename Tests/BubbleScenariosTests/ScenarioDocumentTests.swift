import BubbleScenarios
import Foundation
import Testing

/// docs/SCENARIOS.md and docs/SCRIPTS.md say what the program does.
@Suite struct ScenarioDocumentTests {
  static let document: String = {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs")
    return ["SCENARIOS.md", "SCRIPTS.md"].map { name in
      let path = folder.appendingPathComponent(name).path
      return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }.joined(separator: "\n")
  }()

  @Test(arguments: ScenarioGrammar.tables)
  func `every key is mentioned`(table: ScenarioGrammar.Table) {
    for key in table.keys {
      #expect(Self.document.contains("`\(key)`"), "\(key) of \(table.subject)")
    }
  }

  @Test(arguments: [
    Scenario.Limits.fileSize, Scenario.Limits.values, Scenario.Limits.aliases,
    Scenario.Limits.nesting, Scenario.Limits.depth, Scenario.Limits.processes,
    Scenario.Limits.nameLength, Scenario.Limits.textLength, Scenario.Limits.cues,
    Scenario.Limits.problems, Scenario.Limits.states, Scenario.Limits.partitions,
    Scenario.Limits.nodes, Scenario.Limits.groups, Scenario.Limits.remembered,
  ])
  func `every limit is mentioned`(limit: Int) throws {
    let section = try #require(Self.document.components(separatedBy: "## Limits").last)
    let digits = limit.formatted(.number.locale(Locale(identifier: "en_US")))
    #expect(section.contains(digits))
  }
}

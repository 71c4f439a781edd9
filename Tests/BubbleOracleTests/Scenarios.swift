import BubbleOracle
import Foundation
import Testing

/// The scenarios and traces of Tests/Oracle.
enum Scenarios {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Oracle")

  static let hand = load("hand")
  static let random = load("random")
  static let behaviours = load("behaviours")
  static let nodesByHand = load("nodes/hand")
  static let randomNodes = load("nodes/random")

  private static func load(_ name: String) -> [RecordedScenario] {
    do {
      return try RecordedScenario.all(in: folder.appendingPathComponent(name))
    } catch {
      Issue.record("the scenarios in Tests/Oracle/\(name) cannot be read: \(error)")
      return []
    }
  }
}

extension RecordedScenario: CustomTestStringConvertible {
  /// The scenario's name.
  public var testDescription: String { name }
}

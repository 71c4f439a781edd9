import BubbleOracle
import Foundation
import Testing

/// The table of rules in docs/SEMANTICS.md: complete, proven, up to date.
@Suite struct SemanticsTests {
  private static let checkout = Scenarios.folder
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.checkout.appendingPathComponent(path), encoding: .utf8)
  }

  private func table() throws -> SemanticTable {
    try SemanticTable(parsing: text("Tests/Oracle/rules.txt"))
  }

  /// Each letter with the numbers that it has.
  static let numbers: [(String, [ClosedRange<Int>])] = [
    ("P", [1...31]), ("R", [1...8]),
    (
      "D",
      [
        1...18, 20...20, 30...30, 32...36, 38...41, 43...46, 48...52, 60...63, 65...66, 68...70,
        72...72, 90...98, 104...110, 112...117, 120...123, 130...137, 139...139, 150...152,
        154...160, 180...190, 210...210, 233...233, 238...238,
      ]
    ), ("GL", [1...19]), ("T", [1...10]),
    ("GS", [1...25]), ("SY", [1...7]),
    ("SM", [1...16]), ("GE", [1...12]),
    ("S", [1...17, 30...36, 40...94, 100...107, 110...113, 120...128]),
    ("A", [1...10, 20...23]), ("DS", [1...8]),
    ("PS", [1...4]), ("TS", [1...5]), ("RG", [1...5]), ("AG", [1...4]), ("TP", [10...15]),
    ("RL", [1...12]),
  ]

  @Test func `every rule is there once, in order`() throws {
    let expected = Self.numbers.flatMap { letter, ranges in
      ranges.flatMap { range in range.map { "\(letter)\($0)" } }
    }
    #expect(try table().rules.map(\.number) == expected)
  }

  @Test func `every rule that holds is proven, and what is absent is not`() throws {
    for rule in try table().rules {
      switch rule.verdict {
      case .same: #expect(!rule.proofs.isEmpty, "\(rule.number)")
      case .different: continue
      case .absent: #expect(rule.proofs.isEmpty, "\(rule.number)")
      }
    }
  }

  @Test func `every test and scenario that is named exists`() throws {
    let folder = Self.checkout.appendingPathComponent("Tests")
    var sources = ""
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      sources += try String(contentsOf: file, encoding: .utf8)
    }
    let scenarios = Set(Scenarios.hand.map { "hand/\($0.name)" })
    for rule in try table().rules {
      for test in rule.tests {
        let isThere = sources.contains("func `\(test)`(")
        #expect(isThere, "\(rule.number): no test of that name: \(test)")
      }
      for scenario in rule.scenarios {
        #expect(scenarios.contains(scenario), "\(rule.number): there is no \(scenario)")
      }
    }
  }

  @Test func `the document is up to date`() throws {
    let document = try text("docs/SEMANTICS.md")
    #expect(
      try table().inserted(into: document) == document, "write it anew with: swift run dev docs")
  }

  @Test(arguments: [
    "P1 | same | text | test", "# A\nP1 | perhaps | text | test", "# A\nP1 | same | text",
  ])
  func `a line that is not a rule is told`(text: String) {
    #expect(throws: SemanticTable.Malformed.self) { try SemanticTable(parsing: text) }
  }

  @Test func `a table is written between its marks`() throws {
    let table = try SemanticTable(parsing: "# A\nP1 | same | It is so. | one; hand/two\n")
    let document = "before\n<!-- written by dev docs -->\nold\n<!-- until here -->\nafter\n"
    #expect(
      table.inserted(into: document) == """
        before
        <!-- written by dev docs -->

        ### A

        | rule | here | what it says | tests |
        |---|---|---|---|
        | P1 | same | It is so. | one; `hand/two` |

        <!-- until here -->
        after

        """)
    #expect(table.inserted(into: "nothing") == nil)
  }
}

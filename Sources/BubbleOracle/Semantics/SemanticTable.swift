import Foundation

/// The table of Tests/Oracle/rules.txt.
///
/// A line `# TITLE` begins a section; every other line is a rule: number, verdict, text and proofs
/// with ` | ` between them, the proofs with `; ` between them.
package struct SemanticTable: Equatable, Sendable {
  /// A line that is not a rule.
  package struct Malformed: Error, Equatable, CustomStringConvertible {
    var line: Int
    package var description: String { "rules.txt:\(line): not NUMBER | VERDICT | TEXT | PROOFS" }
  }

  package var sections: [SemanticSection]

  package init(parsing text: String) throws(Malformed) {
    sections = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.isEmpty { continue }
      if line.hasPrefix("# ") {
        sections.append(SemanticSection(title: String(line.dropFirst(2)), rules: []))
        continue
      }
      guard let rule = SemanticRule(line: line), !sections.isEmpty else {
        throw Malformed(line: index + 1)
      }
      sections[sections.count - 1].rules.append(rule)
    }
  }

  /// Every rule, in order.
  package var rules: [SemanticRule] { sections.flatMap(\.rules) }

  /// The tables as Markdown.
  package var markdown: String {
    sections.map(\.markdown).joined(separator: "\n")
  }

  /// `document` with the tables between its two marks; nil when it lacks them.
  package func inserted(into document: String) -> String? {
    guard let begin = document.range(of: Self.begin), let end = document.range(of: Self.end),
      begin.upperBound <= end.lowerBound
    else { return nil }
    return document[..<begin.upperBound] + "\n\n" + markdown + "\n" + document[end.lowerBound...]
  }

  private static let begin = "<!-- written by dev docs -->"
  private static let end = "<!-- until here -->"
}

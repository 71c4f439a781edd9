import Foundation

/// One rule of Erlang/OTP: what it says, whether it holds here, and what proves it.
package struct SemanticRule: Equatable, Sendable {
  /// How the runtime stands to a rule.
  package enum Verdict: String, Sendable, CaseIterable {
    case same
    case different
    case absent
  }

  /// Its number, such as `S30`.
  package var number: String
  /// Whether the runtime does the same.
  package var verdict: Verdict
  /// The rule in a sentence or two.
  package var text: String
  /// The names of tests, and of scenarios in Tests/Oracle as `hand/NAME`.
  package var proofs: [String]

  /// The tests among the proofs.
  package var tests: [String] { proofs.filter { !$0.hasPrefix("hand/") } }
  /// The scenarios among the proofs.
  package var scenarios: [String] { proofs.filter { $0.hasPrefix("hand/") } }
}

/// The rules of one subject.
package struct SemanticSection: Equatable, Sendable {
  package var title: String
  package var rules: [SemanticRule]
}

/// The table of Tests/Oracle/rules.txt.
///
/// A line `# TITLE` begins a section; every other line is a rule: number, verdict, text and proofs
/// with ` | ` between them, the proofs with `; ` between them.
package struct SemanticTable: Equatable, Sendable {
  /// A line that is no rule.
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

extension SemanticRule {
  fileprivate init?(line: Substring) {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
    guard parts.count == 4, let verdict = Verdict(rawValue: parts[1]) else { return nil }
    self.init(
      number: parts[0], verdict: verdict, text: parts[2],
      proofs: parts[3].split(separator: ";").map(Self.trimmed))
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  fileprivate var row: String {
    let proofs = proofs.map { $0.hasPrefix("hand/") ? "`\($0)`" : $0 }
    return "| \(number) | \(verdict.rawValue) | \(text) | \(proofs.joined(separator: "; ")) |"
  }
}

extension SemanticSection {
  fileprivate var markdown: String {
    (["### \(title)", "", "| rule | here | what it says | tests |", "|---|---|---|---|"]
      + rules.map(\.row) + [""]).joined(separator: "\n")
  }
}

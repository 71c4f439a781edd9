import BubbleText

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

extension SemanticRule {
  /// The rule in a line of the table; nil when it is none.
  init?(line: Substring) {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    guard parts.count == 4, let verdict = Verdict(rawValue: parts[1]) else { return nil }
    self.init(
      number: parts[0], verdict: verdict, text: parts[2],
      proofs: parts[3].split(separator: ";").map(\.trimmed))
  }

  /// Its row in Markdown.
  var row: String {
    let proofs = proofs.map { $0.hasPrefix("hand/") ? "`\($0)`" : $0 }
    return "| \(number) | \(verdict.rawValue) | \(text) | \(proofs.joined(separator: "; ")) |"
  }
}

/// The rules of one subject.
package struct SemanticSection: Equatable, Sendable {
  package var title: String
  package var rules: [SemanticRule]
}

extension SemanticSection {
  /// Its heading and its table in Markdown.
  var markdown: String {
    (["### \(title)", "", "| rule | here | what it says | tests |", "|---|---|---|---|"]
      + rules.map(\.row) + [""]).joined(separator: "\n")
  }
}

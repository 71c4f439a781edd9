package import BubbleCells

/// A piece of text in one role.
package struct Span: Hashable, Sendable {
  package var text: String
  package var role: Role

  package init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

extension Span {
  /// How many cells the spans take together.
  package static func width(of spans: [Span]) -> Int {
    spans.reduce(0) { $0 + displayWidth($1.text) }
  }
}

package import BubbleCells
package import BubbleTree

extension StyledLine {
  /// An event as the event strip shows it: time, sign and what happened; at the right why.
  package init(_ narration: Narration, _ glyphs: GlyphSet) {
    let left = narration.spans.map { Span($0, glyphs) }
    var right: [Span] = []
    if let budget = narration.budget {
      right += [Span("budget ", .dim)] + BudgetPicture.pips(budget, glyphs)
      right.append(Span(BudgetPicture.words(budget)))
    }
    if !narration.right.isEmpty {
      if !right.isEmpty { right.append(Span("   ")) }
      right += narration.right.map { Span($0, glyphs) }
    }
    self.init(
      [Span("\(narration.instant) ", .dim), Span(narration.sign, glyphs), Span(" ")] + left,
      right: right)
  }
}

extension Span {
  /// A sign in its colour.
  package init(_ sign: Narration.Sign, _ glyphs: GlyphSet) {
    switch sign {
    case .state(let state): self.init(glyphs[state.sign], state.role)
    case .user: self.init(glyphs[.user], .warning)
    case .note: self.init(glyphs[.separator], .dim)
    }
  }

  /// A piece of a sentence in the colour of what it is, with the arrows that the terminal has.
  package init(_ piece: Narration.Span, _ glyphs: GlyphSet) {
    let text = glyphs.isASCII ? piece.text.replacing("←", with: glyphs[.cause]) : piece.text
    let role: Role =
      switch piece.emphasis {
      case .plain, .pid: .text
      case .dim: .dim
      case .name: .processName
      case .supervisor: .supervisorName
      case .bad: .crashed
      case .calm: .stopping
      case .strategy: .strategy
      case .key: .key
      }
    self.init(text, role)
  }
}

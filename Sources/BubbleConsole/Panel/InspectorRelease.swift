import BubbleText
import BubbleCells
import BubbleTree

/// The last change of the release, instruction by instruction.
enum InspectorRelease {
  /// How many instructions are shown, the latest ones.
  private static let shown = 8

  static func section(_ model: ConsoleModel) -> PanelSection? {
    guard let installation = model.tree.release?.installation else { return nil }
    let glyphs = model.options.glyphs
    let last = installation.begun.count - 1
    var rows = installation.begun.enumerated().suffix(shown).map { index, text in
      let isOn = index == last && installation.stage != .done
      let sign: Span =
        switch (isOn, installation.stage) {
        case (true, .failed): Span("\(glyphs[.crashed]) ", .crashed)
        case (true, _): Span("\(glyphs[.restarting]) ", .restarting)
        case (false, _): Span("\(glyphs[.running]) ", .running)
        }
      return PanelRow([sign, Span(plain(text), isOn ? .text : .dim)])
    }
    switch installation.stage {
    case .running:
      let left = installation.count - installation.begun.count
      if left > 0 { rows.append(PanelRow("  \(grouped(left)) to come", .dim)) }
    case .done: rows.append(PanelRow([Span("\(glyphs[.running]) installed", .running)]))
    case .failed: rows.append(PanelRow([Span("\(glyphs[.crashed]) failed", .crashed)]))
    }
    return PanelSection("\(installation.from) → \(installation.to)", rows + [.air])
  }

  /// An instruction without the marks of its term: `code_change up till receipts`.
  private static func plain(_ text: String) -> String {
    text.split { "{}[],".contains($0) }.joined(separator: " ")
  }
}

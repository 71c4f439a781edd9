package import BubbleCells

/// How the user wants things drawn; nothing in it changes what is shown.
package struct ConsoleOptions: Hashable, Sendable {
  /// How much may move.
  package enum Motion: String, CaseIterable, Hashable, Sendable {
    case full
    case reduced
    case none
  }

  package var theme: Theme
  package var glyphs: GlyphSet
  package var motion: Motion
  /// Whether the mouse is the console's, and not the terminal's.
  package var usesMouse: Bool
  /// Whether the terminal's cursor is shown, at what is highlighted.
  package var showsCursor: Bool

  package init(
    theme: Theme = .dark, glyphs: GlyphSet = .unicode, motion: Motion = .full,
    usesMouse: Bool = true, showsCursor: Bool = false
  ) {
    self.theme = theme
    self.glyphs = glyphs
    self.motion = motion
    self.usesMouse = usesMouse
    self.showsCursor = showsCursor
  }
}

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

  package init(
    theme: Theme = .dark, glyphs: GlyphSet = .unicode, motion: Motion = .full
  ) {
    self.theme = theme
    self.glyphs = glyphs
    self.motion = motion
  }
}

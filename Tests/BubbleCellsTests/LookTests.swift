import BubbleCells
import Testing

@Suite struct LookTests {
  @Test func `every sign is one cell and has no emoji form`() {
    for sign in Sign.allCases {
      #expect(displayWidth(sign.glyphs) == sign.glyphs.unicodeScalars.count, "\(sign)")
      #expect(sanitised(sign.glyphs) == sign.glyphs, "\(sign)")
      #expect(sign.ascii.unicodeScalars.allSatisfy { (0x21...0x7E).contains($0.value) }, "\(sign)")
      for scalar in sign.glyphs.unicodeScalars {
        #expect(!scalar.properties.isEmojiPresentation, "\(sign)")
      }
    }
    // These have an emoji form: some terminals draw them wide or in colour.
    let banned: Set<Unicode.Scalar> = ["✖", "◼", "▶", "⏸"]
    #expect(Sign.allCases.allSatisfy { banned.isDisjoint(with: $0.glyphs.unicodeScalars) })
  }

  @Test func `the states differ by sign in both alphabets`() {
    let states: [Sign] = [
      .running, .starting, .stopping, .stopped, .crashed, .restarting, .gaveUp, .suspended,
    ]
    #expect(Set(states.map(\.glyphs)).count == states.count)
    #expect(Set(states.map(\.ascii)).count == states.count)
  }

  @Test func `dark and light leave alone what may be the background`() {
    for role in Role.allCases {
      for theme in [Theme.dark, .light] {
        let style = theme.style(of: role)
        #expect(style.background == nil)
        #expect(![0, 7, 8, 15].contains(style.foreground), "\(role) in \(theme)")
        #expect(theme == .light || style.foreground != 4, "\(role) in \(theme)")
      }
    }
  }

  @Test func `mono has no colour, contrast dims nothing`() {
    for role in Role.allCases {
      #expect(Theme.mono.style(of: role).foreground == nil)
      #expect(!Theme.contrast.style(of: role).isDim)
      #expect(Theme.contrast.style(of: role).background == 0)
      #expect(Theme.contrast.style(of: role).foreground != nil)
    }
  }

  @Test(arguments: [
    (Role.key, Theme.dark, Int?.some(6), "b"), (.key, .light, 4, "b"), (.gaveUp, .dark, 1, "br"),
    (.match, .contrast, 11, "bu"), (.selectionName, .dark, nil, "br"), (.dim, .mono, nil, "d"),
    (.supervisorRingEven, .dark, 12, "d"), (.supervisorRingOdd, .light, 4, "d"),
    (.past, .light, 5, "br"), (.keyCap, .light, 4, "br"), (.budgetSpare, .mono, nil, "d"),
  ])
  func `a style is read from its notation`(
    role: Role, theme: Theme, colour: Int?, attributes: String
  ) {
    let style = theme.style(of: role)
    let shown =
      (style.isBold ? "b" : "") + (style.isDim ? "d" : "") + (style.isReversed ? "r" : "")
      + (style.isUnderlined ? "u" : "")
    #expect(style.foreground == colour)
    #expect(shown == attributes)
  }

  @Test(arguments: [
    (Theme?.none, [:], Theme.dark), (nil, ["NO_COLOR": "1"], .mono), (nil, ["NO_COLOR": ""], .dark),
    (.contrast, ["NO_COLOR": "1"], .contrast), (nil, ["COLORFGBG": "0;15"], .light),
    (nil, ["COLORFGBG": "15;0"], .dark), (nil, ["COLORFGBG": "12;default;7"], .light),
    (nil, ["COLORFGBG": "nonsense"], .dark),
  ])
  func `a theme is chosen`(asked: Theme?, environment: [String: String], expected: Theme) {
    #expect(Theme.choice(asked: asked) { environment[$0] } == expected)
  }

  @Test func `a sparkline is scaled to its own maximum`() {
    #expect(GlyphSet.unicode.sparkline([0, 0, 0, 1, 2, 4], columns: 3) == "⣀⣀⣴")
    #expect(GlyphSet.ascii.sparkline([0, 1, 2, 7], columns: 4) == "..:#")
    #expect(GlyphSet.unicode.sparkline([], columns: 2) == "⣀⣀")
  }

  @Test(arguments: [(0.0, ""), (0.1, "╸"), (5, "━━╸"), (10, "━━━━━"), (99, "━━━━━")])
  func `a bar shows at least half a cell`(value: Double, expected: String) {
    #expect(GlyphSet.unicode.bar(value, of: 10, columns: 5) == expected)
  }
}

/// The sixteen colours of a picture, as a terminal of good taste would show them.
struct Palette {
  let background: RGB
  let text: RGB
  /// Black, red, green, yellow, blue, magenta, cyan, white, then the same bright.
  let sixteen: [RGB]

  init(_ theme: Theme) {
    switch theme {
    case .dark, .mono:
      background = RGB(0x10141A)
      text = RGB(0xC8CCD4)
      sixteen = Self.onDark
    case .light:
      background = RGB(0xFFFFFF)
      text = RGB(0x22262C)
      sixteen = Self.onLight
    case .contrast:
      background = RGB(0x000000)
      text = RGB(0xFFFFFF)
      sixteen = Self.onDark
    }
  }

  private static let onDark: [RGB] = [
    0x000000, 0xE06C75, 0x8EC279, 0xDDB669, 0x5F9DE0, 0xC684DD, 0x56B6C2, 0xC8CCD4,
    0x6B7280, 0xFF7F8A, 0xAEE592, 0xFFD68A, 0x7FC1F9, 0xDBA5EE, 0x7ADFEA, 0xFFFFFF,
  ].map(RGB.init)

  private static let onLight: [RGB] = [
    0x000000, 0xBF232A, 0x1B7126, 0x8A5A00, 0x1A55B8, 0x82239A, 0x006B7D, 0xD0D4DA,
    0x6B7280, 0xBF232A, 0x1B7126, 0x8A5A00, 0x2F74E0, 0x82239A, 0x006B7D, 0xFFFFFF,
  ].map(RGB.init)

  /// What the style's ink and ground come out as; bold turns colours 1 to 6 bright on dark.
  func colours(of style: Style) -> (ink: RGB, ground: RGB) {
    var ink = text
    if let number = style.foreground {
      ink = sixteen[style.isBold && (1...6).contains(number) ? number + 8 : number]
    }
    let ground = style.background.map { sixteen[$0] } ?? background
    if style.isDim { ink = ink.mixed(with: ground, share: 0.565) }
    return style.isReversed ? (ground, ink) : (ink, ground)
  }
}

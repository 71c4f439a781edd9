/// A box drawing character as the lines that leave its middle.
struct LineGlyph {
  enum Weight {
    case none
    case light
    case heavy
  }

  let up: Weight
  let right: Weight
  let down: Weight
  let left: Weight
  /// Into how many strokes a straight line is broken.
  let strokes: Int
  let isRound: Bool

  private init(
    _ arms: StaticString, strokes: Int = 1, isRound: Bool = false
  ) {
    let weights = arms.withUTF8Buffer { bytes in
      bytes.map { byte -> Weight in
        switch byte {
        case UInt8(ascii: "l"): .light
        case UInt8(ascii: "h"): .heavy
        default: .none
        }
      }
    }
    (up, right, down, left) = (weights[0], weights[1], weights[2], weights[3])
    self.strokes = strokes
    self.isRound = isRound
  }

  /// The arms are written up, right, down, left: l light, h heavy.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "─": self.init(".l.l")
    case "━": self.init(".h.h")
    case "│": self.init("l.l.")
    case "┃": self.init("h.h.")
    case "╌": self.init(".l.l", strokes: 2)
    case "╍": self.init(".h.h", strokes: 2)
    case "┄": self.init(".l.l", strokes: 3)
    case "┈": self.init(".l.l", strokes: 4)
    case "╎": self.init("l.l.", strokes: 2)
    case "┊": self.init("l.l.", strokes: 4)
    case "╭": self.init(".ll.", isRound: true)
    case "╮": self.init("..ll", isRound: true)
    case "╯": self.init("l..l", isRound: true)
    case "╰": self.init("ll..", isRound: true)
    case "┌": self.init(".ll.")
    case "┐": self.init("..ll")
    case "┘": self.init("l..l")
    case "└": self.init("ll..")
    case "┏": self.init(".hh.")
    case "┓": self.init("..hh")
    case "┛": self.init("h..h")
    case "┗": self.init("hh..")
    default: self.init(junction: scalar)
    }
  }

  private init?(junction scalar: Unicode.Scalar) {
    switch scalar {
    case "├": self.init("lll.")
    case "┤": self.init("l.ll")
    case "┬": self.init(".lll")
    case "┴": self.init("ll.l")
    case "┼": self.init("llll")
    case "┣": self.init("hhh.")
    case "┫": self.init("h.hh")
    case "┳": self.init(".hhh")
    case "┻": self.init("hh.h")
    case "╋": self.init("hhhh")
    case "┯": self.init(".hlh")
    case "┷": self.init("lh.h")
    case "┠": self.init("hlh.")
    case "┨": self.init("h.hl")
    case "╴": self.init("...l")
    case "╵": self.init("l...")
    case "╶": self.init(".l..")
    case "╷": self.init("..l.")
    case "╸": self.init("...h")
    case "╹": self.init("h...")
    case "╺": self.init(".h..")
    case "╻": self.init("..h.")
    default: return nil
    }
  }
}

/// The signs in Unicode or in ASCII, and what dots are drawn with.
package struct GlyphSet: Hashable, Sendable {
  package var marks: Marks
  package var isASCII: Bool

  package static let unicode = GlyphSet(marks: .braille, isASCII: false)
  package static let ascii = GlyphSet(marks: .ascii, isASCII: true)

  /// Without Unicode dots are letters too.
  package init(marks: Marks, isASCII: Bool) {
    self.marks = isASCII ? .ascii : marks
    self.isASCII = isASCII
  }

  package subscript(sign: Sign) -> String { isASCII ? sign.ascii : sign.glyphs }

  /// What ends text that was cut.
  package var ellipsis: Glyph { isASCII ? "." : "…" }

  // MARK: - Small drawings

  /// A row of columns, two samples a cell in braille, scaled to the row's own maximum.
  ///
  /// The latest samples are shown, at the right end; too few leave room at the left.
  package func sparkline(_ samples: [Double], columns: Int) -> String {
    let perCell = marks == .braille ? 2 : 1
    let shown = samples.suffix(max(0, columns) * perCell)
    let missing = Array(repeating: 0.0, count: max(0, columns * perCell - shown.count))
    let row = missing + shown
    let most = row.max() ?? 0
    // The top dots stay free, so that rows below each other do not touch.
    let levels =
      switch marks {
      case .braille: 3
      case .half: 4
      case .ascii: 7
      }
    let steps = row.map { Self.level($0, of: most, steps: levels) }
    var result = ""
    for first in stride(from: 0, to: steps.count, by: perCell) {
      switch marks {
      case .braille:
        var mask: UInt8 = 0
        for column in 0..<2 {
          for dot in 0..<steps[first + column] { mask |= DotCell.bit(column, 3 - dot) }
        }
        Glyph.braille(mask).write(to: &result)
      case .half:
        result.append(["▁", "▂", "▄", "▆", "█"][steps[first]])
      case .ascii:
        result.append(["_", ".", ":", "-", "=", "*", "%", "#"][steps[first]])
      }
    }
    return result
  }

  /// At least one step, so that a quiet row still shows its base line.
  private static func level(_ sample: Double, of most: Double, steps: Int) -> Int {
    guard most > 0, sample > 0 else { return 1 }
    return min(steps, max(1, Int((sample / most * Double(steps)).rounded(.up))))
  }

  /// A bar of heavy line; what is not nothing shows at least half a cell.
  package func bar(_ value: Double, of most: Double, columns: Int) -> String {
    guard value > 0, most > 0, columns > 0 else { return "" }
    let halves = max(1, Int((min(1, value / most) * Double(columns * 2)).rounded()))
    return String(repeating: self[.barFull], count: halves / 2)
      + (halves.isMultiple(of: 2) ? "" : self[.barHalf])
  }
}

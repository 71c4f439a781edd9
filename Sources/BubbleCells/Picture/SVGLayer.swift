/// The shapes of one role in a picture, as the paths of SVG.
struct SVGLayer {
  private var dots = ""
  private var lightLines = ""
  private var heavyLines = ""
  private var blocks = ""

  private let width = SVGPicture.cellWidth
  private let height = SVGPicture.cellHeight

  /// Adds a glyph that is drawn as a shape; false when it needs a font.
  mutating func add(_ glyph: Glyph, column: Int, row: Int) -> Bool {
    let x = column * width
    let y = row * height
    if glyph.isBraille {
      addDots(UInt8(glyph.base.value & 0xFF), x: x, y: y)
    } else if let line = LineGlyph(glyph.base) {
      addLines(line, x: x, y: y)
    } else if let block = BlockGlyph(glyph.base) {
      let left = x + block.x * width / 8
      let top = y + block.y * height / 8
      blocks += "M\(left) \(top)h\(block.width * width / 8)v\(block.height * height / 8)"
      blocks += "h-\(block.width * width / 8)z"
    } else {
      return false
    }
    return true
  }

  /// The elements that draw what was added.
  func elements(ink: RGB, isBold: Bool) -> String {
    var elements = ""
    func stroke(_ path: String, width: String, cap: String) {
      guard !path.isEmpty else { return }
      elements += """
        <path d="\(path)" fill="none" stroke="\(ink.css)" stroke-width="\(width)" \
        stroke-linecap="\(cap)"/>

        """
    }
    stroke(dots, width: isBold ? "5.2" : "4.4", cap: "round")
    stroke(lightLines, width: isBold ? "2" : "1.5", cap: "butt")
    stroke(heavyLines, width: "3", cap: "butt")
    if !blocks.isEmpty {
      elements += "<path d=\"\(blocks)\" fill=\"\(ink.css)\"/>\n"
    }
    return elements
  }

  // MARK: - Private

  private mutating func addDots(_ mask: UInt8, x: Int, y: Int) {
    for column in 0..<2 {
      for row in 0..<4 where mask & DotCell.bit(column, row) != 0 {
        dots += "M\(x + 3 + column * 6) \(y + 3 + row * 6)h.01"
      }
    }
  }

  private mutating func addLines(_ glyph: LineGlyph, x: Int, y: Int) {
    let middleX = x + width / 2
    let middleY = y + height / 2
    if glyph.isRound {
      let endX = glyph.right == .none ? x : x + width
      let endY = glyph.down == .none ? y : y + height
      lightLines += "M\(endX) \(middleY)Q\(middleX) \(middleY) \(middleX) \(endY)"
      return
    }
    if glyph.strokes > 1 {
      addStrokes(glyph, x: x, y: y)
      return
    }
    addLine("M\(middleX) \(middleY)V\(y)", glyph.up)
    addLine("M\(middleX) \(middleY)H\(x + width)", glyph.right)
    addLine("M\(middleX) \(middleY)V\(y + height)", glyph.down)
    addLine("M\(middleX) \(middleY)H\(x)", glyph.left)
  }

  private mutating func addLine(_ path: String, _ weight: LineGlyph.Weight) {
    switch weight {
    case .none: return
    case .light: lightLines += path
    case .heavy: heavyLines += path
    }
  }

  private mutating func addStrokes(_ glyph: LineGlyph, x: Int, y: Int) {
    let isAcross = glyph.right != .none
    let period = (isAcross ? width : height) / glyph.strokes
    for stroke in 0..<glyph.strokes {
      let start = stroke * period + period / 4
      let length = max(1, period / 2)
      addLine(
        isAcross
          ? "M\(x + start) \(y + height / 2)h\(length)"
          : "M\(x + width / 2) \(y + start)v\(length)",
        isAcross ? glyph.right : glyph.up)
    }
  }
}

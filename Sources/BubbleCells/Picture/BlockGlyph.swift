/// A block element as a rectangle, in eighths of a cell from the upper left corner.
struct BlockGlyph {
  let x: Int
  let y: Int
  let width: Int
  let height: Int

  private init(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x2580: self.init(0, 0, 8, 4)
    case 0x2581...0x2588:
      let eighths = Int(scalar.value - 0x2580)
      self.init(0, 8 - eighths, 8, eighths)
    case 0x2589...0x258F: self.init(0, 0, 8 - Int(scalar.value - 0x2588), 8)
    case 0x2590: self.init(4, 0, 4, 8)
    case 0x2596: self.init(0, 4, 4, 4)
    case 0x2597: self.init(4, 4, 4, 4)
    case 0x2598: self.init(0, 0, 4, 4)
    case 0x259D: self.init(4, 0, 4, 4)
    default: return nil
    }
  }
}

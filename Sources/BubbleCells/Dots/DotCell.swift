/// The eight dots of one cell and who gives them their colour.
struct DotCell: Hashable, Sendable {
  /// One bit a dot, as Unicode orders them in braille.
  private(set) var mask: UInt8 = 0
  /// The dots of the role that gives the cell its colour.
  private(set) var leading: UInt8 = 0
  private(set) var role = Role.text
  private var rank: Int16 = -1

  static func bit(_ x: Int, _ y: Int) -> UInt8 {
    y == 3 ? 0x40 << x : 1 << (x * 3 + y)
  }

  mutating func add(_ bit: UInt8, role: Role, depth: Int) {
    mask |= bit
    let rank = Int16(role.precedence * 512 + min(max(depth, 0), 511))
    if rank > self.rank {
      self.rank = rank
      self.role = role
      leading = bit
    } else if rank == self.rank {
      leading |= bit
    }
  }

  func glyph(_ marks: Marks) -> Glyph {
    switch marks {
    case .braille: .braille(mask)
    case .half: half
    case .ascii: role == .liquid ? "~" : Self.letter(for: leading)
    }
  }

  private var half: Glyph {
    let upper = mask & 0b0001_1011 != 0
    let lower = mask & 0b1110_0100 != 0
    return upper && lower ? "█" : upper ? "▀" : "▄"
  }

  /// The letter that lies and leans as the dots do.
  static func letter(for mask: UInt8) -> Glyph {
    let left = (0..<4).filter { mask & bit(0, $0) != 0 }
    let right = (0..<4).filter { mask & bit(1, $0) != 0 }
    let rows = (left + right).sorted()
    guard let top = rows.first, let bottom = rows.last else { return .untouched }
    if bottom - top >= 2 {
      guard let firstLeft = left.first, let firstRight = right.first,
        let lastLeft = left.last, let lastRight = right.last
      else { return "|" }
      let lean = (firstLeft + lastLeft) - (firstRight + lastRight)
      return lean > 1 ? "/" : lean < -1 ? "\\" : "|"
    }
    switch top + bottom {
    case ...1: return "'"
    case 2...4: return "-"
    default: return left.isEmpty || right.isEmpty ? "." : "_"
    }
  }
}

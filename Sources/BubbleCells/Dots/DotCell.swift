/// The eight dots of one cell and who gives them their colour.
struct DotCell: Hashable, Sendable {
  /// One bit a dot, as Unicode orders them in braille.
  private(set) var mask: UInt8 = 0
  /// The dots of the role that gives the cell its colour, without ornament.
  private var leading: UInt8 = 0
  /// The dots that only braille is fine enough to show.
  private var ornament: UInt8 = 0
  private(set) var role = Role.text
  private var rank: Int16 = -1

  static func bit(_ x: Int, _ y: Int) -> UInt8 {
    y == 3 ? 0x40 << x : 1 << (x * 3 + y)
  }

  mutating func add(_ bit: UInt8, role: Role, depth: Int, isOrnament: Bool) {
    if isOrnament {
      if mask & bit == 0 { ornament |= bit }
    } else {
      ornament &= ~bit
    }
    mask |= bit
    let rank = Int16(role.precedence * 512 + min(max(depth, 0), 511))
    if rank > self.rank {
      self.rank = rank
      self.role = role
      leading = 0
    }
    if rank == self.rank, !isOrnament { leading |= bit }
  }

  /// What is shown, nil when there is nothing to show in these marks.
  func glyph(_ marks: Marks) -> Glyph? {
    switch marks {
    case .braille:
      return mask == 0 ? nil : .braille(mask)
    case .half:
      return Self.half(for: mask & ~ornament)
    case .ascii:
      let body = leading == 0 ? mask & ~ornament : leading
      if role == .liquid, body != 0 { return "~" }
      return Self.letter(for: body)
    }
  }

  private static func half(for mask: UInt8) -> Glyph? {
    let upper = mask & 0b0001_1011 != 0
    let lower = mask & 0b1110_0100 != 0
    return switch (upper, lower) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): nil
    }
  }

  /// The letter that lies and leans as the dots do, nil without dots.
  static func letter(for mask: UInt8) -> Glyph? {
    let left = (0..<4).filter { mask & bit(0, $0) != 0 }
    let right = (0..<4).filter { mask & bit(1, $0) != 0 }
    let rows = (0..<4).filter { mask & (bit(0, $0) | bit(1, $0)) != 0 }
    guard let top = rows.first, let bottom = rows.last else { return nil }
    let isOneColumn = left.isEmpty || right.isEmpty
    if bottom - top < 2 {
      // Twice the middle row: 0 is the upper edge, 6 the lower.
      switch top + bottom {
      case ...1: return "'"
      case 2: return isOneColumn ? "'" : "-"
      case 3: return isOneColumn ? "|" : "-"
      case 4: return isOneColumn ? "." : "-"
      default: return isOneColumn ? "." : "_"
      }
    }
    if rows.count <= bottom - top { return ":" }
    if isOneColumn { return "|" }
    // How much lower the left dots lie on average, in quarters of a cell.
    let lean =
      Double(left.reduce(0, +)) / Double(left.count)
      - Double(right.reduce(0, +)) / Double(right.count)
    return lean >= 1 ? "/" : lean <= -1 ? "\\" : "|"
  }
}

import BubbleCells

/// One row of the panel, and how soon it gives way when room ends.
struct PanelRow: Hashable, Sendable {
  /// What a row is worth, the first to go first.
  enum Worth: Int, Hashable, Sendable, Comparable {
    case spare
    case air
    case extra
    case useful
    case needed

    static func < (left: Worth, right: Worth) -> Bool { left.rawValue < right.rawValue }
  }

  var line: StyledLine
  var worth: Worth

  init(_ left: [Span], right: [Span] = [], worth: Worth = .useful) {
    line = StyledLine(left, right: right, gap: 1)
    self.worth = worth
  }

  init(_ text: String, _ role: Role = .text, worth: Worth = .useful) {
    self.init([Span(text, role)], worth: worth)
  }

  /// A blank row; the first to go.
  static let air = PanelRow([], worth: .air)
}

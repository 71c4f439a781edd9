package import BubbleCells

/// One row of text: a left part, and a right part that is dropped whole when both do not fit.
package struct StyledLine: Hashable, Sendable {
  package var left: [Span]
  package var right: [Span]
  /// Blanks that stay between the two parts.
  package var gap: Int

  package init(_ left: [Span] = [], right: [Span] = [], gap: Int = 2) {
    self.left = left
    self.right = right
    self.gap = gap
  }

  package init(_ text: String, _ role: Role = .text) {
    self.init([Span(text, role)])
  }

  /// Draws the line into at most `columns` cells; a left part that is too long is cut with `…`.
  package func draw(on grid: inout CellGrid, at origin: Point, columns: Int) {
    let leftWidth = Span.width(of: left)
    let rightWidth = Span.width(of: right)
    let hasRight =
      !right.isEmpty && leftWidth + rightWidth + (left.isEmpty ? 0 : gap) <= columns
    put(left, on: &grid, at: origin, columns: columns)
    guard hasRight else { return }
    let start = Point(column: origin.column + columns - rightWidth, row: origin.row)
    put(right, on: &grid, at: start, columns: rightWidth)
  }

  private func put(_ spans: [Span], on grid: inout CellGrid, at origin: Point, columns: Int) {
    var used = 0
    for (index, span) in spans.enumerated() where used < columns {
      let width = displayWidth(span.text)
      let following = Span.width(of: Array(spans[(index + 1)...]))
      // A span that fits exactly before more text still has to leave a cell for the `…`.
      let isLast = following == 0
      let room = columns - used
      let text =
        width < room || (isLast && width == room)
        ? span.text : cutOutsideNumbers(span.text + (isLast ? "" : " …"), to: room)
      used += grid.put(
        text, at: Point(column: origin.column + used, row: origin.row), role: span.role, width: room
      )
    }
  }
}

/// The text in at most so many cells, and cut before a number rather than within one: the beginning
/// of a number is another number.
private func cutOutsideNumbers(_ text: String, to columns: Int) -> String {
  let shown = cut(text, to: columns)
  let kept = shown.dropLast()
  let whole = sanitised(text)
  guard shown.last == "…", whole.hasPrefix(kept),
    let next = whole.dropFirst(kept.count).first, next.isPartOfNumber
  else { return shown }
  let digits = kept.reversed().prefix { $0.isPartOfNumber }
  let before = kept.dropLast(digits.count)
  let isNumber = digits.last?.isNumber == true && before.last.map { " ×".contains($0) } ?? true
  return isNumber ? before + "…" : shown
}

extension Character {
  /// Whether numbers are written with it, grouped and with a point.
  fileprivate var isPartOfNumber: Bool { isASCII && (isNumber || self == "," || self == ".") }
}

package import BubbleCells
import BubbleTree

/// The first row: what runs, the views, the pace, the clock and the counts.
///
/// When room ends, first what is nice to know is dropped, then the names of the views that are not
/// shown; the counts are dropped from their end, and last of all the pace.
package enum HeaderLine {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let choice = fitting(model, columns: area.columns)
    StyledLine([Span(" ")] + choice.left).draw(on: &grid, at: area.origin, columns: area.columns)
    let width = Span.width(of: choice.right)
    let start = Point(column: area.endColumn - 1 - width, row: area.row)
    StyledLine(choice.right).draw(on: &grid, at: start, columns: width)
  }

  /// The view whose tab is at `point`.
  static func view(at point: Point, in model: ConsoleModel) -> ViewKind? {
    let choice = fitting(model, columns: model.size.columns)
    var column = 1 + displayWidth(choice.name)
    for kind in ViewKind.allCases {
      let width = Span.width(of: tab(kind, in: model, isNamed: choice.isNamed))
      if (column..<column + width).contains(point.column) { return kind }
      column += width
    }
    return nil
  }

  // MARK: - Private

  private struct Choice {
    var name: String
    var isNamed: Bool
    var left: [Span]
    var right: [Span]

    var width: Int { 2 + Span.width(of: left) + 1 + Span.width(of: right) }
  }

  /// The fullest header that fits.
  private static func fitting(_ model: ConsoleModel, columns: Int) -> Choice {
    let name = model.scenario.isEmpty ? "bubbles" : model.scenario
    let extras: [[Span]] = [extras(model), []]
    let counts = counts(model)
    var last = Choice(name: "", isNamed: false, left: [], right: [])
    for isNamed in [true, false] {
      for extra in extras {
        for kept in [counts.count, 1, 0] where isNamed ? kept == counts.count : true {
          last = Choice(
            name: cut(name, to: 12), isNamed: isNamed, left: [], right: [])
          last.left = [Span(last.name, .scenario)]
          for kind in ViewKind.allCases {
            last.left += tab(kind, in: model, isNamed: isNamed)
          }
          last.right = extra + pace(model) + clock(model) + counts.prefix(kept).flatMap { $0 }
          if last.width <= columns { return last }
        }
      }
    }
    last.right = clock(model)
    return last
  }

  private static func tab(_ kind: ViewKind, in model: ConsoleModel, isNamed: Bool) -> [Span] {
    let glyphs = model.options.glyphs
    guard kind != model.view else {
      let word = "\(kind.rawValue) \(kind.name)"
      return [
        Span(" "),
        Span(glyphs[.activeViewLeft] + word + glyphs[.activeViewRight], .activeView),
      ]
    }
    let number = Span(" \(kind.rawValue)", .key)
    return isNamed ? [number, Span(" \(kind.name) ", .dim)] : [number, Span(" ")]
  }

  private static func extras(_ model: ConsoleModel) -> [Span] {
    let seed = model.seed.map { "seed \($0)   " } ?? ""
    return [Span("\(seed)beat \(Pace.text(ofBeat: model.pace.beat))  ", .dim)]
  }

  private static func pace(_ model: ConsoleModel) -> [Span] {
    let glyphs = model.options.glyphs
    if model.isPreviewing { return [Span("\(glyphs[.paused]) preview ", .warning)] }
    if model.pace.isPaused { return [Span("\(glyphs[.paused]) paused ", .warning)] }
    return [Span(glyphs[.playing] + Pace.text(ofSpeed: model.pace.speed) + " ")]
  }

  private static func clock(_ model: ConsoleModel) -> [Span] {
    [Span(clockText(model.now), .title)]
  }

  /// Each state that occurs, running first.
  private static func counts(_ model: ConsoleModel) -> [[Span]] {
    ProcessState.inHeader.compactMap { state in
      let count = model.tree.count(of: state)
      guard count > 0 else { return nil }
      return [Span(" "), Span(model.options.glyphs[state.sign] + grouped(count), state.role)]
    }
  }
}

import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What stands in the place of the last events while the screen shows an earlier moment: how far
/// back that is, and a line of time with the kills, the crashes and the moment on it.
enum PastBand {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard let end = model.travel.end, !area.isEmpty else { return }
    let (band, rest) = area.split(top: 1)
    grid.fill(band, role: .past)
    let left = " You are \(distance(model, end)) in the past."
    let right = kept(model, end) + " "
    StyledLine([Span(left, .past)], right: [Span(right, .past)])
      .draw(on: &grid, at: band.origin, columns: band.columns)
    guard !rest.isEmpty else { return }
    let line = SessionLine(
      here: model.now, end: end.now, crashes: end.incidents.map(\.instant),
      pointer: model.options.glyphs[.timeHere], title: "\(seconds(end.now - .zero)) now ")
    line.draw(model.options.glyphs, in: rest.split(top: 1).top, on: &grid)
  }

  /// `3.2 s`, or `5 events` where no time lies between.
  static func distance(_ model: ConsoleModel, _ end: TimeTravelStatus.End) -> String {
    let gap = end.now - model.now
    if gap >= .milliseconds(50) { return seconds(gap) }
    return counted(Int(end.tree.lastEvent - model.tree.lastEvent))
  }

  private static func kept(_ model: ConsoleModel, _ end: TimeTravelStatus.End) -> String {
    let events = counted(Int(end.tree.lastEvent))
    let futures = model.travel.futures.count
    guard futures > 0 else { return "kept: \(events)" }
    return "kept: \(events), \(futures) other \(noun(for: futures, "future"))"
  }

  private static func counted(_ events: Int) -> String {
    "\(grouped(events)) \(noun(for: events, "event"))"
  }
}

/// `3.2 s`, `2 min 10 s`.
private func seconds(_ span: Duration) -> String {
  let tenths = span.wholeNanoseconds / 100_000_000
  guard tenths >= 600 else { return "\(tenths / 10).\(tenths % 10) s" }
  return "\(tenths / 600) min \(tenths % 600 / 10) s"
}

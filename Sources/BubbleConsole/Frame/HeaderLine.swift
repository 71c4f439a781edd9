import BubbleText
package import BubbleCells
import BubbleTree

/// The first row: what runs, the views, the pace, the clock and the counts.
///
/// When room ends, first what is nice to know is dropped, then the blanks between the views, the
/// names of those that are not shown, and the end of a long scenario's name; the counts are dropped
/// from their end, and last of all the pace.
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
      let width = Span.width(of: tab(kind, in: model, choice.tabs))
      if (column..<column + width).contains(point.column) { return kind }
      column += width
    }
    return nil
  }

  // MARK: - Private

  /// How the views that are not shown are told of: by name and apart, by name, or by number.
  private enum Tabs {
    case wide, narrow, numbers
  }

  private struct Choice {
    var name: String
    var tabs: Tabs
    var left: [Span]
    var right: [Span]

    var width: Int { 2 + Span.width(of: left) + 1 + Span.width(of: right) }
  }

  /// The fullest header that fits.
  private static func fitting(_ model: ConsoleModel, columns: Int) -> Choice {
    let scenario = model.scenario.isEmpty ? "bubbles" : model.scenario
    let (whole, short) = (cut(scenario, to: 20), cut(scenario, to: 12))
    let counts = counts(model)
    let core = working(model) + chaos(model) + pace(model) + clock(model)
    let all = core + (model.isLabShown ? seed(model) : counts.joined().map { $0 })
    // While something happens the names of the views stay away if they might not fit all the time.
    let reserve =
      isCalm(model) ? 0 : max(0, widestCounts(model) - Span.width(of: counts.flatMap { $0 }))
    let forms: [(tabs: Tabs, name: String, spans: [Span])] = [
      (.wide, whole, extras(model) + all), (.wide, whole, all), (.narrow, whole, all),
      (.numbers, whole, all), (.numbers, short, all),
      (.numbers, short, core + (model.isLabShown ? [] : counts.first ?? [])),
      (.numbers, short, core), (.numbers, short, working(model) + shortPace(model) + clock(model)),
      (.numbers, short, model.working == nil ? clock(model) : working(model)),
    ]
    var choice = Choice(name: short, tabs: .numbers, left: [], right: [])
    for (tabs, name, right) in forms {
      choice.name = name
      choice.tabs = tabs
      choice.left = left(name, model, tabs)
      choice.right = right
      if choice.width + (tabs == .numbers ? 0 : reserve) <= columns { break }
    }
    return choice
  }

  private static func left(_ name: String, _ model: ConsoleModel, _ tabs: Tabs) -> [Span] {
    [Span(name, .scenario)] + ViewKind.allCases.flatMap { tab($0, in: model, tabs) }
  }

  private static func tab(_ kind: ViewKind, in model: ConsoleModel, _ tabs: Tabs) -> [Span] {
    let glyphs = model.options.glyphs
    guard kind != model.view else {
      let word = "\(kind.rawValue) \(kind.name)"
      // Half blocks in the text colour join with the reversed word; plain text shows them too.
      return [
        Span(" "), Span(glyphs[.activeViewLeft]), Span(word, .activeView),
        Span(glyphs[.activeViewRight]),
      ]
    }
    let number = Span(" \(kind.rawValue)", .key)
    switch tabs {
    case .wide: return [number, Span(" \(kind.name) ", .dim)]
    case .narrow: return [number, Span(" \(kind.name)", .dim)]
    case .numbers: return [number, Span(" ")]
    }
  }

  /// The same for all copies in the lab.
  private static func seed(_ model: ConsoleModel) -> [Span] {
    model.seed.map { [Span(" seed \($0)", .dim)] } ?? []
  }

  private static func extras(_ model: ConsoleModel) -> [Span] {
    let seed = model.isLabShown ? "" : model.seed.map { "seed \($0)   " } ?? ""
    return [Span("\(seed)beat \(Pace.text(ofBeat: model.pace.beat))  ", .dim)]
  }

  /// What takes long, and how to leave it.
  private static func working(_ model: ConsoleModel) -> [Span] {
    model.working.map { [Span("\($0); esc leaves it ", .warning)] } ?? []
  }

  /// Faults arrive by chance, with that seed.
  private static func chaos(_ model: ConsoleModel) -> [Span] {
    guard let chaos = model.chaos, !model.isLabShown else { return [] }
    return [Span("chaos seed \(chaos.seed)", .warning), Span("  ")]
  }

  private static func pace(_ model: ConsoleModel) -> [Span] {
    let glyphs = model.options.glyphs
    if model.isPreviewing { return [Span("\(glyphs[.paused]) preview ", .warning)] }
    if let end = model.travel.end, !model.isLabShown {
      let ago = PastBand.distance(model, end)
      return [Span(" \(glyphs[.selectionRight]) \(ago) ago ", .past), Span(" ")]
    }
    if model.pace.isPaused { return [Span("\(glyphs[.paused]) paused ", .warning)] }
    if model.isHeldByScript { return [Span("\(glyphs[.paused]) held ", .title)] }
    let speed = Span(glyphs[.playing] + Pace.text(ofSpeed: model.pace.speed) + " ")
    guard model.shedsBeats, !model.isLabShown else { return [speed] }
    return [speed, Span("no beats ", .warning)]
  }

  /// Only the sign, where there is no room for more.
  private static func shortPace(_ model: ConsoleModel) -> [Span] {
    if model.travel.isPast, !model.isLabShown {
      return [Span(model.options.glyphs[.selectionRight], .past)]
    }
    let isStill = model.pace.isPaused || model.isPreviewing
    let sign: Sign = isStill || model.isHeldByScript ? .paused : .playing
    return [Span(model.options.glyphs[sign], isStill ? .warning : .text)]
  }

  private static func clock(_ model: ConsoleModel) -> [Span] {
    [Span(clockText(model.isLabShown ? model.lab?.now ?? model.now : model.now), .title)]
  }

  /// Whether the counts stay as they are for a while.
  private static func isCalm(_ model: ConsoleModel) -> Bool {
    let inChange: [ProcessState] = [.restarting, .starting, .stopping, .gaveUp]
    return !model.isPreviewing && !model.isRunningPlan
      && inChange.allSatisfy { model.tree.count(of: $0) == 0 }
  }

  /// The room that the counts may take while something happens: of what runs, is being restarted,
  /// starts, stops, has stopped and has crashed.
  private static func widestCounts(_ model: ConsoleModel) -> Int {
    guard !model.isLabShown else { return 0 }
    let digits = grouped(model.tree.placeCount).count
    return 2 + digits + 3 * 5
  }

  /// Each state that occurs, running first.
  private static func counts(_ model: ConsoleModel) -> [[Span]] {
    states(model) + cuts(model)
  }

  /// How many cables are cut.
  private static func cuts(_ model: ConsoleModel) -> [[Span]] {
    let count = model.tree.cluster.cuts.count
    return count == 0 ? [] : [[Span(" "), Span("\(grouped(count)) cut", .crashed)]]
  }

  private static func states(_ model: ConsoleModel) -> [[Span]] {
    ProcessState.inHeader.compactMap { state in
      let count = model.tree.count(of: state)
      guard count > 0 else { return nil }
      return [Span(" "), Span(model.options.glyphs[state.sign] + grouped(count), state.role)]
    }
  }
}

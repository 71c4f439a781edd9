package import BubbleCells

/// The last row: the keys that matter now, most likely first.
package enum KeyBar {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    if case .command(let line) = model.overlay {
      draw(line, model, in: area, on: &grid)
      return
    }
    let context = model.keyContext
    let help = context.takesText ? [] : entry("?", "help")
    let helpWidth = Span.width(of: help)
    let cap = trouble(model) + keyCap(model)
    let capWidth = Span.width(of: cap)
    let room = area.columns - 2 - (help.isEmpty ? 0 : helpWidth + 2) - capWidth
    let start = Point(column: area.column + 1, row: area.row)
    let progress =
      Set<KeyContext>.scripted.contains(context)
      ? model.script.map { CaptionBand.progress($0, model.options.glyphs) } ?? [] : []
    let left =
      progress
      + (notice(model) ?? entries(model, in: context, columns: room - Span.width(of: progress)))
    StyledLine(left).draw(on: &grid, at: start, columns: room)
    let capStart = area.endColumn - 1 - helpWidth - (help.isEmpty ? 0 : 2) - capWidth
    StyledLine(cap).draw(on: &grid, at: Point(column: capStart, row: area.row), columns: capWidth)
    StyledLine(help).draw(
      on: &grid, at: Point(column: area.endColumn - 1 - helpWidth, row: area.row),
      columns: helpWidth)
  }

  /// A notice in the place of the keys, where a caption has the place of notices.
  private static func notice(_ model: ConsoleModel) -> [Span]? {
    guard model.showsCaption, let notice = model.notice else { return nil }
    return [Span("! ", .warning), Span(notice)]
  }

  /// As many entries as fit, from the first on.
  static func entries(_ model: ConsoleModel, in context: KeyContext, columns: Int) -> [Span] {
    var spans: [Span] = []
    var used = 0
    for action in actions(in: context, view: model.view)
    where action.hasKey(for: model.capabilitiesHere) {
      let word = action.wordNow?(model) ?? action.word
      guard !word.isEmpty else { continue }
      let shown = entry(Key.shown(action.shown, in: model.options.glyphs), word)
      let width = Span.width(of: shown) + (spans.isEmpty ? 0 : 2)
      guard used + width <= columns else { break }
      if !spans.isEmpty { spans.append(Span("  ")) }
      spans += shown
      used += width
    }
    return spans
  }

  /// The rows that have a place in the bar, most likely first.
  static func actions(in context: KeyContext, view: ViewKind) -> [Action] {
    ActionTable.all.filter { $0.places[context] != nil && $0.applies(in: context, view: view) }
      .sorted { ($0.places[context] ?? 0, $0.id) < ($1.places[context] ?? 0, $1.id) }
  }

  /// That something has failed, where the sentence that says it has no room.
  private static func trouble(_ model: ConsoleModel) -> [Span] {
    model.troubles.isEmpty ? [] : [Span("! not recorded ", .warning)]
  }

  /// The key that was pressed last, while keys are shown.
  private static func keyCap(_ model: ConsoleModel) -> [Span] {
    guard model.showsKeys, let key = model.shownKey else { return [] }
    return [Span(" \(Key.shown(key.shown, in: model.options.glyphs)) ", .keyCap)]
  }

  private static func entry(_ keys: String, _ word: String) -> [Span] {
    [Span(keys, .key), Span(" \(word)", .dim)]
  }

  /// The command line, what the command takes, and its keys as long as they fit.
  private static func draw(
    _ line: CommandLine, _ model: ConsoleModel, in area: Rect, on grid: inout CellGrid
  ) {
    let cursor = model.options.glyphs[.cursor]
    // What is typed now matters, so a long line shows its end.
    var text = line.text
    while displayWidth(text) > area.columns - 6 { text.removeFirst() }
    var left = [Span(" :", .key), Span(text), Span(cursor, .key)]
    let word = line.text.prefix { $0 != " " }
    if let action = ActionTable.action(command: word) {
      let hint = Span("  \(action.argument)  \(action.help)", .dim)
      if Span.width(of: left + [hint]) < area.columns { left.append(hint) }
    }
    let room = area.columns - 4 - Span.width(of: left)
    let keys = entries(model, in: .command, columns: max(0, room)) + [Span(" ")]
    StyledLine(left, right: keys).draw(on: &grid, at: area.origin, columns: area.columns)
  }
}

package import BubbleCells

/// The box beside the view: the selection, a preview, a running plan, or a question.
package enum Panel {
  package static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let whole = content(model, columns: area.columns - 4)
    let room = area.rows - 2
    let isFocused = model.focus == .panel
    // Whoever scrolls sees everything; else the least important gives way.
    let shown = isFocused ? whole : whole.fitted(to: room)
    grid.clear(area)
    let frame: Role = isFocused ? .key : .frame
    grid.box(area, role: frame, title: shown.title)
    let scroll = isFocused ? min(model.panelScroll, max(0, whole.height - room)) : 0
    draw(shown, from: scroll, frame: frame, in: area, on: &grid)
    let hidden = isFocused ? whole.height - room - scroll : whole.saying - shown.saying
    foot(shown, isFocused: isFocused, hidden: hidden, in: area, on: &grid)
  }

  /// How far the panel can be scrolled.
  static func furthest(_ model: ConsoleModel) -> Int {
    guard let area = Regions(model).panel else { return 0 }
    return max(0, content(model, columns: area.columns - 4).height - (area.rows - 2))
  }

  /// What the panel is about now.
  static func content(_ model: ConsoleModel, columns: Int) -> PanelContent {
    if case .prompt(let prompt) = model.overlay {
      return PromptPanel.content(prompt, model, columns: columns)
    }
    if case .form(let form) = model.overlay {
      return FormPanel.content(form, model, columns: columns)
    }
    switch model.mode {
    case .preview(let preview):
      return PreviewPanel.content(preview, model, columns: columns)
    case .running(let running) where !model.isPanelOpen:
      return RunningPanel.content(running, model, columns: columns)
    case .browse, .running:
      return Inspector.content(model, columns: columns)
    }
  }

  // MARK: - Private

  private static func draw(
    _ content: PanelContent, from scroll: Int, frame: Role, in area: Rect, on grid: inout CellGrid
  ) {
    let inner = area.inset(columns: 2, rows: 1)
    var row = inner.row - scroll
    func isVisible() -> Bool { row >= inner.row && row < inner.endRow }
    for section in content.sections {
      if let title = section.title {
        if isVisible() {
          let line = Rect(column: area.column, row: row, columns: area.columns, rows: 1)
          grid.divider(line, role: frame, title: title)
        }
        row += 1
      }
      for line in section.rows.map(\.line) {
        if isVisible() {
          line.draw(
            on: &grid, at: Point(column: inner.column, row: row), columns: inner.columns)
        }
        row += 1
      }
    }
  }

  /// The lower edge: what the content says there, or that there is more below.
  private static func foot(
    _ content: PanelContent, isFocused: Bool, hidden: Int, in area: Rect, on grid: inout CellGrid
  ) {
    var spans = content.footer
    if hidden > 0, spans.isEmpty {
      spans = [Span(isFocused ? "↑↓" : "tab", .key), Span(" \(hidden) more", .dim)]
    }
    guard !spans.isEmpty else { return }
    spans = [Span(" ")] + spans + [Span(" ")]
    let width = Span.width(of: spans)
    guard width <= area.columns - 4 else { return }
    let start = Point(column: area.endColumn - 2 - width, row: area.endRow - 1)
    StyledLine(spans).draw(on: &grid, at: start, columns: width)
  }
}

package import BubbleCells

/// Where the parts of the screen lie.
package struct Regions: Hashable, Sendable {
  package var header: Rect
  /// The row that says how the view is narrowed, while it is.
  package var filter: Rect?
  package var body: Rect
  /// Nil while there is no panel.
  package var panel: Rect?
  package var strip: Rect
  package var keys: Rect

  /// The smallest screen that is drawn on.
  package static let smallest = Size(columns: 40, rows: 12)
  /// Below this width the panel takes the view's place.
  package static let panelBesideColumns = 72
  private static let panelColumns = 29...38

  package static func isTooSmall(_ size: Size) -> Bool {
    size.columns < smallest.columns || size.rows < smallest.rows
  }
}

extension Regions {
  /// The parts for the screen of `model`.
  package init(_ model: ConsoleModel) {
    let screen = Rect(model.size)
    let (header, belowHeader) = screen.split(top: model.isPresenting ? 0 : 1)
    let (aboveKeys, keys) = belowHeader.split(bottom: 1)
    let (middle, strip) = aboveKeys.split(bottom: Self.stripRows(of: model))
    self.init(header: header, body: middle, strip: strip, keys: keys)
    if model.hasPanel {
      guard model.size.columns >= Self.panelBesideColumns else {
        panel = middle
        body = Rect(column: 0, row: middle.row, columns: 0, rows: 0)
        return
      }
      let parts = middle.split(right: Self.panelColumns(of: model.size.columns))
      panel = parts.right
      // Packing several pictures anew for a question would hide what the question is about.
      body = model.isLabShown ? middle : parts.rest
    }
    guard model.showsFilter else { return }
    if model.view.standsBesidePanel {
      // A picture of circles would be packed anew for a row less; the strip gives one instead.
      (self.strip, filter) = self.strip.split(bottom: 1)
    } else {
      (filter, body) = body.split(top: 1)
    }
  }

  static func panelColumns(of columns: Int) -> Int {
    min(panelColumns.upperBound, max(panelColumns.lowerBound, columns / 3))
  }

  /// A caption or a question has the rows that it needs, and for an audience there are always two.
  ///
  /// The log tells the last events itself: there the strip is as high as what is said beside.
  static func stripRows(of model: ConsoleModel) -> Int {
    if let script = model.script, script.isOn {
      let rows = script.rowCount(columns: model.size.columns - 6, glyphs: model.options.glyphs)
      return min(rows, max(2, model.size.rows / 3))
    }
    if model.isPresenting { return 2 }
    let rows = stripRows(of: model.size.rows)
    guard model.view == .log else { return rows }
    guard model.notice != nil || !model.travel.isPast else { return min(rows, 2) }
    return min(rows, Remark.lines(model, columns: model.size.columns - 2).count)
  }

  /// One line of events on a low screen, two usually, six under a title on a high one.
  private static func stripRows(of rows: Int) -> Int {
    switch rows {
    case ..<18: 1
    case ..<34: 2
    default: 7
    }
  }
}

extension ConsoleModel {
  /// Whether the view is narrowed or about to be.
  var showsFilter: Bool {
    if case .filter = overlay { return true }
    return filter.isActive && !isLabShown
  }

  /// Whether the panel is on the screen.
  package var hasPanel: Bool {
    if isPanelOpen, !isLabShown { return true }
    if isPresenting, overlay == nil { return false }
    switch overlay {
    case .prompt, .form: return true
    case .filter, .command, .help, nil: break
    }
    guard !isLabShown else { return false }
    let isWide = size.columns >= Regions.panelBesideColumns
    switch mode {
    case .preview: return true
    case .running: return isWide
    case .browse: return isWide && view.standsBesidePanel
    }
  }
}

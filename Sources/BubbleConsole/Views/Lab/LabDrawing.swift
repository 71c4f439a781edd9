import BubbleText
import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// Draws the lab: what was done, the pictures, and the counters that tell them apart.
struct LabDrawing {
  @Boxed var model: ConsoleModel
  @Boxed var lab: LabState
  let frame: LabFrame

  private var glyphs: GlyphSet { model.options.glyphs }

  func draw(on grid: inout CellGrid) {
    StyledLine(LabWords.head(lab, glyphs)).draw(
      on: &grid, at: Point(column: frame.head.column + 1, row: frame.head.row),
      columns: frame.head.columns - 2)
    guard frame.isWide else {
      drawPicture(lab.active, in: frame.picture(0), on: &grid)
      drawTable(on: &grid)
      return
    }
    for index in lab.columns.indices {
      let picture = frame.picture(index)
      drawPicture(index, in: picture, on: &grid)
      drawCounters(index, in: frame.counters(index), on: &grid)
      guard index > 0 else { continue }
      let line = Rect(
        column: picture.column - 1, row: picture.row, columns: 1,
        rows: picture.rows + LabFrame.counterRows + 1)
      grid.fill(line, glyph: "│", role: .frame)
      grid.put("┼" as Glyph, at: Point(column: line.column, row: picture.endRow), role: .frame)
    }
  }

  private func drawPicture(_ index: Int, in area: Rect, on grid: inout CellGrid) {
    let column = lab.columns[index]
    guard !area.isEmpty, let layout = column.layout, layout.columns == area.columns,
      layout.rows == area.rows
    else { return }
    var source = BubbleScene.Source(tree: column.tree, now: lab.now)
    source.frame = model.frame
    source.motions = column.motions
    source.selection = lab.highlighted.flatMap { lab.slot(like: $0, in: index) }
    source.plan = column.plan
    BubblePainter.draw(
      BubbleScene(layout, source), at: area.origin, glyphs: glyphs, on: &grid)
  }
}

// MARK: - Counters

extension LabDrawing {
  /// What a column's counters are called and how much there is.
  private enum Counter: CaseIterable {
    case stopped
    case started
    case leftAlone

    var name: String {
      switch self {
      case .stopped: "stopped by it"
      case .started: "started again"
      case .leftAlone: "left alone"
      }
    }

    var shortName: String {
      switch self {
      case .stopped: "stopped"
      case .started: "started"
      case .leftAlone: "alone"
      }
    }

    var role: Role {
      switch self {
      case .stopped: .stopping
      case .started: .starting
      case .leftAlone: .running
      }
    }

    func value(_ tally: LabTally) -> Int {
      switch self {
      case .stopped: tally.stopped
      case .started: tally.started
      case .leftAlone: tally.leftAlone
      }
    }
  }

  /// The highest number of all columns, which all bars are measured by.
  private var most: Int {
    lab.columns.flatMap { column in Counter.allCases.map { $0.value(column.tally) } }.max() ?? 0
  }

  private func drawCounters(_ index: Int, in area: Rect, on grid: inout CellGrid) {
    drawProgress(index, in: area.split(top: 1).top, on: &grid)
    var row = area.row + 1
    for line in counters(index, columns: area.columns - 2) {
      line.draw(
        on: &grid, at: Point(column: area.column + 1, row: row), columns: area.columns - 2)
      row += 1
    }
  }

  /// `── one_for_all: step 3 of 21 ──`; the ring itself tells a strategy.
  private func drawProgress(_ index: Int, in area: Rect, on grid: inout CellGrid) {
    grid.fill(area, glyph: "─", role: .frame)
    let column = lab.columns[index]
    let title = [Span(column.variant.title, .strategy), Span(": ", .dim)]
    let isToldByRing = column.variant.aspects == [.strategy]
    var spans = (isToldByRing ? [] : title) + [column.progress()]
    if Span.width(of: spans) > area.columns - 6 { spans = title + [column.progress(isShort: true)] }
    if index == lab.active { spans.insert(Span(glyphs[.selectionLeft], .selectionArrow), at: 0) }
    spans = [Span(" ")] + spans + [Span(" ")]
    let room = area.columns - 3
    StyledLine(spans).draw(
      on: &grid, at: Point(column: area.column + 2, row: area.row),
      columns: min(room, Span.width(of: spans)))
  }

  private func counters(_ index: Int, columns: Int) -> [StyledLine] {
    let column = lab.columns[index]
    let isShort = columns < 22
    let label = isShort ? 8 : 13
    var lines = Counter.allCases.map { counter in
      let value = counter.value(column.tally)
      let count = grouped(value)
      let bar = glyphs.bar(
        Double(value), of: Double(most), columns: max(0, columns - label - 5))
      return StyledLine([
        Span(padded(isShort ? counter.shortName : counter.name, to: label), .dim),
        Span(padded(count, to: max(4, count.count), alignment: .right), .title), Span(" "),
        Span(bar, counter.role),
      ])
    }
    let rest = max(0, columns - label)
    let width = min(rest, 9)
    lines.append(
      StyledLine([
        Span(padded(targetLabel(isShort, columns: label), to: label), .dim),
        Span(padded(targetDowntime(index), to: width, alignment: .right), .title),
      ]))
    lines.append(
      StyledLine([
        Span(padded(isShort ? "all down" : "all downtime", to: label), .dim),
        Span(padded(allDowntime(index), to: width, alignment: .right), .title),
      ]))
    lines.append(StyledLine(ending(index, columns: columns)))
    return lines
  }

  /// `mailer down`.
  private func targetLabel(_ isShort: Bool, columns: Int) -> String {
    let name = lab.act?.name ?? lab.selectedNode?.name ?? ""
    return isShort ? "down" : "\(cut(sanitised(name), to: columns - 5)) down"
  }

  private func targetDowntime(_ index: Int) -> String {
    guard let slot = lab.act?.slot ?? lab.highlighted, let place = lab.slot(like: slot, in: index)
    else { return "gone" }
    let tally = lab.columns[index].tally
    return downtime(tally.downtime(of: place, at: lab.now), wasDown: tally.wasDown(place))
  }

  private func allDowntime(_ index: Int) -> String {
    let tally = lab.columns[index].tally
    return downtime(tally.downtime(at: lab.now), wasDown: tally.wasAnyDown)
  }

  /// A time that a talk can mention: of less than a millisecond it says only that.
  private func downtime(_ span: Duration, wasDown: Bool) -> String {
    guard wasDown else { return "none" }
    return span < .milliseconds(1) ? "< 1 ms" : spoken(span)
  }

  /// The budget, or that the supervisor gave up.
  private func ending(_ index: Int, columns: Int) -> [Span] {
    let column = lab.columns[index]
    if let gone = column.tally.gaveUp.first {
      let name = sanitised(column.tree[gone].name)
      return [Span("\(glyphs[.gaveUp]) \(name) gave up", .gaveUp)]
    }
    guard let budget = column.tree.budget(of: lab.setup.supervisor, at: lab.now) else { return [] }
    let pips = BudgetPicture.pips(budget, glyphs)
    let words =
      columns < 22
      ? [Span(" \(budget.used)/\(budget.allowed)", .title)]
      : [
        Span(" \(budget.used) of \(budget.allowed)", .title), Span(", \(budget.seconds) s", .dim),
      ]
    return [Span("budget  ", .dim)] + pips + words
  }

}

// MARK: - The table

extension LabDrawing {
  /// The counters of all columns as a table, where there is no room for all pictures.
  private func drawTable(on grid: inout CellGrid) {
    let area = frame.table
    let width = max(5, (area.columns - 9) / max(1, lab.columns.count))
    func put(_ row: Int, _ label: String, _ cells: (Int) -> Span) {
      guard row < area.rows else { return }
      var spans = [Span(padded(label, to: 9), .dim)]
      for index in lab.columns.indices {
        let cell = cells(index)
        let text = cut(cell.text, to: width - 1)
        spans += [
          Span(String(repeating: " ", count: max(1, width - displayWidth(text)))),
          Span(text, cell.role),
        ]
      }
      StyledLine(spans).draw(
        on: &grid, at: Point(column: area.column, row: area.row + row), columns: area.columns)
    }
    put(0, "") { index in
      let isActive = index == lab.active
      let short = lab.columns[index].variant.strategy?.short ?? lab.columns[index].variant.title
      return isActive
        ? Span(glyphs[.selectionLeft] + short, .selectionName) : Span(short, .strategy)
    }
    put(1, "progress") { lab.columns[$0].progress(isShort: true) }
    for (row, counter) in Counter.allCases.enumerated() {
      put(row + 2, counter.shortName) { index in
        Span(grouped(counter.value(lab.columns[index].tally)), .title)
      }
    }
    put(5, "down") { Span(targetDowntime($0), .title) }
    put(6, "all down") { Span(allDowntime($0), .title) }
    put(7, "budget") { index in
      let column = lab.columns[index]
      guard column.tally.gaveUp.isEmpty else { return Span("gave up", .gaveUp) }
      let budget = column.tree.budget(of: lab.setup.supervisor, at: lab.now)
      return Span(budget.map { "\($0.used)/\($0.allowed)" } ?? "", .budgetCounted)
    }
  }
}

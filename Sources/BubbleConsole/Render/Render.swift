package import BubbleCells

/// The screen as it is; looks at the model, and at nothing else.
package func render(_ model: ConsoleModel) -> CellGrid {
  var grid = CellGrid(size: model.size)
  guard !Regions.isTooSmall(model.size) else {
    SmallScreen.draw(model, on: &grid)
    return finished(grid, model)
  }
  let regions = Regions(model)
  if !regions.header.isEmpty { HeaderLine.draw(model, in: regions.header, on: &grid) }
  if let filter = regions.filter {
    FilterLine.draw(model, in: filter, on: &grid)
  }
  if EndedScreen.isShown(model) {
    EndedScreen.draw(model, in: regions.body, on: &grid)
  } else if !regions.body.isEmpty {
    model.view.view.draw(model, in: regions.body, on: &grid)
  }
  if let panel = regions.panel {
    Panel.draw(model, in: panel, on: &grid)
  }
  if model.showsCaption {
    CaptionBand.draw(model, in: regions.strip, on: &grid)
  } else if model.travel.isPast, model.notice == nil, !model.isLabShown,
    !model.view.showsPast
  {
    PastBand.draw(model, in: regions.strip, on: &grid)
  } else {
    EventStrip.draw(model, in: regions.strip, on: &grid)
  }
  KeyBar.draw(model, in: regions.keys, on: &grid)
  if case .help(let scroll) = model.overlay {
    HelpScreen.draw(model, ActionTable.all, scroll: scroll, on: &grid)
  }
  return finished(grid, model)
}

/// The grid in the letters that the terminal has.
private func finished(_ grid: CellGrid, _ model: ConsoleModel) -> CellGrid {
  model.options.glyphs.isASCII ? grid.inASCII() : grid
}

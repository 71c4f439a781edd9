import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

@Suite struct ViewSizeTests {
  @Test(arguments: [
    ViewsStory.afterKill, ViewsStory.everyState, ViewsStory.wide, ShopStory(),
  ])
  func `no size stops a view`(story: ShopStory) {
    for columns in [1, 2, 3, 7, 12, 29, 40, 81] {
      for rows in [1, 2, 3, 5, 9, 14, 40] {
        let size = Size(columns: columns, rows: rows)
        for kind in [ViewKind.tree, .table, .log] {
          let console = Console(columns: columns, rows: rows, view: kind, story: story)
          let area = Rect(size)
          var model = console.model
          kind.view.refresh(&model, after: [], in: area)
          var grid = CellGrid(size: size)
          kind.view.draw(model, in: area, on: &grid)
          for direction in Direction.allCases { kind.view.move(direction, in: &model) }
          _ = kind.view.slot(at: Point(column: 0, row: rows - 1), in: area, model: model)
          #expect(kind.view.visibleSlots(in: area, model: model).count <= 4_096)
        }
      }
    }
  }

  /// What a swarm's screen costs must not depend on how many there are, so nothing that is drawn
  /// may come from outside the screen.
  @Test func `a hundred thousand rows are drawn a screen at a time`() {
    var model = ConsoleModel(
      scenario: "swarm", size: Size(columns: 80, rows: 24), view: .table,
      options: ConsoleOptions(motion: .none))
    _ = update(&model, .events(ViewsStory.swarm(100_000)))
    for _ in 0..<40 { _ = update(&model, .clock(.zero)) }
    #expect(model.table.index.rows.count == 100_002)
    _ = update(&model, .key(.character("G")))
    let area = Regions(model).body
    let visible = model.table.visible(rows: area.rows - 1)
    #expect(visible.count == area.rows - 1)
    #expect(visible.upperBound == 100_002)
    #expect(TableView.visibleSlots(in: area, model: model).count == visible.count)
    #expect(render(model).text().contains("swarm100000"))

    _ = update(&model, .key(.character("2")))
    #expect(model.treeDiagram.picture.boxes.count == 2)
    #expect(render(model).text().contains("●100,000"))
    _ = update(&model, .key(.enter))
    #expect(model.notice != nil)
  }

  @Test func `an outline has no more boxes than can be drawn`() {
    var tree = ProcessTree()
    for event in ViewsStory.swarm(5_000) { tree.fold(event) }
    let outline = TreeOutline(tree, folded: []) { _ in true }
    #expect(outline.slots.count == 2)
    #expect(outline.slots[1].fold == .folded)
  }
}

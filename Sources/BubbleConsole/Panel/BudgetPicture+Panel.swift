import BubbleCells
import BubbleEvents
import BubbleTree

extension BudgetPicture {
  /// The pips, and the window that slides over them.
  static func sections(
    _ node: TreeNode, _ model: ConsoleModel, columns: Int
  ) -> [PanelSection] {
    guard let budget = model.tree.budget(of: node.id, at: model.now) else { return [] }
    let rows = [PanelRow(pips(budget, model.options.glyphs) + [Span(words(budget))])]
    return [
      PanelSection("budget", rows + window(budget, at: model.now, columns: columns) + [.air])
    ]
  }

  /// The window with its restarts, oldest left, and under it what its ends mean.
  static func window(_ budget: Budget, at now: RuntimeInstant, columns: Int) -> [PanelRow] {
    let inner = columns - 2
    guard inner > 4 else { return [] }
    var marks: [Character?] = Array(repeating: nil, count: inner)
    let length = Double(budget.seconds) * 1e9
    for tick in budget.ticks {
      let age = min(1, Double((now - tick.instant).wholeNanoseconds) / length)
      let column = Int((Double(inner - 1) * (1 - age)).rounded())
      marks[min(inner - 1, max(0, column))] = tick.isPastHalf ? "│" : "┃"
    }
    var spans = [Span("┤", .dim)]
    for mark in marks {
      spans.append(mark.map { Span(String($0), .budgetCounted) } ?? Span("┈", .dim))
    }
    spans.append(Span("├", .dim))
    let ends = PanelRow(
      [Span("\(budget.seconds) s ago", .dim)], right: [Span("now", .dim)], worth: .extra)
    return [PanelRow(spans, worth: .extra), ends]
  }
}

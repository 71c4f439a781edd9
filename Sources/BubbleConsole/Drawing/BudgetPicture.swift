import BubbleCells
import BubbleEvents
import BubbleTree

/// A supervisor's restart budget: one sign a restart, and the window that slides over them.
enum BudgetPicture {
  /// More than so many restarts are written as a number.
  private static let mostPips = 5

  /// ` 1 of 3 in 5 s`.
  static func words(_ budget: Budget) -> String { count(budget) + " in \(budget.seconds) s" }

  /// ` 1 of 3`; nothing where these numbers stand in the place of pips.
  static func count(_ budget: Budget) -> String {
    budget.allowed <= mostPips ? " \(budget.used) of \(budget.allowed)" : ""
  }

  /// `▌▖·`: counted, counted and past half of its window, to spare.
  static func pips(_ budget: Budget, _ glyphs: GlyphSet) -> [Span] {
    guard budget.allowed <= mostPips else {
      let role: Role = budget.used == 0 ? .budgetSpare : .budgetCounted
      return [Span("\(budget.used)/\(budget.allowed)", role)]
    }
    let signs = budget.ticks.map { $0.isPastHalf ? Sign.budgetExpiring : .budgetCounted }
    return [
      Span(signs.reversed().map { glyphs[$0] }.joined(), .budgetCounted),
      Span(String(repeating: glyphs[.budgetSpare], count: budget.toSpare), .budgetSpare),
    ]
  }
}

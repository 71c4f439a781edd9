import BubbleCells
import BubbleEvents
import BubbleTree

/// What a plan costs: the restart budgets before and after.
enum PlanBudgets {
  static func sections(
    _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelSection] {
    switch plan.budgets.count {
    case 0: []
    case 1: [single(plan.budgets[0], model, columns: columns)]
    default: [PanelSection("budgets", plan.budgets.flatMap { row($0, plan, model) })]
    }
  }

  /// What is left of the budgets while the plan runs.
  static func now(_ plan: Plan, _ model: ConsoleModel, columns: Int) -> [PanelSection] {
    plan.budgets.compactMap { change in
      guard let budget = model.tree.budget(of: change.supervisor, at: model.now) else {
        return nil
      }
      let glyphs = model.options.glyphs
      let pips = BudgetPicture.pips(budget, glyphs) + [Span(BudgetPicture.words(budget))]
      let spent = [Span("\(glyphs[.gaveUp]) spent", .crashed)]
      let isSpent = model.tree[change.supervisor].supervision?.gaveUp == true
      return PanelSection(
        "budget of \(model.tree.fullName(of: change.supervisor))",
        [PanelRow(isSpent ? spent : pips, worth: .needed)]
          + BudgetPicture.window(budget, at: model.now, columns: columns))
    }
  }

  private static func single(
    _ change: Plan.BudgetChange, _ model: ConsoleModel, columns: Int
  ) -> PanelSection {
    let glyphs = model.options.glyphs
    let before = BudgetPicture.pips(change.before, glyphs)
    let arrow = [Span(" \(glyphs[.leadsTo]) ", .dim)]
    let after =
      change.isSpent
      ? [Span("\(glyphs[.gaveUp]) spent", .crashed)]
      : BudgetPicture.pips(change.after, glyphs)
        + [Span(BudgetPicture.words(change.after))]
    var rows = [PanelRow(before + arrow + after, worth: .needed)]
    rows += BudgetPicture.window(change.after, at: model.now, columns: columns)
    rows += remark(change, model, columns: columns)
    return PanelSection("budget of \(model.tree.fullName(of: change.supervisor))", rows)
  }

  /// How near the supervisor is to giving up.
  private static func remark(
    _ change: Plan.BudgetChange, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    let text: String
    if change.isSpent {
      guard let wait = wait(change.before, model) else { return [] }
      text = "wait \(spoken(wait)) and one is free"
    } else {
      let name = model.tree.fullName(of: change.supervisor)
      let spare = change.after.toSpare
      switch spare {
      case 0: text = "none to spare: the next one takes \(name) down"
      case 1: text = "one to spare"
      default: text = "\(spare) to spare"
      }
    }
    return wrapped(text, columns: columns).map { PanelRow($0, .dim, worth: .extra) }
  }

  /// How long until the oldest restart leaves the window.
  private static func wait(_ budget: Budget, _ model: ConsoleModel) -> Duration? {
    guard let end = budget.nextLeaves, end > model.now else { return nil }
    return end - model.now
  }

  private static func row(
    _ change: Plan.BudgetChange, _ plan: Plan, _ model: ConsoleModel
  ) -> [PanelRow] {
    let glyphs = model.options.glyphs
    let width = plan.budgets.map { displayWidth(model.tree.fullName(of: $0.supervisor)) }.max() ?? 0
    let after =
      change.isSpent
      ? [Span("\(glyphs[.gaveUp]) spent", .crashed)]
      : BudgetPicture.pips(change.after, glyphs)
        + [Span(BudgetPicture.count(change.after))]
    return [
      PanelRow(
        [Span(padded(model.tree.fullName(of: change.supervisor), to: width + 1), .supervisorName)]
          + BudgetPicture.pips(change.before, glyphs)
          + [Span(" \(glyphs[.leadsTo]) ", .dim)] + after, worth: .needed)
    ]
  }
}

import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What an action would do: who stops, who starts, in which order, and what it costs.
enum PreviewPanel {
  static func content(
    _ preview: Preview, _ model: ConsoleModel, columns: Int
  ) -> PanelContent {
    let name = model.tree.fullName(of: preview.target)
    let title =
      "if you " + (ClusterRows.title(preview.request, model) ?? "\(preview.action.verb) \(name)")
    guard let plan = preview.plan else {
      let text = preview.objection ?? "A copy of the machine runs ahead …"
      let rows = wrapped(text, columns: columns).map { PanelRow($0, .dim, worth: .needed) }
      return PanelContent(
        title: title, footer: footer(model, canBeDone: false), sections: [PanelSection(nil, rows)])
    }
    var rows = PlanRows.head(plan, model, columns: columns)
    rows += PlanRows.target(plan, model) + ClusterRows.target(plan, model)
    rows += ClusterRows.outcomes(plan, model, columns: columns)
    rows += PlanRows.surrender(plan, model, columns: columns)
    rows += PlanRows.applicationEnd(plan, model, columns: columns)
    rows += steps(plan, model, columns: columns)
    rows += PlanRows.stayingAway(plan, model, columns: columns)
    rows.append(untouched(plan, model))
    if !preview.isSettled {
      rows += wrapped("it goes on like this: the copy was stopped", columns: columns)
        .map { PanelRow($0, .warning) }
    }
    rows.append(.air)
    return PanelContent(
      title: title, footer: footer(model, canBeDone: true),
      sections: [PanelSection(nil, rows)] + PlanBudgets.sections(plan, model, columns: columns))
  }

  /// The keys, unless a script has them.
  private static func footer(_ model: ConsoleModel, canBeDone: Bool) -> [Span] {
    if model.script?.isOn == true { return [] }
    let no = [Span("esc", .key), Span(" no", .dim)]
    return canBeDone ? [Span("x", .key), Span(" do it  ", .dim)] + no : no
  }

  /// The steps side by side, each with its number.
  private static func steps(
    _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    var rows: [PanelRow] = []
    let groups =
      PlanRows.ends(plan).map { ($0.title, $0.note, $0.items, Role.planned) }
      + [("start", " in start order", plan.starts, .starting)]
    for (title, note, steps, role) in groups where !steps.isEmpty {
      rows.append(
        PanelRow(
          [Span(title, role), Span(note, .dim)],
          right: [Span(grouped(steps.count), .title)], worth: .needed))
      let items = steps.prefix(PlanRows.mostItems)
        .map { [Span("\($0.number) ", role), Span(model.tree.fullName(of: $0.slot))] }
      rows += wrapped(items, gap: Span("  "), columns: columns).map { PanelRow($0) }
      let rest = steps.count - items.count
      if rest > 0 { rows.append(PanelRow("and \(grouped(rest)) more", .dim)) }
    }
    return rows
  }

  private static func untouched(_ plan: Plan, _ model: ConsoleModel) -> PanelRow {
    let sign = model.options.glyphs[.running]
    return PanelRow(
      [Span(sign, .running), Span(" untouched", .dim)],
      right: [Span(grouped(plan.untouched), .title)])
  }
}

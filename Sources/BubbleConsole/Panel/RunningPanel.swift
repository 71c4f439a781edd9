import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// A plan that runs: the items of its preview, ticked off one by one.
enum RunningPanel {
  static func content(
    _ running: RunningPlan, _ model: ConsoleModel, columns: Int
  ) -> PanelContent {
    let plan = running.plan
    let name = plan.target.map { model.tree.fullName(of: $0) } ?? "request"
    let title =
      ClusterRows.title(plan.request, model)
      ?? plan.targetReason.map { "\(name) \($0.short)" } ?? name
    var rows = PlanRows.head(plan, model, columns: columns) + PlanRows.target(plan, model)
    rows += ClusterRows.target(plan, model)
    rows += ClusterRows.outcomes(plan, model, columns: columns, isRunning: true)
    rows += PlanRows.surrender(plan, model, columns: columns)
    rows += PlanRows.applicationEnd(plan, model, columns: columns)
    rows += stops(plan, model, columns: columns)
    rows += starts(plan, model, columns: columns)
    if running.endedAt != nil { rows += PlanRows.stayingAway(plan, model, columns: columns) }
    rows += end(running, model)
    rows.append(.air)
    return PanelContent(
      title: title,
      sections: [PanelSection(nil, rows)] + PlanBudgets.now(plan, model, columns: columns))
  }

  /// That it is done, or that nothing is left.
  private static func end(_ running: RunningPlan, _ model: ConsoleModel) -> [PanelRow] {
    if model.tree.isOver {
      return [PanelRow([Span("\(model.options.glyphs[.gaveUp]) no process is alive", .crashed)])]
    }
    guard running.endedAt != nil else { return [] }
    return [PanelRow([Span("\(model.options.glyphs[.running]) done", .running)])]
  }

  /// Stops one below the other while they last, and then as one row.
  private static func stops(
    _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    guard !plan.stops.isEmpty else { return [] }
    if plan.stops.allSatisfy({ $0.progress == .done }) {
      let sign = model.options.glyphs[.stopped]
      return [PanelRow("\(sign) ended \(grouped(plan.stops.count))", .dim), .air]
    }
    return PlanRows.ends(plan).flatMap { title, note, items in
      [PanelRow([Span(title, .stopping), Span(note, .dim)], worth: .needed)]
        + list(items, model, columns: columns) { item in
          switch item.progress {
          case .pending: (.toCome, .dim, "")
          case .now: (.stopping, .stopping, "stopping")
          case .done: (.stopped, .stopped, endings[item.ending] ?? "")
          }
        }
    } + [.air]
  }

  /// What is said of those that have ended.
  private static let endings: [Plan.Ending: String] = [
    .with: "died", .byItself: "ended", .told: "stopped",
  ]

  private static func starts(
    _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    guard !plan.starts.isEmpty else { return [] }
    return [PanelRow([Span("start", .starting), Span(" in start order", .dim)], worth: .needed)]
      + list(plan.starts, model, columns: columns) { item in
        switch item.progress {
        case .pending: (.toCome, .dim, "")
        case .now: (.starting, .starting, "init")
        case .done: (.running, .running, identity(model.tree[item.slot]))
        }
      }
  }

  private static func identity(_ node: TreeNode) -> String {
    "\(node.pid.map { "\($0) " } ?? "")#\(node.life)"
  }

  /// One row an item; of very many those around the first that is not done, and how many others.
  private static func list(
    _ items: [Plan.Item], _ model: ConsoleModel, columns: Int,
    look: (Plan.Item) -> (sign: Sign, role: Role, note: String)
  ) -> [PanelRow] {
    let shown = window(of: items)
    var rows = shown.map { index in
      let item = items[index]
      let (sign, role, note) = look(item)
      let name: Role = item.progress == .now ? .processName : item.progress == .done ? .dim : .text
      return PanelRow(
        [
          Span(model.options.glyphs[sign] + " ", role),
          Span("\(item.number) \(model.tree.fullName(of: item.slot))", name),
        ], right: note.isEmpty ? [] : [Span(note, item.progress == .now ? role : .dim)])
    }
    if shown.lowerBound > 0 {
      rows.insert(PanelRow("\(grouped(shown.lowerBound)) before", .dim), at: 0)
    }
    let rest = items.count - shown.upperBound
    if rest > 0 { rows.append(PanelRow("and \(grouped(rest)) more", .dim)) }
    return rows
  }

  private static func window(of items: [Plan.Item]) -> Range<Int> {
    guard items.count > PlanRows.mostItems else { return items.indices }
    let next = items.firstIndex { $0.progress != .done } ?? items.count
    let first = min(max(0, next - 5), items.count - PlanRows.mostItems)
    return first..<first + PlanRows.mostItems
  }
}

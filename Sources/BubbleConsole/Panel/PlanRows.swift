import BubbleCells
import BubbleEvents
import BubbleText
import BubbleTree

/// Rows that a preview and a running plan have in common.
enum PlanRows {
  /// Items of a kind that are listed; more are counted.
  static let mostItems = 500

  /// Who acts, and by which strategy; or why nobody does.
  static func head(_ plan: Plan, _ model: ConsoleModel, columns: Int) -> [PanelRow] {
    guard let acting = plan.acting.first else {
      if ClusterRows.title(plan.request, model) != nil { return [] }
      return wrapped(quiet(plan, model), columns: columns)
        .map { PanelRow($0, worth: .needed) } + [.air]
    }
    return [
      PanelRow(supervisor(acting, model, columns: columns), worth: .needed),
      .air,
    ]
  }

  /// The supervisor and its strategy, in short where the whole word does not fit.
  private static func supervisor(
    _ acting: (supervisor: SlotID, strategy: SupervisionStrategy), _ model: ConsoleModel,
    columns: Int
  ) -> [Span] {
    let name = model.tree.fullName(of: acting.supervisor)
    let word = acting.strategy.rawValue
    let fits = displayWidth("\(name): \(word)") <= columns
    return [
      Span(name, .supervisorName), Span(": ", .dim),
      Span(fits ? word : acting.strategy.short, .strategy),
    ]
  }

  /// What happens when no supervisor restarts anything.
  private static func quiet(_ plan: Plan, _ model: ConsoleModel) -> String {
    let name = plan.target.map { model.tree.fullName(of: $0) } ?? "it"
    if let (slot, restart, reason) = plan.notRestarted {
      return "\(model.tree[slot].name) stays down: \(restart.rawValue) and \(reason.short)"
    }
    if !plan.shuttingDown.isEmpty {
      let names = plan.shuttingDown.map { model.tree[$0].name }.joined(separator: ", ")
      return "\(names) ends with its significant child"
    }
    if let request = plan.request, case .child(_, _, .terminate) = request {
      return "\(name) ends and stays down until it is started again"
    }
    if let request = plan.request, case .application(_, _, .stop) = request {
      return "\(name) is stopped as a whole; who needs it goes on"
    }
    if let (slot, _) = plan.endedApplication {
      let application = model.tree[slot].name
      if plan.target == slot {
        return "no supervisor is above an application: nothing starts it again"
      }
      return plan.target.flatMap { model.tree[$0].parent } == slot
        ? "\(name) is the top of \(application), which ends with it"
        : "nothing starts it again: \(application) ends"
    }
    if plan.targetReason == nil { return "\(name) goes on: the exit signal does not end it" }
    if let supervisor = plan.givingUp.first {
      return "\(model.tree[supervisor].name) starts \(name) no more: it gives up"
    }
    return "\(name) has no supervisor: nothing starts it again"
  }

  /// The process it is done to, and how it ends.
  static func target(_ plan: Plan, _ model: ConsoleModel) -> [PanelRow] {
    guard let node = plan.target.map({ model.tree[$0] }), let reason = plan.targetReason else {
      return []
    }
    let pid = plan.targetPID.map { " \($0)" } ?? ""
    return [
      PanelRow(
        [
          Span(model.options.glyphs[.crashed] + " ", .crashed),
          Span(model.tree.fullName(of: node.id), .processName),
          Span(pid, .dim),
        ], right: [Span(reason.short, reason.isAbnormal ? .crashed : .stopping)],
        worth: .needed),
      .air,
    ]
  }

  /// Who ends, in groups: with the target, by itself, told to stop.
  ///
  /// Within a group they stand in the order in which they end.
  static func ends(
    _ plan: Plan
  ) -> [(title: String, note: String, items: [Plan.Item])] {
    [
      ("die", " with it", plan.stops(.with)),
      ("end", " by themselves", plan.stops(.byItself)),
      ("stop", " last started first", plan.stops(.told)),
    ].filter { !$0.2.isEmpty }
  }

  /// The temporary children that nobody starts again.
  static func stayingAway(_ plan: Plan, _ model: ConsoleModel, columns: Int) -> [PanelRow] {
    guard let first = plan.stayingAway.first else { return [] }
    let rest = plan.stayingAway.count - 1
    let names = model.tree.fullName(of: first) + (rest > 0 ? " and \(grouped(rest)) more" : "")
    let verb = rest > 0 ? "stay down" : "stays down"
    return wrapped("\(names) \(verb): temporary", columns: columns)
      .map { PanelRow($0, .warning, worth: .needed) }
  }

  /// Which supervisors give up, and who takes over.
  static func surrender(_ plan: Plan, _ model: ConsoleModel, columns: Int) -> [PanelRow] {
    plan.budgets.filter { $0.isSpent || plan.givingUp.contains($0.supervisor) }
      .flatMap { surrender($0, plan, model, columns: columns) }
  }

  /// What the end of an application does to the machine.
  static func applicationEnd(
    _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    guard let (slot, endsMachine) = plan.endedApplication,
      let restart = model.tree[slot].application
    else { return [] }
    let sign = model.options.glyphs[endsMachine ? .gaveUp : .running]
    let outcome = endsMachine ? "the machine ends" : "the others go on"
    let text = "\(sign) \(model.tree[slot].name) is \(restart.rawValue): \(outcome)"
    return wrapped(text, columns: columns)
      .map { PanelRow($0, endsMachine ? .crashed : .running, worth: .needed) } + [.air]
  }

  private static func surrender(
    _ change: Plan.BudgetChange, _ plan: Plan, _ model: ConsoleModel, columns: Int
  ) -> [PanelRow] {
    let glyphs = model.options.glyphs
    let node = model.tree[change.supervisor]
    // The one restart too many is not in the window any more once the supervisor is gone.
    let used = max(change.after.used, change.before.allowed + 1)
    var rows = [
      PanelRow([Span("\(glyphs[.gaveUp]) its budget is spent", .crashed)], worth: .needed),
      PanelRow(
        "  \(used) in \(change.before.seconds) s, \(change.before.allowed) allowed", .dim),
      PanelRow(
        [
          Span(glyphs[.crashed] + " ", .crashed),
          Span(model.tree.fullName(of: node.id), .supervisorName),
          Span(" gives up"),
        ], worth: .needed),
    ]
    if let above = node.parent.flatMap({ parent in
      plan.acting.first { $0.supervisor == parent }
    }) {
      rows.append(
        PanelRow(
          [Span(glyphs[.escalates] + " ", .dim)]
            + supervisor(above, model, columns: columns - 2)))
    }
    return rows + [.air]
  }
}

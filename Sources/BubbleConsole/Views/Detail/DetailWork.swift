import BubbleText
import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// What the selection does and has to do, in lines.
struct DetailWork {
  @Boxed private var node: TreeNode
  @Boxed private var model: ConsoleModel
  private let inspection: ProcessInspection?
  private let track: MetricsHistory.Track?

  init(_ node: TreeNode, _ model: ConsoleModel) {
    self.node = node
    self.model = model
    inspection = model.inspection
    track = node.pid.flatMap { model.metrics[$0] }
  }

  /// All in one line, with the end of the last life at the right.
  var summary: StyledLine {
    StyledLine(mailbox + turns + last, right: ending)
  }

  /// The mailbox's numbers and what was done last.
  var activity: StyledLine? {
    let spans = mailbox + most + turns + last
    return spans.isEmpty ? nil : StyledLine(spans)
  }

  /// The first messages that wait.
  var mailboxLine: StyledLine? {
    guard let inspection, !inspection.mailbox.isEmpty else { return nil }
    let shown = inspection.mailbox.prefix(3)
    var spans = [Span("        ")]
    for text in shown { spans.append(Span("\(cut(text, to: 24))  ")) }
    let more = inspection.mailboxLength - shown.count
    if more > 0 {
      spans.append(Span("\(model.options.glyphs[.ellipsis]) \(grouped(more)) more", .dim))
    }
    return StyledLine(spans)
  }

  /// Whom it is tied to and what it waits for.
  var links: StyledLine? {
    guard let inspection else { return nil }
    var spans = [Span("links   ", .dim), Span(few(inspection.links, orNone: true))]
    if !inspection.monitors.isEmpty {
      spans += [Span("   monitors ", .dim), Span(few(inspection.monitors))]
    }
    if !inspection.monitoredBy.isEmpty {
      spans += [Span("   monitored by ", .dim), Span(few(inspection.monitoredBy))]
    }
    if let wait = inspection.waitingFor {
      spans += [Span("   waiting in ", .dim), Span(wait, .warning)]
    }
    return StyledLine(spans)
  }

  /// The parts of its state, as many as fit.
  var state: StyledLine? {
    guard let inspection, !inspection.state.isEmpty else { return nil }
    return StyledLine(
      [Span("state   ", .dim)]
        + inspection.state.flatMap { [Span("\($0.name): ", .dim), Span("\($0.value)   ")] })
  }

  /// Of a supervisor: strategy, budget, children.
  var supervision: StyledLine? {
    guard let facts = node.supervision,
      let budget = model.tree.budget(of: node.id, at: model.now)
    else { return nil }
    let down = facts.occupied - facts.aliveChildren
    return StyledLine(
      [Span(facts.flags.strategy.rawValue, .strategy), Span("   budget ", .dim)]
        + BudgetPicture.pips(budget, model.options.glyphs)
        + [
          Span(" \(budget.used) of \(budget.allowed) in \(budget.seconds) s"),
          Span("   \(grouped(facts.occupied))", .processName),
          Span(" " + noun(for: facts.occupied, "child", "children"), .dim),
          Span(down > 0 ? ", \(grouped(down)) down" : "", .warning),
        ])
  }

  // MARK: - Private

  private var mailbox: [Span] {
    guard let length = inspection?.mailboxLength ?? track?.mailboxLength else { return [] }
    return [
      Span("mailbox ", .dim), Span(grouped(length), length > 0 ? .warning : .processName),
    ]
  }

  private var most: [Span] {
    guard let inspection else { return [] }
    return [Span(", at most \(grouped(inspection.mailboxMaximum))", .dim)]
  }

  private var turns: [Span] {
    guard let inspection else { return [] }
    var spans = [Span("   turns ", .dim), Span(grouped(inspection.turns))]
    if let track, let rate = track.rate {
      let line = model.options.glyphs.sparkline(track.turns.map(Double.init), columns: 7)
      spans += [Span(" "), Span(line, .sparkline), Span(" \(grouped(Int(rate.rounded())))/s")]
    }
    return spans
  }

  private var last: [Span] {
    guard let text = inspection?.lastMessage else { return [] }
    return [Span("   last ", .dim), Span(cut(text, to: 20))]
  }

  /// How the life before this one ended, and how long ago.
  private var ending: [Span] {
    guard let life = node.lives.last(where: { $0.end != nil }), let end = life.end,
      let reason = life.reason
    else { return [] }
    let state: ProcessState = reason.isAbnormal && !life.wasStopped ? .crashed : .stopped
    return [
      Span("#\(life.number) ", .dim),
      Span("\(model.options.glyphs[state.sign]) \(reason.short)", state.role),
      Span(model.now - end < .milliseconds(1) ? " now" : " \(spoken(model.now - end)) ago", .dim),
    ]
  }

  /// One process with its name, two by their PIDs, or else how many there are.
  private func few(_ pids: [PID], orNone: Bool = false) -> String {
    switch pids.count {
    case 0: return orNone ? "none" : ""
    case 1:
      let name = model.tree.slot(of: pids[0]).map { " \(model.tree[$0].name)" } ?? ""
      return "\(pids[0])\(name)"
    case 2, 3: return pids.map(\.description).joined(separator: " ")
    default: return grouped(pids.count)
    }
  }
}

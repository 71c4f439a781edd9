import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// Who the selected process is: state, PID, place under its supervisor, policy, links.
enum InspectorIdentity {
  static func rows(_ node: TreeNode, _ model: ConsoleModel, columns: Int) -> [PanelRow] {
    let labels = Labels(columns: columns)
    var rows = [state(node, model, labels), pid(node, labels)]
    if let place = place(node, model, labels, columns: columns) { rows.append(place) }
    if let facts = node.supervision {
      let strategy = facts.flags.strategy.rawValue
      rows.append(PanelRow(labels.label("strategy") + [Span(strategy, .strategy)]))
    }
    if let restart = node.application {
      rows.append(PanelRow(labels.label("restart") + [Span("\(restart.rawValue) application")]))
      if let number = model.tree.startNumber(ofApplicationAt: node.id) {
        rows.append(PanelRow(labels.label("order") + [Span("number \(number) in start order")]))
      }
    }
    if let code = node.code {
      rows.append(PanelRow(labels.label("code") + [Span(code)]))
    }
    rows += InspectorNode.offices(node, model)
    rows += policy(node, labels)
    if let inspection = model.inspection {
      rows += links(inspection, model, labels)
    }
    return rows + [.air]
  }

  /// A wide panel has a column of labels; a narrow one says the same in fewer words.
  struct Labels {
    /// From here on there is room for labels.
    static let wideColumns = 33
    private static let labelColumns = 10

    var isWide: Bool

    init(columns: Int) {
      isWide = columns >= Self.wideColumns
    }

    /// The label where there is a column for it.
    func label(_ text: String) -> [Span] {
      isWide ? [Span(padded(text, to: Self.labelColumns), .dim)] : []
    }
  }

  private static func state(
    _ node: TreeNode, _ model: ConsoleModel, _ labels: Labels
  ) -> PanelRow {
    let glyphs = model.options.glyphs
    var spans = [Span("\(glyphs[node.state.sign]) \(node.state.word)", node.state.role)]
    if labels.isWide, node.pid != nil, let life = node.lives.last, life.end == nil {
      spans.append(Span("  for \(spoken(model.now - life.start))"))
    }
    return PanelRow(spans, right: [Span(node.kind.rawValue, .dim)], worth: .needed)
  }

  private static func pid(_ node: TreeNode, _ labels: Labels) -> PanelRow {
    var spans = labels.label("pid")
    if let pid = node.pid {
      spans.append(Span("\(pid)"))
      if let previous = node.previousPID { spans.append(Span("  was \(previous)", .dim)) }
    } else if let previous = node.previousPID {
      spans.append(Span("was \(previous)", .dim))
    } else {
      spans.append(Span("never started", .dim))
    }
    if !labels.isWide, !node.behaviour.isEmpty, node.behaviour != node.kind.rawValue {
      return PanelRow(spans, right: [Span(node.behaviour, .dim)], worth: .needed)
    }
    return PanelRow(spans, worth: .needed)
  }

  private static func place(
    _ node: TreeNode, _ model: ConsoleModel, _ labels: Labels, columns: Int
  ) -> PanelRow? {
    // The place of an application among the others is its number in start order.
    guard node.application == nil, let parent = node.parent.map({ model.tree[$0] }) else {
      return nil
    }
    let (number, count) = number(of: node, under: parent)
    let place = "\(grouped(number)) of \(grouped(count))"
    let fits = displayWidth("child \(place) of \(parent.name)") <= columns
    let word = labels.isWide ? labels.label("child") : fits ? [Span("child ", .dim)] : []
    return PanelRow(
      word + [Span(place), Span(" of ", .dim), Span(parent.name, .supervisorName)])
  }

  /// Its number among its siblings and how many they are, without searching among thousands.
  static func number(of node: TreeNode, under parent: TreeNode) -> (Int, Int) {
    if case .dynamic(let number)? = node.childID {
      return (number + 1, parent.supervision?.occupied ?? parent.children.count)
    }
    return ((parent.children.firstIndex(of: node.id) ?? 0) + 1, parent.children.count)
  }

  private static func policy(_ node: TreeNode, _ labels: Labels) -> [PanelRow] {
    guard let description = node.description else { return [] }
    let restart = Span(description.restart.rawValue)
    let significant = description.isSignificant ? [Span(", significant")] : []
    guard labels.isWide else {
      let stop = Span(" · \(stopping(description.shutdown))", .dim)
      return [PanelRow([restart] + significant + [stop])]
    }
    return [
      PanelRow(labels.label("restart") + [restart] + significant),
      PanelRow(labels.label("stop") + stoppingAtLength(description.shutdown)),
    ]
  }

  private static func stoppingAtLength(_ shutdown: ChildShutdown) -> [Span] {
    switch shutdown {
    case .brutalKill: [Span("brutal_kill")]
    case .infinity: [Span("no time limit")]
    case .timeout(let milliseconds):
      [Span(exact(milliseconds: milliseconds)), Span(", then kill", .dim)]
    }
  }

  /// How it is ended, in a few words.
  static func stopping(_ shutdown: ChildShutdown) -> String {
    switch shutdown {
    case .brutalKill: "brutal_kill"
    case .infinity: "no time limit"
    case .timeout(let milliseconds): "stop in \(exact(milliseconds: milliseconds))"
    }
  }

  private static func links(
    _ inspection: ProcessInspection, _ model: ConsoleModel, _ labels: Labels
  ) -> [PanelRow] {
    guard labels.isWide else {
      return [
        PanelRow([
          Span("links ", .dim), Span(few(inspection.links)), Span("   monitors ", .dim),
          Span(few(inspection.monitors)),
        ])
      ]
    }
    var rows = [PanelRow(labels.label("links") + [Span(few(inspection.links))])]
    if !inspection.monitors.isEmpty {
      rows.append(
        PanelRow(labels.label("monitors") + named(inspection.monitors, model), worth: .extra))
    }
    if !inspection.monitoredBy.isEmpty {
      rows.append(
        PanelRow(labels.label("seen by") + named(inspection.monitoredBy, model), worth: .extra))
    }
    return rows
  }

  /// One or two PIDs, or else how many there are.
  private static func few(_ pids: [PID]) -> String {
    switch pids.count {
    case 0: "0"
    case 1, 2: pids.map(\.description).joined(separator: " ")
    default: "\(pids.count)"
    }
  }

  /// The first PID with its name, and how many there are besides.
  private static func named(_ pids: [PID], _ model: ConsoleModel) -> [Span] {
    guard let first = pids.first else { return [] }
    let name = model.tree.slot(of: first).map { " \(model.tree[$0].name)" } ?? ""
    let more = pids.count > 1 ? " and \(pids.count - 1) more" : ""
    return [Span("\(first)\(name)"), Span(more, .dim)]
  }
}

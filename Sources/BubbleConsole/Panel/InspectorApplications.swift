import BubbleCells
import BubbleEvents
import BubbleTree

/// The applications of the machine, in start order, as the inspector of their controller lists
/// them.
enum InspectorApplications {
  static func section(_ model: ConsoleModel) -> PanelSection {
    let all = model.applicationsInOrder
    // Once none runs, it is the order in which they stopped that can be seen.
    let isOver = !all.contains(where: \.isUp) && all.contains(where: \.isDown)
    var rows: [PanelRow] = []
    var number = 0
    for facts in all {
      let counts = isOver ? facts.isDown : facts.isUp
      if counts { number += 1 }
      rows.append(row(facts, counts ? number : nil, model))
    }
    return PanelSection(isOver ? "stop order" : "start order", rows + [.air])
  }

  /// As many of them as fit a line: `1 db  2 web`.
  static func line(_ model: ConsoleModel) -> StyledLine {
    var spans = [Span("start order  ", .dim)]
    var number = 0
    for facts in model.applicationsInOrder {
      if facts.isUp { number += 1 }
      let state = facts.state
      let order = facts.isUp ? "\(number) " : ""
      spans += [
        Span("\(model.options.glyphs[state.sign]) ", state.role), Span(order, .dim),
        Span("\(facts.name)   ", .supervisorName),
      ]
    }
    return StyledLine(spans)
  }

  private static func row(
    _ facts: ApplicationFacts, _ number: Int?, _ model: ConsoleModel
  ) -> PanelRow {
    let state = facts.state
    let order = number.map(String.init) ?? ""
    return PanelRow(
      [
        Span(padded(order, to: 3), .dim),
        Span("\(model.options.glyphs[state.sign]) ", state.role),
        Span(facts.name, .supervisorName),
      ], right: [Span(facts.words, state.isAlive ? .text : state.role)], worth: .needed)
  }
}

extension ApplicationFacts {
  /// Whether it has its place in the order of start.
  fileprivate var isUp: Bool {
    switch stage {
    case .running, .stopping: true
    case .loaded, .starting, .inPhase, .stopped, .failed: false
    }
  }

  /// Whether it ran once.
  fileprivate var isDown: Bool {
    if case .stopped = stage { true } else { false }
  }

  fileprivate var state: ProcessState {
    switch stage {
    case .loaded: .stopped
    case .starting, .inPhase: .starting
    case .running: .running
    case .stopping: .stopping
    case .stopped(let reason): reason.isAbnormal ? .crashed : .stopped
    case .failed: .crashed
    }
  }

  /// Its stage, or what its end would do.
  fileprivate var words: String {
    switch stage {
    case .loaded: "loaded"
    case .starting: "starting"
    case .inPhase(let phase): "phase \(phase)"
    case .running: slot == nil ? "library" : restart?.rawValue ?? ""
    case .stopping: "stopping"
    case .stopped(let reason): reason.isAbnormal ? reason.short : "stopped"
    case .failed: "did not start"
    }
  }
}

extension ConsoleModel {
  /// The applications of the machine, or of the node whose controller is selected.
  fileprivate var applicationsInOrder: [ApplicationFacts] {
    tree.applicationsInOrder(of: selectedNode?.pid.map(\.node))
  }
}

import BubbleCells
import BubbleEvents
import BubbleTree

/// What a preview and a running plan say of nodes and of the network between them.
enum ClusterRows {
  /// What is done, where it is done to a node or to cables; nil for any other request.
  static func title(_ request: ControlRequest?, _ model: ConsoleModel) -> String? {
    let cluster = model.tree.cluster
    switch request {
    case .node(let node, .stop)?: return "stop \(cluster.name(of: node))"
    case .node(let node, .start)?: return "start \(cluster.name(of: node))"
    case .network(let request)?:
      let sides = request.sides.map { side in
        side.map(cluster.shortName).joined(separator: " ")
      }
      return "\(request.name) \(sides.joined(separator: " | "))"
    case .process, .child, .supervisor, .application, .release, nil: return nil
    }
  }

  /// What the request is about: the node, or each cable.
  static func target(_ plan: Plan, _ model: ConsoleModel) -> [PanelRow] {
    let glyphs = model.options.glyphs
    let cluster = model.tree.cluster
    switch plan.request {
    case .node(let node, .stop)?:
      return [
        PanelRow(
          [
            Span("\(glyphs[.crashed]) ", .crashed), Span(cluster.name(of: node), .supervisorName),
          ], right: [Span("no power", .crashed)], worth: .needed), .air,
      ]
    case .node(let node, .start)?:
      return [
        PanelRow(
          [
            Span("\(glyphs[.starting]) ", .starting), Span(cluster.name(of: node), .supervisorName),
            Span(" starts"),
          ], worth: .needed), .air,
      ]
    case .network(let request)?:
      let isCut = if case .cut = request { true } else { false }
      return cluster.cables(between: request.sides).map { cable, wasCut in
        let sign = Span(
          isCut ? "\(glyphs[.crashed]) " : "\(glyphs[.running]) ", isCut ? .crashed : .running)
        let word = wasCut == isCut ? "as it is" : isCut ? "cut" : "whole"
        return PanelRow(
          [sign, Span("cable "), Span(pair(cable.low, cable.high, cluster), .supervisorName)],
          right: [Span(word, .dim)])
      } + [.air]
    case .process, .child, .supervisor, .application, .release, nil: return []
    }
  }

  /// What is different between the nodes afterwards; of a plan that runs, what is so by now.
  static func outcomes(
    _ plan: Plan, _ model: ConsoleModel, columns: Int, isRunning: Bool = false
  ) -> [PanelRow] {
    guard model.tree.cluster.nodes.count > 1 else { return [] }
    let all = plan.outcomes.map(\.outcome)
    let rows = plan.outcomes.flatMap { foreseen -> [PanelRow] in
      guard let (sign, role, text) = words(foreseen.outcome, all, model) else { return [] }
      let isDone = isRunning && foreseen.isDone
      let mark = isRunning && !isDone ? Sign.toCome : sign
      let lines = wrapped(text, columns: columns - 2)
      return lines.enumerated().map { index, line in
        let lead = index == 0 ? "\(model.options.glyphs[mark]) " : "  "
        return PanelRow(
          [Span(lead, isRunning && !isDone ? .dim : role), Span(line, isDone ? .dim : .text)],
          worth: .needed)
      }
    }
    guard rows.isEmpty else { return rows + [.air] }
    guard case .network? = plan.request else { return [] }
    return wrapped("nobody notices anything", columns: columns).map { PanelRow($0, .dim) } + [.air]
  }

  // MARK: - Private

  /// A sign and a sentence; nil where another one says it, too.
  private static func words(
    _ outcome: Plan.Outcome, _ all: [Plan.Outcome], _ model: ConsoleModel
  ) -> (Sign, Role, String)? {
    let cluster = model.tree.cluster
    switch outcome {
    case .lost(let node, let other):
      guard all.contains(.lost(other, node)) else {
        let (name, lost) = (cluster.shortName(of: node), cluster.shortName(of: other))
        return (.crashed, .crashed, "\(name) loses \(lost)")
      }
      guard node < other else { return nil }
      return (.crashed, .crashed, "\(pair(node, other, cluster)) lose each other")
    case .connected(let node, let other):
      guard all.contains(.connected(other, node)) else {
        let (name, found) = (cluster.shortName(of: node), cluster.shortName(of: other))
        return (.running, .running, "\(name) takes \(found) for connected")
      }
      guard node < other else { return nil }
      return (.running, .running, "\(pair(node, other, cluster)) connect")
    case .conflict(let name, let kept, let lost):
      let rest = kept.map { "\($0) keeps it, \(lost) loses it" } ?? "\(lost) loses it"
      return (.crashed, .warning, "two \(name): \(rest)")
    case .office(let title, _, let after):
      let names = after.joined(separator: " and ")
      switch after.count {
      case 0: return (.crown, .strategy, "\(title): nobody any more")
      case 1: return (.crown, .strategy, "\(title): \(names)")
      default: return (.crown, .warning, "\(title): \(names), each on its side")
      }
    }
  }

  private static func pair(_ node: NodeID, _ other: NodeID, _ cluster: ClusterFacts) -> String {
    "\(cluster.shortName(of: node)) and \(cluster.shortName(of: other))"
  }
}

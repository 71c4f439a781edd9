import BubbleCells
import BubbleEvents
import BubbleTree

/// What the inspector says of a node, and of what a process is among the nodes.
enum InspectorNode {
  /// State, life, and the cables to the others.
  static func sections(_ node: TreeNode, _ model: ConsoleModel) -> [PanelSection] {
    let cluster = model.tree.cluster
    guard let id = node.node, let facts = cluster[id] else { return [] }
    let glyphs = model.options.glyphs
    let count = model.tree.living(below: node.id).count
    let rows = [
      PanelRow(
        [Span("\(glyphs[node.state.sign]) \(node.state.word)", node.state.role)],
        right: [Span(facts.isHidden ? "hidden node" : "node", .dim)], worth: .needed),
      PanelRow([
        Span(count == 1 ? "1 process" : "\(count) processes", .text),
        Span("  node \(id.number) of \(cluster.nodes.count)", .dim),
      ]), .air,
    ]
    let cables = cluster.nodes.filter { $0.id != id }.map { cable(to: $0, from: id, model) }
    return [PanelSection(nil, rows)]
      + (cables.isEmpty ? [] : [PanelSection("cables", cables + [.air])])
  }

  /// The crowns that a process wears and the groups that it is in.
  static func offices(_ node: TreeNode, _ model: ConsoleModel) -> [PanelRow] {
    guard let pid = node.processPID else { return [] }
    let crown = model.options.glyphs[.crown]
    let offices = (model.tree.cluster.offices[pid] ?? []).map { office in
      let (text, right) =
        switch office {
        case .globalName(let name): (name.asTitle, "global name")
        case .leads(let group, let fence): ("leads \(group.asTitle)", "fence \(fence)")
        }
      return PanelRow(
        [Span("\(crown) ", .strategy), Span(text)], right: [Span(right, .dim)], worth: .needed)
    }
    let groups = model.tree.cluster.groups[pid] ?? []
    guard !groups.isEmpty else { return offices }
    let names = groups.map(\.asTitle).joined(separator: " ")
    return offices + [PanelRow([Span("groups ", .dim), Span(names)])]
  }

  private static func cable(
    to other: ClusterFacts.Node, from id: NodeID, _ model: ConsoleModel
  ) -> PanelRow {
    let (words, role, sign): (String, Role, Sign) =
      switch model.tree.cluster.state(of: ClusterFacts.Cable(id, other.id)) {
      case .cut: ("cut", .crashed, .crashed)
      case .connected: ("connected", .running, .running)
      case .oneSided:
        model.tree.cluster.isConnected(id, with: other.id)
          ? ("thinks it is up", .stopping, .stopping) : ("lost, not noticed", .stopping, .stopping)
      case .unused: (other.isRunning ? "not used" : "stopped", .dim, .stopped)
      }
    return PanelRow(
      [Span("\(model.options.glyphs[sign]) ", role), Span(other.name, .supervisorName)],
      right: [Span(words, role)])
  }
}

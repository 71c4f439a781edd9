import BubbleEvents
import BubbleTree

/// What the rows do that cut and heal the cables between nodes.
enum ClusterActions {
  /// `:cut a b` cuts between two nodes, `:cut a` between one and all others, `:cut a b | c` between
  /// sides.
  @Sendable static func cut(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let sides = try sides(input.text, model, doing: "cut")
    return try begin(.cut(sides), at: sides, &model, by: input.asker)
  }

  @Sendable static func heal(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let sides = try sides(input.text, model, doing: "heal")
    return try begin(.heal(sides), at: sides, &model, by: input.asker)
  }

  /// The cable of the selected node: cuts it or makes it whole; asks which one where there are
  /// several.
  @Sendable static func cable(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try selectedNode(model)
    let cluster = model.shownTree.cluster
    let others = cluster.nodes.filter { $0.id != node.id }
    guard others.count > 1 else {
      guard let other = others.first else { throw Refusal("\(node.name) is the only node") }
      return try toggle([[node.id], [other.id]], &model, by: input.asker)
    }
    model.overlay = .prompt(
      Prompt(
        kind: .cable(node.id), asker: input.asker, title: "cable \(cluster.shortName(of: node.id))",
        choices: others.map(\.name) + [everybody],
        notes: others.map { cluster.cuts.contains(.init(node.id, $0.id)) ? "cut" : "whole" } + [""],
        highlighted: 0))
    return []
  }

  /// Does what was chosen of the cables of a node.
  static func answer(
    _ node: NodeID, _ answer: String, _ model: inout ConsoleModel, by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    let cluster = model.shownTree.cluster
    guard answer != everybody else {
      return try toggle(
        [[node], cluster.nodes.map(\.id).filter { $0 != node }], &model, by: asker)
    }
    let other = try self.node(called: answer, cluster)
    return try toggle([[node], [other.id]], &model, by: asker)
  }

  static func choices(_ model: ConsoleModel) -> [String] {
    let cluster = model.shownTree.cluster
    let names = cluster.nodes.map { cluster.shortName(of: $0.id) }
    return names + names.flatMap { name in names.filter { $0 != name }.map { "\(name) \($0)" } }
  }

  private static let everybody = "all others"

  // MARK: - Which ones

  /// Cuts what is whole, or else makes it whole.
  private static func toggle(
    _ sides: [[NodeID]], _ model: inout ConsoleModel, by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    let isWhole = model.shownTree.cluster.cables(between: sides).contains { !$0.isCut }
    return try begin(isWhole ? .cut(sides) : .heal(sides), at: sides, &model, by: asker)
  }

  private static func begin(
    _ request: ControlRequest.NetworkRequest, at sides: [[NodeID]], _ model: inout ConsoleModel,
    by asker: Asker
  ) throws(Refusal) -> [ConsoleCommand] {
    if let slot = sides.first?.first.flatMap({ model.shownTree.slot(of: $0) }) {
      model.choose(slot)
    }
    return try ProcessActions.begin(.network(request), &model, by: asker)
  }

  private static func selectedNode(
    _ model: ConsoleModel
  ) throws(Refusal) -> ClusterFacts.Node {
    let tree = model.shownTree
    guard !tree.cluster.isEmpty else { throw isAlone }
    let selected = try model.selected()
    guard let id = tree.nodeSlot(around: selected.id).flatMap({ tree[$0].node }),
      let node = tree.cluster[id]
    else { throw Refusal("select a node, or what is on it") }
    return node
  }

  /// Reads the sides that are written behind a command; without any, the selected node and the
  /// others.
  private static func sides(
    _ text: String, _ model: ConsoleModel, doing verb: String
  ) throws(Refusal) -> [[NodeID]] {
    let cluster = model.shownTree.cluster
    guard !cluster.isEmpty else { throw isAlone }
    var sides: [[NodeID]] = []
    for part in text.split(separator: "|") {
      var side: [NodeID] = []
      for word in part.split(separator: " ") { side.append(try node(called: word, cluster).id) }
      sides.append(side)
    }
    if sides.isEmpty { sides = [[try selectedNode(model).id]] }
    if sides.count == 1, sides[0].count == 2 { sides = sides[0].map { [$0] } }
    if sides.count == 1, sides[0].count == 1 {
      sides.append(cluster.nodes.map(\.id).filter { $0 != sides[0][0] })
    }
    let all = sides.joined()
    guard sides.count > 1, sides.allSatisfy({ !$0.isEmpty }), Set(all).count == all.count else {
      throw Refusal("write :\(verb) a b, :\(verb) a for all its cables, or :\(verb) a b | c")
    }
    return sides
  }

  private static func node(
    called text: some StringProtocol, _ cluster: ClusterFacts
  ) throws(Refusal) -> ClusterFacts.Node {
    guard let node = cluster.node(called: text) else {
      throw Refusal(
        "there is no node '\(text)': \(cluster.nodes.map(\.name).joined(separator: ", "))")
    }
    return node
  }

  private static let isAlone = Refusal("this machine is a single node: it has no cables")
}

extension ClusterFacts {
  /// The cables between nodes of different sides, and whether they are cut.
  func cables(between sides: [[NodeID]]) -> [(cable: Cable, isCut: Bool)] {
    var found: [(cable: Cable, isCut: Bool)] = []
    for (index, side) in sides.enumerated() {
      for other in sides[(index + 1)...].joined() {
        for node in side {
          let cable = Cable(node, other)
          found.append((cable, cuts.contains(cable)))
        }
      }
    }
    return found
  }
}

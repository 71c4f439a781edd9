import BubbleEvents
import BubbleScripts
import BubbleText
import Yams

/// Children that are added while the machine runs.
extension ScenarioReader {
  /// Takes the children of the steps in, so that others can name them.
  mutating func enterOffers(_ fields: Fields<FileKey>) {
    for key in [FileKey.faults, .script] {
      guard case .sequence(let steps)? = fields[key] else { continue }
      for step in steps {
        guard let supervisor = step.mapping?[CueKey.start.rawValue]?.text,
          let child = step.mapping?[CueKey.child.rawValue], child.mapping != nil
        else { continue }
        places.add(child, under: supervisor)
        nodes.add(child, under: supervisor)
      }
    }
  }

  /// The id of the child that a supervisor is asked to start; nil inside when it has a template,
  /// nil when something is wrong.
  mutating func addition(_ node: Node?, to place: PlaceIndex.Place, _ start: Node) -> String?? {
    guard place.kind != .dynamicSupervisor else {
      guard let node else { return .some(nil) }
      report(node, "the children of \(quoted(place.fullText)) are copies of its template")
      return nil
    }
    guard let node else {
      report(start, "start wants child: what is added to \(quoted(place.fullText))")
      return nil
    }
    guard node.mapping != nil else { return name(node, CueKey.child).map(Optional.some) }
    guard !place.path.isDynamic else {
      report(node, "a supervisor within a template is given the id of a child, without properties")
      return nil
    }
    var flags = SupervisorFlags()
    flags.autoShutdown = .anySignificant
    let surroundings = Surroundings(depth: place.path.ids.count + 2, parent: flags)
    guard let child = child(node, in: surroundings) else { return nil }
    if offers[place.path, default: []].contains(where: { $0.id == child.id && $0 != child }) {
      report(node, "another child \(quoted(child.id)) is added to \(quoted(place.fullText)) too")
    }
    offers[place.path, default: []].append(child)
    return .some(child.id)
  }
}

extension Scenario.Child {
  /// The same child with those that may be added below it.
  func offering(
    _ offers: [ChildPath: [Scenario.Child]], at path: ChildPath = ChildPath()
  ) -> Scenario.Child {
    guard !offers.isEmpty else { return self }
    var child = self
    switch content {
    case .applications(var applications):
      for index in applications.indices {
        guard let top = applications[index].tree else { continue }
        let application = ChildID.named(.atom(applications[index].name))
        let place = path.appending(application).appending(top.childID)
        applications[index].tree = top.offering(offers, at: place)
      }
      child.content = .applications(applications)
    case .nodes(var nodes):
      for index in nodes.indices {
        let place = ChildPath([.named(.atom(nodes[index].name))])
        nodes[index].root = nodes[index].root.offering(offers, at: place)
      }
      child.content = .nodes(nodes)
    case .worker, .supervisor, .dynamic, .special:
      child.eachChild { $0 = $0.offering(offers, at: path.appending($0.childID)) }
    }
    child.offers = offers[path] ?? []
    return child
  }
}

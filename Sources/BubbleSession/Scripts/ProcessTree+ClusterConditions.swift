import BubbleEvents
import BubbleScripts
import BubbleTree

/// What is true of the nodes of a cluster, for scripts.
extension ProcessTree {
  /// What is not as it should be; nil when it is.
  func objection(to condition: Script.ClusterCondition) -> String? {
    switch condition {
    case .connected(let names):
      for (index, one) in names.enumerated() {
        for other in names[(index + 1)...] where !isConnected(one, other) {
          return "\(one) and \(other) are not connected"
        }
      }
      return nil
    case .disconnected(let sides):
      for (index, side) in sides.enumerated() {
        for other in sides[(index + 1)...].joined() {
          if let one = side.first(where: { knows($0, other) || knows(other, $0) }) {
            return "\(one) and \(other) are connected"
          }
        }
      }
      return nil
    case .nodeUp(let name):
      return cluster.node(called: name)?.isRunning == true ? nil : "\(name) does not run"
    case .nodeDown(let name):
      return cluster.node(called: name)?.isRunning == true ? "\(name) runs" : nil
    case .globalName(let name, let paths):
      let holders = cluster.holders { $0 == .globalName(name) }
      return objection("the global name \(name) is held by", holders, paths)
    case .leader(let group, let paths):
      let holders = cluster.holders { office in
        if case .leads(group, _) = office { true } else { false }
      }
      return objection("\(group) is led by", holders, paths)
    case .group(let group, let paths):
      let members = cluster.groups.filter { $0.value.contains(group) }.map(\.key).sorted()
      return objection("the members of \(group) are", members, paths)
    }
  }

  /// The last event about nodes after `first`, or `first`, when the condition is true; nil when it
  /// is not.
  func event(of condition: Script.ClusterCondition, after first: Event.ID) -> Event.ID? {
    guard objection(to: condition) == nil else { return nil }
    guard lastEvent > first else { return first }
    return (first + 1...lastEvent).last { id in
      if case .node? = recent[id]?.kind { true } else { false }
    } ?? first
  }

  /// The request of a script, to whoever is there now; nil when nobody is.
  func request(for scripted: ScriptedRequest) -> ControlRequest? {
    scripted.request(
      pid: { path in slot(at: path).flatMap { self[$0].pid } },
      flags: { path in slot(at: path).flatMap { self[$0].supervision?.flags } },
      node: { cluster.node(called: $0)?.id })
  }

  private func isConnected(_ one: String, _ other: String) -> Bool {
    knows(one, other) && knows(other, one)
  }

  private func knows(_ one: String, _ other: String) -> Bool {
    guard let one = cluster.node(called: one), let other = cluster.node(called: other) else {
      return false
    }
    return cluster.isConnected(one.id, with: other.id)
  }

  /// What is wrong when not just those at `paths` are meant by `what`.
  private func objection(_ what: String, _ pids: [PID], _ paths: [ChildPath]) -> String? {
    let wanted = paths.map { path in slot(at: path).flatMap { self[$0].pid } }
    if wanted.allSatisfy({ $0 != nil }), Set(wanted.compactMap(\.self)) == Set(pids) { return nil }
    let found = pids.map { pid in slot(of: pid).map { fullName(of: $0) } ?? "\(pid)" }
    return "\(what) \(words(found)), not \(words(paths.map(\.description)))"
  }

  private func words(_ names: [String]) -> String {
    names.isEmpty ? "nobody" : names.joined(separator: " and ")
  }
}

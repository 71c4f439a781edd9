import BubbleEvents

/// Whom faults hit.
extension Residents {
  /// Whether a plan means the process `pid`.
  func isTarget(_ pid: PID, of plan: FaultPlan) -> Bool {
    guard let resident = self[pid], resident.isStarted else { return false }
    if resident.isSupervisor, !plan.includesSupervisors { return false }
    return plan.targets.isEmpty || plan.targets.contains { isAt($0, pid) }
  }

  /// All targets of a plan, in the order of their PIDs.
  func targets(of plan: FaultPlan) -> [PID] {
    all.keys.filter { isTarget($0, of: plan) }.sorted()
  }

  /// The workers beside `pid`, in the order of their PIDs.
  func siblings(of pid: PID) -> [PID] {
    guard let supervisor = self[pid]?.supervisor else { return [] }
    return all.filter { other, resident in
      resident.supervisor == supervisor && resident.isStarted && !resident.isSupervisor
        && other != pid
    }.keys.sorted()
  }

  /// Whether the path from `pid` up ends as `target` is written; above a root is its node.
  private func isAt(_ target: FaultTarget, _ pid: PID) -> Bool {
    var next = pid
    for (index, written) in target.ids.enumerated().reversed() {
      guard let resident = self[next] else {
        return index == 0 && roots[next.node] == next && isNode(next.node, named: written)
      }
      guard isMeant(resident, by: written) else { return false }
      next = resident.supervisor
    }
    return true
  }

  /// By its name, or by what stands before the `@` in it.
  private func isNode(_ node: NodeID, named written: String) -> Bool {
    guard let name = nodeNames[node] else { return false }
    return written == name || written == "*" || name.hasPrefix(written + "@")
  }

  /// A number is looked at only where one is written: names are made for that alone.
  private func isMeant(_ resident: Resident, by written: String) -> Bool {
    guard case .dynamic = resident.id, written.last?.isNumber == true else {
      return FaultTarget.matches(written, resident.id, under: nil)
    }
    return FaultTarget.matches(written, resident.id, under: name(of: resident.supervisor))
  }

  /// What a child is called; nil for a root, which is nobody's.
  private func name(of pid: PID) -> String? {
    self[pid].map { $0.id.name(under: name(of: $0.supervisor) ?? "") }
  }
}

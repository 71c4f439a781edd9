import BubbleEvents
import BubbleKernel
import BubbleOTP

extension NodeActor {
  /// Executes an action that `pg` stands behind.
  mutating func group(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let group = command.term("group")
    let pids = command.targets ?? [context.pid]
    func sorted(_ pids: [PID]) -> Term { .tuple(["$sorted", .list(pids.map(Term.pid))]) }
    switch command.operation {
    case "pg_join": return try context.joining(group, pids).map { _ in "ok" }
    case "pg_leave": return try context.leaving(group, pids).map { $0 ? "ok" : "not_joined" }
    case "pg_members": return .value(sorted(context.members(of: group)))
    case "pg_local_members": return .value(sorted(context.localMembers(of: group)))
    case "pg_groups": return .value(.list(context.processGroups()))
    case "pg_demonitor":
      return try context.demonitoring(group: labelled(command, context)).map { $0 ? "ok" : "false" }
    default: return monitorGroups(command, &context)
    }
  }

  private func monitorGroups(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) -> Blocking<Term> {
    let isScope = command.operation == "pg_monitor_scope"
    let (ledger, node) = (ledger, context.node)
    let label = command.action["ref"]?.string
    return context.monitoring(group: isScope ? nil : command.term("group")).map { monitor in
      if let label {
        ledger.with { $0.labels[node, default: [:]][monitor.mark] = label }
      }
      let members = monitor.members.map { pids in
        Term.tuple(["$sorted", .list(pids.map(Term.pid))])
      }
      guard isScope else { return .tuple([monitor.mark.term] + members) }
      let groups = zip(monitor.groups, members).map { Term.tuple([$0, $1]) }
      return .tuple([monitor.mark.term, .list(groups)])
    }
  }
}

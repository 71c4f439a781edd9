import BubbleEvents
import BubbleKernel
import BubbleOTP

extension NodeActor {
  /// Executes an action that `global` stands behind.
  func global(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let name = command.term("name")
    let pid = command.targets?.first ?? context.pid
    switch command.operation {
    case "global_register":
      return context.registeringGlobally(name, pid, resolver(command)).map { $0 ? "yes" : "no" }
    case "global_re_register":
      return context.reRegisteringGlobally(name, pid, resolver(command)).map { $0 ? "yes" : "no" }
    case "global_unregister": return context.unregisteringGlobally(name).map { _ in "ok" }
    case "global_whereis":
      return .value(context.whereisGlobally(name).map(Term.pid) ?? "undefined")
    case "global_names": return .value(.list(context.globalNames))
    default: return try lock(command, &context)
    }
  }

  private func lock(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    guard case .tuple(let parts) = command.term("id"), parts.count == 2 else {
      throw RaisedError.badArgument
    }
    let id = GlobalLockID(resource: parts[0], requester: parts[1])
    let nodes = command.action["nodes"] == nil ? nil : self.nodes(command, context)
    if command.operation == "del_lock" {
      return try context.deletingLock(id, on: nodes).map { _ in "true" }
    }
    let retries = command.action["retries"]?.integer ?? 0
    return try context.settingLock(id, on: nodes, retries: retries)
      .map { $0 ? "true" : "false" }
  }

  private func resolver(_ command: NodeCommand) -> GlobalResolver {
    switch command.action["resolve"]?.string {
    case "random_notify_name": return .randomNotify
    case "notify_all_name": return .notifyAll
    case "keep_max": return .custom { _, one, other in max(one, other) }
    case "keep_none": return .custom { _, _, _ in nil }
    case "crash": return .custom { _, _, _ in throw RaisedError("no_resolution") }
    default: return .randomExit
    }
  }
}

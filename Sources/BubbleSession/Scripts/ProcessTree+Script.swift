import BubbleConsole
import BubbleEvents
package import BubbleScripts
package import BubbleTree

extension Script.Happening {
  /// As in "cache has restarted".
  var words: String {
    switch self {
    case .started: "has started"
    case .restarted: "has been started again"
    case .crashed: "has crashed"
    case .stopped: "has stopped"
    case .gaveUp: "has given up"
    }
  }
}

extension ViewKind {
  /// The view that a script calls so.
  init(_ view: Script.View) {
    self =
      switch view {
      case .bubbles: .bubbles
      case .tree: .tree
      case .table: .table
      case .time: .time
      case .lab: .lab
      case .log: .log
      }
  }
}

extension ProcessTree {
  /// The slot at a path below the first root, or below the root of the node that it begins with.
  package func slot(at path: ChildPath) -> SlotID? {
    var slot = roots.first { contains($0) } ?? roots.first
    var ids = path.ids[...]
    if !cluster.isEmpty {
      guard case .named(.atom(let name))? = ids.popFirst(),
        let node = cluster.node(called: name)
      else { return nil }
      slot = self[node.slot].children.first
    }
    for id in ids {
      slot = slot.flatMap { self.slot(of: id, under: $0) }
    }
    return slot
  }

  /// A path as people say it.
  func name(of path: ChildPath) -> String {
    if let slot = slot(at: path) { return self[slot].name }
    guard !path.ids.isEmpty else { return "the root" }
    guard cluster.isEmpty else { return path.description }
    let root = roots.first.map { self[$0].name } ?? ""
    return path.ids.reduce(root) { name, id in id.name(under: name) }
  }

  /// The first event after `first` in which it happened to the process at `path`.
  func event(
    of happening: Script.Happening, to path: ChildPath, after first: Event.ID
  ) -> Event.ID? {
    guard let slot = slot(at: path), lastEvent > first else { return nil }
    return (first + 1...lastEvent).first { id in
      guard let event = recent[id] else { return false }
      if case .application(let step) = event.kind { return did(happening, slot, step) }
      guard subject(of: event) == slot else { return false }
      switch (happening, event.kind) {
      case (.started, .child(_, _, .started)): return true
      case (.restarted, .child(_, _, .started(let pid))):
        return (self[slot].lives.last { $0.pid == pid }?.number ?? 1) > 1
      case (.crashed, .process(let pid, .exited(let reason))):
        return reason.isAbnormal && self[slot].lives.last { $0.pid == pid }?.wasStopped != true
      // An application has stopped when its controller knows that.
      case (.stopped, .process(_, .exited)): return self[slot].application == nil
      case (.gaveUp, .supervisor(_, .intensityExceeded)): return true
      default: return false
      }
    }
  }

  /// Whether it happened in `slot` by a step of an application, its own or that of the tree in it.
  private func did(
    _ happening: Script.Happening, _ slot: SlotID, _ step: ApplicationEvent
  ) -> Bool {
    switch (happening, step.change) {
    case (.started, .started(let top)): didStart(slot, [step.master, top], isAgain: false)
    case (.restarted, .started(let top)): didStart(slot, [step.master, top], isAgain: true)
    case (.stopped, .stopped): step.master.map { self.slot(of: $0) == slot } ?? false
    default: false
    }
  }

  /// Whether one of `pids` lives in `slot`: a top supervisor is started with its application's
  /// master, and no other event tells of it.
  private func didStart(_ slot: SlotID, _ pids: [PID?], isAgain: Bool) -> Bool {
    guard let pid = pids.compactMap(\.self).first(where: { self.slot(of: $0) == slot }) else {
      return false
    }
    return !isAgain || (self[slot].lives.last { $0.pid == pid }?.number ?? 1) > 1
  }

  /// The first event after `first` by which the release of that version was installed.
  func event(ofInstalling version: String, after first: Event.ID) -> Event.ID? {
    guard lastEvent > first else { return nil }
    return (first + 1...lastEvent).first { id in
      guard case .release(let step)? = recent[id]?.kind, case .installed = step.change else {
        return false
      }
      return step.version == version
    }
  }

  /// The event after `first` by which the state machine at `path` came into the state that it is
  /// in, or `first` if it was in it before; nil when it is in another one.
  func event(ofState state: String, of path: ChildPath, after first: Event.ID) -> Event.ID? {
    guard let slot = slot(at: path), let pid = self[slot].pid, self[slot].machineState == state
    else { return nil }
    guard lastEvent > first else { return first }
    return (first + 1...lastEvent).last { id in
      if case .process(pid, .stateEntered)? = recent[id]?.kind { true } else { false }
    } ?? first
  }

  /// What is not as it should be; nil when it is.
  func objection(to expectation: Script.Expectation, at now: RuntimeInstant) -> String? {
    switch expectation {
    case .running(let path):
      guard let slot = slot(at: path), self[slot].state.isAlive else {
        return "\(name(of: path)) does not run"
      }
      return nil
    case .down(let path):
      guard let slot = slot(at: path), self[slot].state.isAlive else { return nil }
      return "\(name(of: path)) runs"
    case .life(let path, let number):
      let life = slot(at: path).map { self[$0].life } ?? 0
      return life == number ? nil : "\(name(of: path)) is in life \(life), not \(number)"
    case .cluster(let condition): return objection(to: condition)
    case .release(let version):
      let present = release?.version ?? "none"
      return present == version ? nil : "the machine runs release \(present), not \(version)"
    case .state(let path, let state):
      let present = slot(at: path).flatMap { self[$0].pid == nil ? nil : self[$0].machineState }
      guard let present else { return "\(name(of: path)) is in no state" }
      return present == state ? nil : "\(name(of: path)) is \(present), not \(state)"
    case .budget(let path, let used):
      guard let budget = slot(at: path).flatMap({ budget(of: $0, at: now) }) else {
        return "\(name(of: path)) has no budget"
      }
      return budget.used == used
        ? nil
        : "\(name(of: path)) has made \(budget.used) \(noun(for: budget.used, "restart")) "
          + "in its period, not \(used)"
    }
  }
}

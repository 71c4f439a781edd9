package import BubbleConsole
package import BubbleEvents
package import BubbleTree

/// What somebody presents, step by step: captions, deeds, and what is waited for.
///
/// Places are paths of child ids from below the root down; empty for the root.
package struct StageScript: Sendable {
  /// What a step does.
  package enum Deed: Sendable {
    /// It shows what a kill would do.
    case preview([ChildID])
    /// It kills, as the keys do.
    case kill([ChildID])
    /// It asks for something; nil when nobody is there to ask it of.
    case request(@Sendable (ProcessTree) -> ControlRequest?)
  }

  /// What a step waits for.
  package enum Wait: Hashable, Sendable {
    case happening(ScriptHappening, [ChildID], within: Duration)
    /// The release of that version is installed.
    case installed(String, within: Duration)
    /// Time passes.
    case time(Duration)
  }

  /// What must be true once a step is over.
  package enum Expectation: Hashable, Sendable {
    case running([ChildID])
    case down([ChildID])
    case life([ChildID], Int)
    case budget([ChildID], Int)
    /// The machine runs the release of that version.
    case release(String)
  }

  /// One step.
  package struct Cue: Sendable {
    package var caption: String?
    package var question: ScriptQuestion?
    package var selection: [ChildID]?
    package var view: ViewKind?
    package var deed: Deed?
    package var wait: Wait?
    package var expectations: [Expectation] = []
    /// The line of the file, for what went wrong.
    package var line: Int

    package init(line: Int) { self.line = line }
  }

  package var cues: [Cue]

  package init(_ cues: [Cue]) { self.cues = cues }
}

/// What may happen to a process that a script waits for.
package enum ScriptHappening: String, Hashable, Sendable {
  case started, restarted, crashed, stopped
  case gaveUp = "gave_up"

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

extension ProcessTree {
  /// The place at a path of child ids below the first root.
  package func slot(at path: [ChildID]) -> SlotID? {
    var slot = roots.first { contains($0) } ?? roots.first
    for id in path {
      slot = slot.flatMap { self.slot(of: id, under: $0) }
    }
    return slot
  }

  /// A path as people say it.
  func name(of path: [ChildID]) -> String {
    slot(at: path).map { self[$0].name } ?? path.last?.description ?? "the root"
  }

  /// The first event after `first` in which it happened to the process at `path`.
  func event(
    of happening: ScriptHappening, to path: [ChildID], after first: Event.ID
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
    _ happening: ScriptHappening, _ slot: SlotID, _ step: ApplicationEvent
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

  /// What is not as it should be; nil when it is.
  func objection(to expectation: StageScript.Expectation, at now: RuntimeInstant) -> String? {
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
    case .release(let version):
      let present = release?.version ?? "none"
      return present == version ? nil : "the machine runs release \(present), not \(version)"
    case .budget(let path, let used):
      guard let budget = slot(at: path).flatMap({ budget(of: $0, at: now) }) else {
        return "\(name(of: path)) has no budget"
      }
      return budget.used == used
        ? nil : "\(name(of: path)) has made \(budget.used) restarts in its period, not \(used)"
    }
  }
}

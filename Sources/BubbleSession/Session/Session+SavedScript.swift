import BubbleCells
import BubbleConsole
import BubbleEvents
package import BubbleScripts
import BubbleTree

extension Session {
  /// What was done by hand, as a script; nil when nothing was done that a script can say.
  ///
  /// Each cue waits for what came of it, and then for as long as nothing was done.
  package var savedScript: SavedScript? {
    guard let machine = subject.copy else { return nil }
    let acts = machine.journal.done
    let requests = acts.compactMap { act -> (instant: RuntimeInstant, request: ControlRequest)? in
      guard case .request(let request, _) = act.act else { return nil }
      return (act.position.instant, request)
    }
    guard let first = requests.first else { return nil }
    var script = SavedScript()
    if acts.contains(where: \.startsChaos) {
      script.lines.append(.remark("chaos was on; a script cannot say that"))
    }
    script.wait(first.instant - .zero)
    for (index, (instant, request)) in requests.enumerated() {
      let isLast = index + 1 == requests.count
      let next = isLast ? machine.now : requests[index + 1].instant
      let title = model.tree.title(of: request)
      guard
        let said = ScriptedRequest(
          request, path: model.tree.path, node: { model.tree.cluster[$0]?.name })
      else {
        script.lines.append(.remark("\(sanitised(title)) cannot be said in a script"))
        continue
      }
      var cue = Script.Cue(line: index + 1)
      cue.caption = title
      cue.request = said
      let outcome = outcome(of: request, from: instant, to: next)
      cue.wait = outcome.map { .happening(.restarted, $0.path, within: .seconds(60)) }
      script.lines.append(.cue(cue))
      if !isLast { script.wait(next - (outcome?.instant ?? instant)) }
    }
    return script.asksForSomething ? script : nil
  }

  mutating func saveScript(_ name: String) {
    guard let script = savedScript else {
      return send(.notice("nothing was done that a script could do"))
    }
    outgoing.add(.script(name: name, script))
  }

  /// The start of the process that a request ended, if it was started again before the next one.
  private func outcome(
    of request: ControlRequest, from instant: RuntimeInstant, to next: RuntimeInstant
  ) -> (path: ChildPath, instant: RuntimeInstant)? {
    let tree = model.tree
    guard let slot = tree.target(of: request) else { return nil }
    let start = tree.events(after: 0).drop { event in
      guard event.instant == instant, case .requested(request, _) = event.kind else { return true }
      return false
    }.first { event in
      guard event.instant <= next, case .child(_, _, .started) = event.kind else { return false }
      return tree.subject(of: event) == slot
    }
    guard let start, let path = tree.path(to: slot) else { return nil }
    return (path, start.instant)
  }
}

extension RecordedAct {
  fileprivate var startsChaos: Bool {
    if case .startChaos = act { true } else { false }
  }
}

extension SavedScript {
  /// Whether any of its cues does something; one that only waits has nothing to say.
  fileprivate var asksForSomething: Bool {
    lines.contains {
      guard case .cue(let cue) = $0 else { return false }
      return cue.request != nil
    }
  }

  /// Lets time pass, if any does; whole milliseconds, so that nothing is waited for too short.
  fileprivate mutating func wait(_ span: Duration) {
    guard span > .zero else { return }
    var cue = Script.Cue(line: 1)
    cue.wait = .time(.milliseconds((span.wholeNanoseconds + 999_999) / 1_000_000))
    lines.append(.cue(cue))
  }
}

extension ProcessTree {
  /// The place whose process a request ends.
  fileprivate func target(of request: ControlRequest) -> SlotID? {
    switch request {
    case .process(let pid, .kill), .process(let pid, .exit): slot(of: pid)
    case .process, .child, .supervisor, .application, .release, .node, .network: nil
    }
  }

  /// Where a process lives, as scripts say it; nil for one outside of the tree.
  fileprivate func path(of pid: PID) -> ChildPath? { slot(of: pid).flatMap(path(to:)) }

  /// The ids from below the root down; nil when they lead elsewhere.
  fileprivate func path(to slot: SlotID) -> ChildPath? {
    var slots = path(of: slot)[...]
    var ids: [ChildID?] = []
    if let first = slots.popFirst(), let node = self[first].node {
      // The node stands for its root.
      guard slots.popFirst() != nil else { return nil }
      ids = [.named(.atom(cluster.name(of: node)))]
    }
    ids += slots.map(pathID)
    let path = ChildPath(ids.compactMap(\.self))
    return path.ids.count == ids.count && self.slot(at: path) == slot ? path : nil
  }
}

import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree

extension Session {
  /// What was done by hand, as the steps of a script in YAML; nil when nothing was done.
  ///
  /// Each step waits for what came of it, and then for as long as nothing was done.
  package var savedScript: String? {
    let acts = machine.journal.done
    let requests = acts.compactMap { act -> (RuntimeInstant, ControlRequest)? in
      guard case .request(let request) = act.act else { return nil }
      return (act.position.instant, request)
    }
    guard !requests.isEmpty else { return nil }
    var lines = ["script:"]
    let hadChaos = acts.contains { act in
      if case .startChaos = act.act { true } else { false }
    }
    if hadChaos {
      lines.append("  # chaos was on; a script cannot say that")
    }
    if let first = requests.first, first.0 > .zero {
      lines.append("  - {wait: {time: \(milliseconds(first.0 - .zero))}}")
    }
    for (index, (instant, request)) in requests.enumerated() {
      let next = index + 1 < requests.count ? requests[index + 1].0 : machine.now
      guard let deed = model.tree.step(for: request) else {
        lines.append("  # \(sanitised(model.tree.title(of: request))) cannot be said in a script")
        continue
      }
      var reached = instant
      var step = "  - {say: \(quoted(model.tree.title(of: request))), \(deed)"
      if let outcome = outcome(of: request, from: instant, to: next) {
        step += ", wait: {restarted: \(quoted(outcome.path)), within: 60 s}"
        reached = outcome.instant
      }
      lines.append(step + "}")
      if next > reached, index + 1 < requests.count {
        lines.append("  - {wait: {time: \(milliseconds(next - reached))}}")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  mutating func saveScript(_ name: String) {
    guard let steps = savedScript else {
      return send(.notice("nothing was done that a script could do"))
    }
    outgoing.add(.script(name: name, steps: steps))
  }

  /// The start of the process that a request ended, if it was started again before the next one.
  private func outcome(
    of request: ControlRequest, from instant: RuntimeInstant, to next: RuntimeInstant
  ) -> (path: String, instant: RuntimeInstant)? {
    let tree = model.tree
    guard let slot = tree.target(of: request) else { return nil }
    let start = tree.events(after: 0).drop { event in
      event.instant != instant || event.kind != .requested(request)
    }.first { event in
      guard event.instant <= next, case .child(_, _, .started) = event.kind else { return false }
      return tree.subject(of: event) == slot
    }
    guard let start, let path = tree.text(ofPathTo: slot) else { return nil }
    return (path, start.instant)
  }
}

private func milliseconds(_ span: Duration) -> String {
  "\((span.wholeNanoseconds + 999_999) / 1_000_000) ms"
}

/// Text as YAML takes it whatever is in it.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

extension ProcessTree {
  /// The place whose process a request ends.
  fileprivate func target(of request: ControlRequest) -> SlotID? {
    switch request {
    case .process(let pid, .kill), .process(let pid, .exit): slot(of: pid)
    case .process, .child, .supervisor, .application, .release: nil
    }
  }

  /// The ids from the root down, as a scenario names a place.
  fileprivate func text(ofPathTo slot: SlotID) -> String? {
    var words: [String] = []
    for (index, step) in path(of: slot).enumerated() {
      let node = self[step]
      switch pathID(of: step) {
      case .dynamic(let number)?: words.append("#\(number)")
      case .named(.integer(let number))?: words.append("\(number)")
      case .named?: words.append(node.name)
      case nil:
        guard index == 0 else { return nil }
        words.append(node.name)
      }
    }
    return words.joined(separator: "/")
  }

  /// What a step of a script says to make a request; nil when none can.
  fileprivate func step(for request: ControlRequest) -> String? {
    func place(_ pid: PID) -> String? { slot(of: pid).flatMap { text(ofPathTo: $0) }.map(quoted) }
    func child(_ supervisor: PID, _ id: ChildID) -> String? {
      slot(of: supervisor).flatMap { slot(of: id, under: $0) }.flatMap { text(ofPathTo: $0) }
        .map(quoted)
    }
    switch request {
    case .process(let pid, let request):
      return place(pid).flatMap { request.step(at: $0) }
    case .child(let supervisor, let id, .restart):
      return child(supervisor, id).map { "restart: \($0)" }
    case .child(let supervisor, let id, .terminate):
      return child(supervisor, id).map { "terminate: \($0)" }
    case .child(let supervisor, let id, .delete):
      return child(supervisor, id).map { "delete: \($0)" }
    case .supervisor(let supervisor, .startChild(let arguments)):
      return arguments.isEmpty ? place(supervisor).map { "start: \($0)" } : nil
    case .supervisor(let supervisor, .changeFlags(let flags)):
      let intensity = "\(flags.intensity.restarts) in \(flags.intensity.seconds) s"
      return place(supervisor).map {
        "change: \($0), strategy: \(flags.strategy.rawValue), intensity: \(intensity), "
          + "auto_shutdown: \(flags.autoShutdown.rawValue)"
      }
    case .application(_, let name, .start(let restart)):
      return "start_app: \(quoted(name)), as: \(restart.rawValue)"
    case .application(_, let name, .stop): return "stop_app: \(quoted(name))"
    case .release(_, let deed, let version): return "\(deed.rawValue): \(quoted(version))"
    // A script of a scenario has no words for these.
    case .child, .supervisor: return nil
    }
  }
}

extension ControlRequest.ProcessRequest {
  /// What a step of a script says to make it to whoever lives at `place`.
  fileprivate func step(at place: String) -> String {
    switch self {
    case .kill: "kill: \(place)"
    case .exit(let reason): "exit: \(place), reason: \(quoted(reason.term.typed))"
    case .suspend: "suspend: \(place)"
    case .resume: "resume: \(place)"
    case .replaceState(let field, let value):
      "set: \(place), field: \(quoted(field)), value: \(quoted(value.typed))"
    case .send(let message): "send: \(place), message: \(quoted(message.typed))"
    }
  }
}

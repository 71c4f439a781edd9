package import BubbleEvents

/// Prints a stream as text: one line an event, in fixed columns.
///
/// ```
///     10.304  #214   <3>      exited          cache            killed                  ← #213
/// ```
/// Instant in seconds, number, process, what happened, whose place it is, details, and the event
/// that caused it. The text is from outside and not yet safe for a terminal.
package struct EventText: Sendable {
  private var tree: ProcessTree

  package init() {
    var limits = ProcessTree.Limits()
    limits.events = 1
    tree = ProcessTree(limits: limits)
  }

  /// The line for the next event of the stream.
  package mutating func line(for event: Event) -> String {
    // An orphan leaves with its exit, and is still called as before.
    let before = name(of: event)
    tree.fold(event)
    let pid = event.kind.actor.map(\.description) ?? ""
    let name = name(of: event) ?? before ?? ""
    var line = event.instant.description.padded(to: 10, right: true)
    line += "  " + "#\(event.id)".padded(to: 7) + pid.padded(to: 8)
    // The longest words fill their column.
    line += (event.kind.words + " ").padded(to: 22) + name.padded(to: 16) + " "
    line += event.kind.details(in: tree.cluster)
    guard let cause = event.cause else { return line }
    return line.padded(to: 100) + " ← #\(cause)"
  }

  private func name(of event: Event) -> String? {
    tree.subject(of: event).map { tree[$0].name }
  }
}

extension Event.Kind {
  /// The process in the third column.
  fileprivate var actor: PID? {
    if case .requested = self { return nil }
    if case .node(_, let event) = self { return event.pid }
    switch subject {
    case .process(let pid): return pid
    case .child(let supervisor, _): return supervisor
    case nil: return nil
    }
  }

  /// The kind in words.
  fileprivate var words: String {
    String(name.map { $0 == "_" ? " " : $0 })
  }

  /// What else there is to say.
  fileprivate func details(in cluster: ClusterFacts) -> String {
    switch self {
    case .requested(let request, let asker): request.words(in: cluster) + asker.words
    case .requestRefused(_, let reason): "\(reason)"
    case .process(_, let event): event.details
    case .signal(let event): event.details
    case .supervisor(_, let event): event.details
    case .child(_, _, let event): event.details
    case .application(let event): event.words
    case .release(let event): event.words
    case .node(_, let event): event.words(in: cluster)
    case .reported(let report): report.words
    case .message(let event): event.details
    case .limitReached(_, let limit): limit
    }
  }
}

extension String {
  /// The text filled with blanks to `width` characters, at its left when `right`.
  fileprivate func padded(to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return right ? blanks + self : self + blanks
  }
}

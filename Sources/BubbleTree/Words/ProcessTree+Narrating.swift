package import BubbleEvents

extension ProcessTree {
  /// Tells `event`, which has been folded; nil when it is not worth a line.
  package func narrate(_ event: Event) -> Narration? {
    var line = Narration(
      event: event.id, instant: event.instant, sign: .note, spans: [], slot: subject(of: event))
    switch event.kind {
    case .requested(let request, let asker): tell(request, by: asker, in: &line)
    case .requestRefused(_, let reason): tellRefusal(reason, event, in: &line)
    case .process(let pid, let happening): tell(happening, of: pid, event, in: &line)
    case .signal(let happening): tell(happening, event, in: &line)
    case .supervisor(let supervisor, let happening):
      tell(happening, of: supervisor, event, in: &line)
    case .child(_, _, let happening): tell(happening, event, in: &line)
    case .application(let happening):
      line.tell(happening.sign, happening.spans)
      line.right = because(event)
    case .release(let happening): line.tell(happening.sign, happening.spans)
    case .node(let node, let happening): tell(happening, of: node, event, in: &line)
    case .reported(let report): tell(report, in: &line)
    case .message: break
    case .limitReached(let pid, let limit):
      line.tell(.note, (pid.map(named) ?? []) + [.init(" reached a limit: \(limit)", .bad)])
    }
    return line.spans.isEmpty ? nil : line
  }

  /// What brought `event` about, in words: `you pressed x`, `conn_sup is stopping`.
  package func causePhrase(_ event: Event.ID) -> String? {
    recent[event].map { because($0).dropFirst().map(\.text).joined() }
  }
}

extension Narration {
  /// Says it with a sign.
  mutating func tell(_ sign: Sign, _ spans: [Span]) {
    self.sign = sign
    self.spans = spans
  }
}

extension Narration.Span {
  /// A reason, marked as bad or orderly.
  init(reason: ExitReason) { self.init(reason.short, reason.isAbnormal ? .bad : .calm) }
}

import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What a row of the log says.
struct LogSentence {
  private(set) var sign: Span
  private(set) var spans: [Span]

  /// Children that are named when they started together with their supervisor.
  private static let namedChildren = 4

  init(_ row: LogRow, _ model: ConsoleModel) {
    let glyphs = model.options.glyphs
    sign = Span(glyphs[.separator], .dim)
    spans = [Span("event \(row.event) is no longer kept", .dim)]
    guard let event = model.tree.recent[row.event] else { return }
    let narration = model.tree.narrate(event)
    if let narration {
      sign = Span(narration.sign, glyphs)
      spans = narration.spans.map { Span($0, glyphs) }
    } else {
      (sign, spans) = Self.told(event, model)
    }
    switch event.kind {
    case .process(_, .spawned), .child(_, _, .started): spans += Self.children(of: row.slot, model)
    case .process(_, .exited) where row.parent < 0 && model.tree.endedByItself(event):
      spans.append(Span("  by its own fault", .dim))
    default: break
    }
  }

  // MARK: - What the strip of events leaves out

  private static func told(_ event: Event, _ model: ConsoleModel) -> (Span, [Span]) {
    let glyphs = model.options.glyphs
    let message = Span(glyphs[.separator], .dim)
    switch event.kind {
    case .process(let pid, .spawned):
      return (
        Span(glyphs[.running], .running), who(pid, model) + [Span(" started")]
      )
    case .message(.sent(let from, let to, let text)):
      let sender = from.map { who($0, model) } ?? [Span("outside", .dim)]
      let arrow = Span(" \(glyphs[.leadsTo]) ", .dim)
      return (message, sender + [arrow] + who(to, model) + [Span(": \(text)")])
    case .message(.handled(let pid, let text)):
      return (message, who(pid, model) + [Span(" handled ", .dim), Span(text)])
    case .message(.callStarted(let from, let to, let text)):
      return (
        message, who(from, model) + [Span(" calls ", .dim)] + who(to, model) + [Span(": \(text)")]
      )
    case .message(.callReturned(let from, let to)):
      return (
        message, who(to, model) + [Span(" has answered ", .dim)] + who(from, model)
      )
    case .message(.callTimedOut(let from, let to)):
      let late = Span(" waited too long for ", .crashed)
      return (Span(glyphs[.crashed], .crashed), who(from, model) + [late] + who(to, model))
    default:
      return (message, [Span("event \(event.id)", .dim)])
    }
  }

  private static func who(_ pid: PID, _ model: ConsoleModel) -> [Span] {
    guard let node = model.tree.slot(of: pid).map({ model.tree[$0] }) else {
      return [Span("\(pid)")]
    }
    let role: Role = node.kind == .supervisor ? .supervisorName : .processName
    return [Span(model.tree.fullName(of: node.id), role), Span(" \(pid)")]
  }

  /// `, with c1 c2 c3`.
  private static func children(of slot: SlotID?, _ model: ConsoleModel) -> [Span] {
    guard let children = slot.map({ model.tree[$0].children }), !children.isEmpty else { return [] }
    let names = children.prefix(namedChildren).map { model.tree[$0].name }.joined(separator: " ")
    let more = children.count - namedChildren
    return [Span(", with \(names)" + (more > 0 ? " and \(grouped(more)) more" : ""))]
  }
}

import BubbleCells
import BubbleEvents
import BubbleTree

/// The causes of one event, read backwards.
struct WhyLines {
  private(set) var title: String
  /// One step each, the event itself first.
  private var steps: [[Span]] = []
  private let glyphs: GlyphSet

  /// Draws the question and as many causes of `event` as there is room for.
  static func draw(
    _ event: Event.ID, _ model: ConsoleModel, in area: Rect, on grid: inout CellGrid
  ) {
    let why = WhyLines(event, model)
    DetailStrip.draw(title: why.title, model, in: area.split(top: 1).top, on: &grid)
    for (index, line) in why.rows(columns: area.columns - 2).prefix(area.rows - 1).enumerated() {
      let start = Point(column: area.column + 1, row: area.row + 1 + index)
      line.draw(on: &grid, at: start, columns: area.columns - 2)
    }
  }

  init(_ event: Event.ID, _ model: ConsoleModel) {
    glyphs = model.options.glyphs
    let chain = model.tree.why(event)
    title = chain.first.map { Self.question($0, model) } ?? "why?"
    var subject: SlotID?
    for event in chain {
      // That who stopped was told to is plain.
      if case .child(_, _, .stopping) = event.kind, model.tree.subject(of: event) == subject {
        continue
      }
      guard let words = Self.words(event, model), words != steps.last else { continue }
      steps.append(words)
      subject = model.tree.subject(of: event)
    }
    if let last = chain.last, last.cause != nil {
      steps.append([Span("something that is no longer kept", .dim)])
    } else if case .process(_, .exited)? = chain.last?.kind {
      steps.append([Span("its own fault", .dim)])
    }
  }

  /// The steps in rows, `←` before each but the first.
  func rows(columns: Int) -> [StyledLine] {
    let items = steps.enumerated().map { index, words in
      index == 0 ? words : [Span("\(glyphs[.cause]) ", .dim)] + words
    }
    return wrapped(items, gap: Span(" "), columns: max(1, columns - 2)).enumerated()
      .map { StyledLine(($0 == 0 ? [] : [Span("  ")]) + $1) }
  }

  // MARK: - Words

  private static func question(_ event: Event, _ model: ConsoleModel) -> String {
    let name = model.tree.subject(of: event).map { model.tree[$0].name } ?? "it"
    switch event.kind {
    case .process(_, .exited):
      return "why did \(name) \(wasStopped(event, model) ? "stop" : "exit")?"
    case .child(_, _, .stopping): return "why did \(name) have to stop?"
    case .child(_, _, .started), .process(_, .spawned): return "why did \(name) start?"
    case .child(_, _, .startFailed): return "why did \(name) not start?"
    case .supervisor(_, .restartDecided): return "why did \(name) decide that?"
    case .supervisor(_, .intensityExceeded): return "why did \(name) give up?"
    default: return "why?"
    }
  }

  /// What an event contributes to the chain; nil for the steps between that explain nothing.
  private static func words(_ event: Event, _ model: ConsoleModel) -> [Span]? {
    switch event.kind {
    case .requested:
      // A request is told as the key and what it asks for; the key is the cause.
      return model.tree.narrate(event).map { told in
        told.spans.prefix(2).map { Span($0, model.options.glyphs) }
      }
    case .process(_, .exited(let reason)):
      let role: Role = reason.isAbnormal ? .crashed : .stopping
      let verb = wasStopped(event, model) ? " stopped (" : " exited ("
      return [name(event, model), Span(verb), Span(reason.short, role), Span(")")]
    case .child(_, _, .stopping): return [name(event, model), Span(" was told to stop")]
    case .child(_, _, .started): return [name(event, model), Span(" started")]
    case .child(_, _, .startFailed(let reason)):
      return [
        name(event, model), Span(" did not start ("), Span(reason.short, .crashed), Span(")"),
      ]
    case .supervisor(_, .restartDecided(_, let strategy, _, _)):
      return [name(event, model), Span(" decided "), Span(strategy.rawValue, .strategy)]
    case .supervisor(_, .intensityExceeded):
      return [name(event, model), Span(" gave up", .crashed)]
    case .supervisor(_, .autoShutdownStarted):
      return [name(event, model), Span(" shut itself down")]
    case .message(.callTimedOut):
      return [name(event, model), Span(" waited too long for an answer")]
    default: return nil
    }
  }

  private static func name(_ event: Event, _ model: ConsoleModel) -> Span {
    guard let slot = model.tree.subject(of: event) else { return Span("it") }
    let role: Role = model.tree[slot].kind == .supervisor ? .supervisorName : .processName
    return Span(model.tree[slot].name, role)
  }

  private static func wasStopped(_ event: Event, _ model: ConsoleModel) -> Bool {
    guard case .process(let pid, .exited) = event.kind,
      let slot = model.tree.subject(of: event)
    else { return false }
    return model.tree[slot].lives.last { $0.pid == pid }?.wasStopped ?? false
  }
}

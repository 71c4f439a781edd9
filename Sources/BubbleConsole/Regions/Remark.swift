import BubbleCells
import BubbleEvents

/// What the user should read before the last events.
enum Remark {
  /// What is more important than the last event, in as many rows as it takes.
  static func lines(_ model: ConsoleModel, columns: Int) -> [StyledLine] {
    if let notice = model.notice {
      return remark("!", notice, at: model.noticeInstant, columns: columns)
    }
    if case .preview(let preview) = model.mode, preview.plan != nil {
      let long = "nothing has happened yet; a copy ran ahead to show this"
      let isShort = remark("?", long, at: model.now, columns: columns).count > 1
      let text = isShort ? "nothing has happened yet" : long
      return remark("?", text, at: model.now, columns: columns)
    }
    let aside = model.script.flatMap { script in
      script.isAside ? script.number.map { "step \($0) waits; n goes back to it" } : nil
    }
    let kept = aside.map { remark("?", $0, at: model.now, columns: columns) } ?? []
    return kept
      + model.troubles.flatMap { trouble in
        remark("!", trouble.text, at: trouble.instant, columns: columns)
      }
  }

  private static func remark(
    _ sign: String, _ text: String, at instant: RuntimeInstant, columns: Int
  ) -> [StyledLine] {
    let time = "\(instant) "
    let indent = String(repeating: " ", count: displayWidth(time) + 2)
    let rows = wrapped(text, columns: columns - displayWidth(indent))
    return rows.enumerated().map { index, row in
      index == 0
        ? StyledLine([Span(time, .dim), Span("\(sign) ", .warning), Span(row)])
        : StyledLine([Span(indent), Span(row)])
    }
  }
}

import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What the selected process has done and has to do.
enum InspectorWork {
  static func section(
    _ node: TreeNode, _ model: ConsoleModel, columns: Int
  ) -> PanelSection? {
    guard let inspection = model.inspection else { return nil }
    let isWide = InspectorIdentity.Labels(columns: columns).isWide
    let labelColumns = isWide ? 10 : 9
    func label(_ text: String) -> Span { Span(padded(text, to: labelColumns), .dim) }
    var rows = mailbox(inspection, columns, label)
    rows.append(turns(inspection, model, columns, label))
    if let last = inspection.lastMessage {
      rows.append(PanelRow([label("last"), Span(last)]))
    }
    if let wait = inspection.waitingFor {
      rows.append(PanelRow([label("waits"), Span(wait, .warning)]))
    }
    if inspection.trapsExits {
      rows.append(PanelRow([label("exits"), Span("trapped")], worth: .extra))
    }
    return PanelSection(isWide ? "work" : nil, rows + [.air])
  }

  /// One row; two where the numbers are too long for that.
  private static func mailbox(
    _ inspection: ProcessInspection, _ columns: Int, _ label: (String) -> Span
  ) -> [PanelRow] {
    let count = inspection.mailboxLength
    let length = [label("mailbox"), Span(grouped(count), count > 0 ? .warning : .processName)]
    let most = Span("max \(grouped(inspection.mailboxMaximum))", .dim)
    let whole = length + [Span("  "), most]
    guard Span.width(of: whole) > columns else { return [PanelRow(whole)] }
    return [PanelRow(length), PanelRow([label(""), most])]
  }

  private static func turns(
    _ inspection: ProcessInspection, _ model: ConsoleModel, _ columns: Int,
    _ label: (String) -> Span
  ) -> PanelRow {
    var spans = [label("turns"), Span(grouped(inspection.turns), .processName)]
    guard let track = model.metrics[inspection.pid], let rate = track.rate else {
      return PanelRow(spans)
    }
    let rateText = " \(grouped(Int(rate.rounded())))/s"
    let room = columns - Span.width(of: spans) - displayWidth(rateText) - 1
    if room >= 3 {
      let samples = track.turns.map(Double.init)
      let columns = min(room, 14)
      spans += [
        Span(" "), Span(model.options.glyphs.sparkline(samples, columns: columns), .sparkline),
      ]
    }
    return PanelRow(spans + [Span(rateText)])
  }
}

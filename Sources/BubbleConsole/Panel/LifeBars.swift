import BubbleCells
import BubbleEvents
import BubbleTree

/// The lives of one child as bars on one axis; each begins under the end of the one before.
enum LifeBars {
  /// Lives shown; older ones are counted.
  private static let capacity = 4
  /// Cells for the reason or the age behind a bar.
  private static let noteColumns = 10

  static func rows(_ node: TreeNode, _ model: ConsoleModel, columns: Int) -> [PanelRow] {
    let shown = node.lives.suffix(capacity)
    guard let first = shown.first, let last = shown.last else { return [] }
    let numberColumns = "#\(last.number) ".count
    let axis = max(2, columns - numberColumns - noteColumns)
    let span = max(1, (model.now - first.start).wholeNanoseconds)
    func column(_ instant: RuntimeInstant) -> Int {
      let share = Double((instant - first.start).wholeNanoseconds) / Double(span)
      return min(axis, max(0, Int((share * Double(axis)).rounded())))
    }
    var rows: [PanelRow] = []
    var from = 0
    for life in shown {
      let start = rows.isEmpty ? 0 : max(from, column(life.start))
      let end = max(start + 1, column(life.end ?? model.now))
      var spans = [Span(padded("#\(life.number)", to: numberColumns))]
      spans += bar(life, of: node, from: start, to: min(end, axis), isFirst: rows.isEmpty, model)
      rows.append(PanelRow(spans, worth: life.number == last.number ? .useful : .extra))
      from = min(end, axis)
    }
    if let remark = remark(node, model) { rows.append(remark) }
    return rows
  }

  private static func bar(
    _ life: Life, of node: TreeNode, from start: Int, to end: Int, isFirst: Bool,
    _ model: ConsoleModel
  ) -> [Span] {
    let blanks = Span(String(repeating: " ", count: start))
    let hook = isFirst ? "" : "┗"
    let cells = String(repeating: "━", count: max(0, end - start - hook.count))
    var spans = [blanks, Span(hook + cells, .running)]
    if let reason = life.reason {
      let state: ProcessState = reason.isAbnormal && !life.wasStopped ? .crashed : .stopped
      spans.append(Span(model.options.glyphs[state.sign], state.role))
      spans.append(Span(" \(reason.short)", .dim))
    } else if life.end != nil {
      let sign = model.options.glyphs[.stopped]
      spans += [Span(sign, .stopped), Span(node.node == nil ? " node" : " stopped", .dim)]
    } else {
      spans.append(Span(" \(spoken(model.now - life.start))"))
    }
    return spans
  }

  /// When the last life but one ended, and whose doing it was.
  private static func remark(_ node: TreeNode, _ model: ConsoleModel) -> PanelRow? {
    guard let ended = node.lives.last(where: { $0.end != nil }), let end = ended.end,
      let cause = ended.endEvent.flatMap({ model.tree.causePhrase($0) })
    else { return nil }
    return PanelRow("\(end) \(cause)", .dim, worth: .extra)
  }
}

import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// Who the selection is, in one line.
enum DetailIdentity {
  /// State, PID, place and policy, as many of these as fit whole into `columns`.
  static func line(_ node: TreeNode, _ model: ConsoleModel, columns: Int) -> StyledLine {
    let glyphs = model.options.glyphs
    var spans = [Span("\(glyphs[node.state.sign]) \(node.state.word)", node.state.role)]
    if node.node != nil { return StyledLine(spans + [Span("  node", .dim)]) }
    if let pid = node.pid { spans.append(Span("  \(pid)")) }
    if let previous = node.previousPID {
      spans.append(Span(node.pid == nil ? "  was \(previous)" : " was \(previous)", .dim))
    }
    for part in [place(node, model), policy(node, glyphs)] {
      guard Span.width(of: spans + part) <= columns else { break }
      spans += part
    }
    return StyledLine(spans)
  }

  private static func place(_ node: TreeNode, _ model: ConsoleModel) -> [Span] {
    if let restart = node.application {
      let number = model.tree.startNumber(ofApplicationAt: node.id)
      return [Span("   \(restart.rawValue) application")]
        + (number.map { [Span("   number \($0) in start order", .dim)] } ?? [])
    }
    guard let parent = node.parent.map({ model.tree[$0] }) else { return [] }
    let (number, count) = InspectorIdentity.number(of: node, under: parent)
    return [
      Span("   child \(grouped(number)) of \(grouped(count)) of ", .dim),
      Span(parent.name, .supervisorName),
    ]
  }

  private static func policy(_ node: TreeNode, _ glyphs: GlyphSet) -> [Span] {
    guard let description = node.description else { return [] }
    let stop = InspectorIdentity.stopping(description.shutdown)
    let significant = description.isSignificant ? " \(glyphs[.separator]) significant" : ""
    return [
      Span("   \(description.restart.rawValue)"),
      Span(" \(glyphs[.separator]) \(stop)\(significant)", .dim),
    ]
  }
}

import BubbleCells
import BubbleEvents
import BubbleTree

/// Who the selection is, in one line.
enum DetailIdentity {
  static func line(_ node: TreeNode, _ model: ConsoleModel) -> StyledLine {
    let glyphs = model.options.glyphs
    var spans = [Span("\(glyphs[node.state.sign]) \(node.state.word)", node.state.role)]
    if let pid = node.pid { spans.append(Span("  \(pid)")) }
    if let previous = node.previousPID { spans.append(Span(" was \(previous)", .dim)) }
    if let parent = node.parent.map({ model.tree[$0] }) {
      let (number, count) = place(of: node, under: parent)
      spans += [
        Span("   child \(grouped(number)) of \(grouped(count)) of ", .dim),
        Span(parent.name, .supervisorName),
      ]
    }
    guard let description = node.description else { return StyledLine(spans) }
    let separator = glyphs[.separator]
    spans.append(Span("   \(description.restart.rawValue)"))
    spans.append(
      Span(" \(separator) \(InspectorIdentity.stopping(description.shutdown))", .dim))
    if description.isSignificant { spans.append(Span(" \(separator) significant", .dim)) }
    return StyledLine(spans)
  }

  /// Its number among its siblings and how many they are, without searching among thousands.
  private static func place(of node: TreeNode, under parent: TreeNode) -> (Int, Int) {
    if case .dynamic(let number)? = node.childID {
      return (number + 1, parent.supervision?.occupied ?? parent.children.count)
    }
    return ((parent.children.firstIndex(of: node.id) ?? 0) + 1, parent.children.count)
  }
}

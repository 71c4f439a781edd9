import BubbleEvents

/// The tree as a graph in Graphviz's language DOT, for `dot -Tsvg`.
///
/// Supervisors are boxes, workers are ellipses, children stand in start order from left to right;
/// each says its name, strategy and intensity, state and restarts. Equal trees give equal text.
///
/// - Parameters:
///   - tree: What to draw.
///   - title: What stands below it; text from outside.
///   - limits: How much is drawn; the rest is counted.
/// - Returns: The source, which ends with a line break.
package func graphviz(
  of tree: ProcessTree, title: String, limits: DiagramLimits = DiagramLimits()
) -> String {
  let diagram = Diagram(tree, limits: limits)
  let boxes = diagram.boxes
  let title = title.withoutControls.escapedForDOT
  var lines = [
    "digraph \"\(title)\" {", "  label=\"\(title)\"", "  ordering=out",
    "  node [fontname=\"monospace\" fontsize=11]", "  edge [arrowsize=0.6]",
  ]
  for box in boxes {
    let text = box.lines.map(\.escapedForDOT).joined(separator: "\\n")
    switch box.content {
    case .node(let state):
      let (colour, isDashed) = state.outline
      lines.append(
        "  \(box.id) [label=\"\(text)\" shape=box3d color=\"\(colour)\""
          + " style=\(isDashed ? "dashed" : "bold")]")
    case .place(let kind, let state):
      let shape = kind == .supervisor ? "box" : "ellipse"
      let (colour, isDashed) = state.outline
      let style = isDashed ? "dashed" : "solid"
      lines.append(
        "  \(box.id) [label=\"\(text)\" shape=\(shape) color=\"\(colour)\" style=\(style)]")
    case .rest:
      lines.append("  \(box.id) [label=\"\(text)\" shape=plaintext]")
    }
  }
  for box in boxes {
    if let parent = box.parent { lines.append("  \(parent) -> \(box.id)") }
  }
  for cable in diagram.cables {
    let look =
      cable.isCut ? " color=\"#c62828\" style=dashed" : cable.label.isEmpty ? "" : " style=dotted"
    lines.append(
      "  \(cable.from) -> \(cable.to) [dir=none constraint=false label=\"\(cable.label)\"\(look)]")
  }
  return lines.joined(separator: "\n") + "\n}\n"
}

extension String {
  /// The text inside quotes: neither an escape such as `\N` nor an entity such as `&lt;`.
  fileprivate var escapedForDOT: String {
    var result = ""
    for character in self {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "&": result += "&amp;"
      default: result.append(character)
      }
    }
    return result
  }
}

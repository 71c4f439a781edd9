import BubbleEvents

/// The tree as the source of a Mermaid flowchart, which GitHub and many editors draw.
///
/// Supervisors are boxes, workers are stadiums; both say their name, strategy and intensity, state
/// and restarts, and crashed ones look it. Equal trees give equal text.
///
/// - Parameters:
///   - tree: What to draw.
///   - title: What stands above it; text from outside.
///   - limits: How much is drawn; the rest is counted.
/// - Returns: The source, which ends with a line break.
package func mermaid(
  of tree: ProcessTree, title: String, limits: DiagramLimits = DiagramLimits()
) -> String {
  let diagram = Diagram(tree, limits: limits)
  let boxes = diagram.boxes
  var lines = ["---", "title: \"\(title.withoutControls.quotedForYAML)\"", "---", "flowchart TB"]
  for box in boxes {
    let text = box.lines.map(\.escapedForMermaid).joined(separator: "<br/>")
    switch box.content {
    case .node: lines.append("  \(box.id)[[\"\(text)\"]]")
    case .place(.supervisor, _): lines.append("  \(box.id)[\"\(text)\"]")
    case .place(.worker, _), .rest: lines.append("  \(box.id)([\"\(text)\"])")
    }
  }
  for box in boxes {
    if let parent = box.parent { lines.append("  \(parent) --> \(box.id)") }
  }
  for cable in diagram.cables {
    let label = cable.label.isEmpty ? "" : "|\(cable.label)|"
    lines.append("  \(cable.from) \(cable.label.isEmpty ? "---" : "-.-")\(label) \(cable.to)")
  }
  for state in ProcessState.allCases {
    let named = boxes.filter { box in
      switch box.content {
      case .place(_, state), .node(state): true
      case .place, .node, .rest: false
      }
    }
    guard !named.isEmpty else { continue }
    let (colour, isDashed) = state.outline
    let width = state == .running ? 2 : 3
    lines.append(
      "  classDef \(state.styleName) stroke:\(colour),stroke-width:\(width)px"
        + (isDashed ? ",stroke-dasharray:5 3" : ""))
    lines.append("  class \(named.map(\.id).joined(separator: ",")) \(state.styleName)")
  }
  return lines.joined(separator: "\n") + "\n"
}

extension String {
  /// The text inside quotes; whatever could mean something to Mermaid is written as its number.
  fileprivate var escapedForMermaid: String {
    var result = ""
    for scalar in unicodeScalars {
      let isPlain =
        !scalar.isASCII || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil || " _-.,:/()".unicodeScalars.contains(scalar)
      if isPlain { result.unicodeScalars.append(scalar) } else { result += "#\(scalar.value);" }
    }
    return result
  }

  fileprivate var quotedForYAML: String {
    var result = ""
    for character in self {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

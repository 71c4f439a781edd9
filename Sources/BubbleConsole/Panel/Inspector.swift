import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// All that is known of the selected process.
enum Inspector {
  static func content(_ model: ConsoleModel, columns: Int) -> PanelContent {
    guard let node = model.selectedNode else {
      let rows = ["Nothing is selected.", "", "Arrows and the mouse", "select a process."]
      return PanelContent(
        title: "inspector", sections: [PanelSection(nil, rows.map { PanelRow($0, .dim) })])
    }
    var sections =
      node.node == nil
      ? [PanelSection(nil, InspectorIdentity.rows(node, model, columns: columns))]
      : InspectorNode.sections(node, model)
    if model.travel.isPast { sections += pastHints(model) }
    if let work = InspectorWork.section(node, model, columns: columns) { sections.append(work) }
    if node.supervision != nil {
      sections += BudgetPicture.sections(node, model, columns: columns)
    }
    if model.tree.releaseHandler == node.id, let section = InspectorRelease.section(model) {
      sections.append(section)
    }
    if model.tree.applicationController(around: node.id) == node.id {
      sections.append(InspectorApplications.section(model))
    } else if let inspection = model.inspection {
      sections += details(inspection)
    }
    if !node.lives.isEmpty {
      sections.append(PanelSection("lives", LifeBars.rows(node, model, columns: columns)))
    }
    return PanelContent(title: title(node, in: model.tree), sections: sections)
  }

  /// The name, and which life it is in once there was more than one.
  static func title(_ node: TreeNode, in tree: ProcessTree) -> String {
    let name = tree.fullName(of: node.id)
    return node.life > 1 ? "\(name) #\(node.life)" : name
  }

  /// What can be done in the past.
  private static func pastHints(_ model: ConsoleModel) -> [PanelSection] {
    let hints: [(key: String, text: String)] = [
      ("space", "play from here"), (", .", "event by event"), ("end", "back to now"),
      ("x s i", "act: a new future"), ("", "begins; u returns"),
    ]
    let rows = hints.map { hint in
      PanelRow([Span(padded(hint.key, to: 6), .key), Span(hint.text, .dim)])
    }
    return [PanelSection("what now", rows + [.air])]
  }

  private static func details(_ inspection: ProcessInspection) -> [PanelSection] {
    var sections: [PanelSection] = []
    if !inspection.state.isEmpty {
      let rows = inspection.state.map { field in
        PanelRow([Span("\(field.name): ", .dim), Span(field.value)])
      }
      sections.append(PanelSection("state", rows + [.air]))
    }
    if !inspection.mailbox.isEmpty {
      var rows = inspection.mailbox.map { PanelRow([Span($0)], worth: .spare) }
      let more = inspection.mailboxLength - inspection.mailbox.count
      if more > 0 { rows.append(PanelRow("… \(grouped(more)) more", .dim, worth: .spare)) }
      sections.append(PanelSection("mailbox", rows + [.air]))
    }
    return sections
  }
}

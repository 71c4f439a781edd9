import BubbleCells
import BubbleEvents
import BubbleTree

/// A form: the settings, what the one in focus means, and what would be asked of the machine.
enum FormPanel {
  static func content(_ form: EditForm, _ model: ConsoleModel, columns: Int) -> PanelContent {
    let glyphs = model.options.glyphs
    var sections: [PanelSection] = []
    var rows: [PanelRow] = []
    for (index, field) in form.fields.enumerated() {
      if index > 0, field.isOfChild != form.fields[index - 1].isOfChild {
        sections.append(PanelSection(title(of: form.fields[index - 1], form, model), rows))
        rows = []
      }
      rows.append(row(index, form, glyphs))
    }
    if let last = form.fields.last {
      sections.append(PanelSection(title(of: last, form, model), rows))
    }
    if let objection = form.objection {
      sections.append(
        PanelSection(
          nil,
          wrapped(objection, columns: columns).map { PanelRow($0, .warning, worth: .needed) }))
    }
    sections.append(
      PanelSection(
        "what it means",
        wrapped(meaning(of: form.field, form), columns: columns).map {
          PanelRow($0, .dim, worth: .extra)
        }))
    let changes = changes(form, glyphs)
    if !changes.isEmpty { sections.append(PanelSection("to be changed", changes)) }
    return PanelContent(
      title: "settings",
      footer: [
        Span(glyphs[.enter], .key), Span(" make it so  ", .dim), Span("esc", .key),
        Span(" no", .dim),
      ], sections: sections)
  }

  private static func title(
    of field: EditForm.Field, _ form: EditForm, _ model: ConsoleModel
  ) -> String {
    guard let slot = field.isOfChild ? form.child : form.supervisor else { return "" }
    let node = model.tree[slot]
    guard field.isOfChild, let parent = node.parent else { return sanitised(node.name) }
    return sanitised("\(node.name) in \(model.tree[parent].name)")
  }

  private static func row(_ index: Int, _ form: EditForm, _ glyphs: GlyphSet) -> PanelRow {
    let field = form.fields[index]
    let value = form.value(field, of: form.after)
    let isChanged = value != form.value(field, of: form.before)
    let name = field.rawValue + String(repeating: " ", count: 10 - field.rawValue.count)
    guard index == form.focus else {
      return PanelRow(
        [Span("  \(name)", .dim), Span(value, isChanged ? .warning : .text)], worth: .needed)
    }
    var spans = [Span(glyphs[.selectionLeft] + " ", .selectionArrow), Span(name, .selectionName)]
    if form.text.isEmpty {
      spans.append(Span(value, .selectionName))
    } else {
      spans += [Span(form.text), Span(glyphs[.cursor], .key)]
    }
    return PanelRow(spans, worth: .needed)
  }

  /// `intensity 3 → 5`, a row for each setting that differs.
  private static func changes(_ form: EditForm, _ glyphs: GlyphSet) -> [PanelRow] {
    form.fields.compactMap { field in
      let before = form.value(field, of: form.before)
      let after = form.value(field, of: form.after)
      guard before != after else { return nil }
      return PanelRow([
        Span("\(field.rawValue) ", .dim), Span(glyphs[.leadsTo] + " ", .dim), Span(after, .warning),
      ])
    }
  }

  /// The setting in OTP's terms.
  private static func meaning(of field: EditForm.Field, _ form: EditForm) -> String {
    switch field {
    case .strategy: PromptPanel.meaning(ofStrategy: form.after.flags?.strategy)
    case .intensity: "So many restarts are tolerated within the period; with one more it gives up."
    case .period: "How long a restart counts."
    case .restart: meaning(of: form.after.child?.restart)
    case .shutdown: meaning(of: form.after.child?.shutdown)
    case .place: "Children start in this order and stop in the reverse; nobody stops for this."
    }
  }

  private static func meaning(of restart: ChildRestart?) -> String {
    switch restart {
    case .permanent: "It is always started again."
    case .transient: "It is started again after a crash, and not after an orderly end."
    case .temporary: "It is never started again."
    case nil: "When it is started again."
    }
  }

  private static func meaning(of shutdown: ChildShutdown?) -> String {
    switch shutdown {
    case .brutalKill: "It is killed at once."
    case .timeout(let milliseconds):
      "It is told to shut down, and killed after \(exact(milliseconds: milliseconds))."
    case .infinity: "It is told to shut down, and waited for without limit."
    case nil: "How it is ended."
    }
  }
}

extension EditForm.Field {
  /// Whether it belongs to a child's specification, not to a supervisor's flags.
  fileprivate var isOfChild: Bool {
    switch self {
    case .restart, .shutdown, .place: true
    case .strategy, .intensity, .period: false
    }
  }
}

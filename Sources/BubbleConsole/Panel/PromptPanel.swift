import BubbleCells
import BubbleEvents

/// A question: the usual answers, and a line for another one.
enum PromptPanel {
  static func content(
    _ prompt: Prompt, _ model: ConsoleModel, columns: Int
  ) -> PanelContent {
    let glyphs = model.options.glyphs
    let choices = prompt.choices.indices.map { row($0, prompt, glyphs) }
    var other: [Span] = [Span(prompt.text), Span(glyphs[.cursor], .key)]
    if prompt.text.isEmpty { other.append(Span("or type \(alternative(prompt.kind))", .dim)) }
    var rows = [PanelRow.air] + choices + [.air, PanelRow(other, worth: .needed)]
    if let objection = prompt.objection {
      rows.append(.air)
      rows += wrapped(objection, columns: columns).map {
        PanelRow($0, .warning, worth: .needed)
      }
    }
    return PanelContent(
      title: prompt.title, footer: footer(glyphs),
      sections: [PanelSection(nil, rows), PanelSection("what it means", meaning(prompt, columns))])
  }

  private static func footer(_ glyphs: GlyphSet) -> [Span] {
    [
      Span(glyphs[.enter], .key), Span(" take it  ", .dim), Span("esc", .key), Span(" no", .dim),
    ]
  }

  private static func row(_ index: Int, _ prompt: Prompt, _ glyphs: GlyphSet) -> PanelRow {
    let choice = prompt.choices[index]
    let isChosen = prompt.text.isEmpty && index == prompt.highlighted
    let note: String
    switch prompt.kind {
    case .reason: note = ExitReasonChoices.note(on: choice)
    case .strategy(_, let flags): note = choice == flags.strategy.rawValue ? "now" : ""
    case .intensity: note = choice == prompt.choices[0] ? "now" : ""
    case .cable: note = prompt.notes.indices.contains(index) ? prompt.notes[index] : ""
    }
    let right = note.isEmpty ? [] : [Span(note, .dim)]
    guard isChosen else { return PanelRow([Span("  \(choice)")], right: right, worth: .needed) }
    return PanelRow(
      [Span(glyphs[.selectionLeft] + " ", .selectionArrow), Span(choice, .selectionName)],
      right: right, worth: .needed)
  }

  private static func alternative(_ kind: Prompt.Kind) -> String {
    switch kind {
    case .reason: "any term"
    case .strategy: "its name"
    case .intensity: "N in S"
    case .cable: "a node"
    }
  }

  /// What the answer would mean, in OTP's own terms.
  private static func meaning(_ prompt: Prompt, _ columns: Int) -> [PanelRow] {
    let text: String
    switch prompt.kind {
    case .reason:
      text = meaning(ofReason: prompt.answer)
    case .strategy:
      text = meaning(ofStrategy: SupervisionStrategy(rawValue: prompt.answer))
    case .intensity:
      text =
        "That many restarts within that many seconds are tolerated; with one more the "
        + "supervisor gives up."
    case .cable:
      text =
        "A cable that is cut carries nothing: what is on its way is lost. One that is whole "
        + "again connects nobody by itself."
    }
    return wrapped(text, columns: columns).map { PanelRow($0, .dim, worth: .extra) }
  }

  private static func meaning(ofReason text: String) -> String {
    switch text {
    case "kill": "It ends at once and cannot object; others see 'killed'."
    case "normal": "A process ignores it unless it traps exits."
    case "shutdown": "An orderly end: a transient child stays down."
    default:
      text.hasPrefix("{shutdown,")
        ? "An orderly end that says more: a transient child stays down."
        : "A crash: permanent and transient children start again."
    }
  }

  static func meaning(ofStrategy strategy: SupervisionStrategy?) -> String {
    switch strategy {
    case .oneForOne: "Only the child that ended starts again."
    case .restForOne: "It and all that were started after it stop and start again."
    case .oneForAll: "All children stop and start again."
    case .simpleOneForOne: "Like one_for_one, for children of one template."
    case nil: "Which siblings share the fate of a child that ended."
    }
  }
}

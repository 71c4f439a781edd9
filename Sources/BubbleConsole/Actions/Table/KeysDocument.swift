import BubbleCells

/// The page docs/KEYS.md, made from the table of actions: each row is told once, with where it
/// applies.
package func keysDocument() -> String {
  var lines = [
    "# Keys and commands", "",
    "This page is made from the table of actions; `swift run dev docs` writes it.",
    "A key that cannot do its work says why. `?` shows the keys inside the program.", "",
    "*Machine* is wherever the machine is looked at: in a view or in the panel, while a kill runs,",
    "in the past, and when no process is alive. *Script* is while a script is presented, *preview*",
    "while a kill is only shown.", "",
  ]
  lines += selectionSection
  for section in Section.allCases {
    let rows = ActionTable.all.filter { !$0.keys.isEmpty && Section(of: $0) == section }
    lines += ["## \(section.rawValue)", "", "| Keys | What they do | Where |", "|---|---|---|"]
    lines += rows.map { action in
      let keys = action.keys.map { "`\($0.shown)`" }.joined(separator: " ")
      return "| \(keys.replacing("|", with: "\\|")) | \(action.help) | \(places(of: action)) |"
    }
    lines.append("")
  }
  lines += mouseSection
  lines += ["## Commands", "", "| Command | What it does |", "|---|---|"]
  lines += ActionTable.all.filter { $0.command != nil }
    .sorted { ($0.command ?? "") < ($1.command ?? "") }
    .map { action in
      let call = [":" + (action.command ?? ""), action.argument].filter { !$0.isEmpty }
        .joined(separator: " ")
      return "| `\(call.replacing("|", with: "\\|"))` | \(action.help) |"
    }
  return lines.joined(separator: "\n") + "\n"
}

private let selectionSection = [
  "What is highlighted is what keys act on, in every view. Where the selected process is folded",
  "away, its supervisor is highlighted, and is what `x` kills. While the log follows, the newest",
  "row of the selected process is highlighted rather than the last row, which would be another",
  "process with every event; where no row tells of it, its name stands at the right of the head.",
  "",
  "`/` narrows a view to what you type: a part of a name, a PID (`<43>`, or its beginning `<4`),",
  "or a number (`#43`; `43` finds the PID, too). The first match is selected; `↵` keeps the view",
  "narrow, `esc` shows all again and leaves the match selected. `(` and `)` go from match to match",
  "in every view, whether or not the others are hidden.", "",
]

private let mouseSection = [
  "## Mouse and paste", "",
  "A click selects a process, in the timeline a moment, in the log a row, in the head a view; the",
  "wheel moves what is under it. `:mouse off`, or `--no-mouse`, leaves the mouse to the terminal,",
  "which selects text with it; elsewhere that takes shift.",
  "What is pasted is text for the line that is being typed, in one line; elsewhere it does",
  "nothing.",
  "",
]

/// The parts of the page that tell keys.
private enum Section: String, CaseIterable {
  case move = "Moving and looking"
  case act = "Acting"
  case time = "Time, and the program"
  case answer = "Scripts, questions and text"

  init(of action: Action) {
    switch action.group {
    case .move: self = .move
    case .act: self = .act
    case .time: self = .time
    case nil: self = .answer
    }
  }
}

/// Where a row applies, in a few words.
private func places(of action: Action) -> String {
  var contexts = action.contexts
  guard contexts.count < KeyContext.allCases.count else { return "everywhere" }
  var words: [String] = []
  if contexts.isSuperset(of: .browsing) {
    words = ["machine"]
    contexts.subtract(.browsing)
  }
  words += KeyContext.allCases.filter(contexts.contains).map(\.shortTitle)
  guard let views = action.views, views != [.lab] else { return words.joined(separator: ", ") }
  let names = ViewKind.allCases.filter(views.contains).map(\.name).joined(separator: ", ")
  return "\(words.joined(separator: ", ")); \(names)"
}

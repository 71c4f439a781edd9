/// The page docs/KEYS.md, made from the table of actions.
package func keysDocument() -> String {
  var lines = [
    "# Keys and commands", "",
    "This page is made from the table of actions; `swift run dev docs` writes it.",
    "A key that cannot do its work says why. `?` shows the keys inside the program.", "",
  ]
  for context in KeyContext.allCases {
    let rows = ActionTable.all.filter { $0.contexts.contains(context) && !$0.keys.isEmpty }
    lines += ["## \(context.title)", "", "| Keys | What they do |", "|---|---|"]
    lines += rows.map { action in
      let keys = action.keys.map { "`\($0.shown)`" }.joined(separator: " ")
      let views = action.views.map { views in
        " (" + ViewKind.allCases.filter(views.contains).map(\.name).joined(separator: ", ") + ")"
      }
      return "| \(keys.replacing("|", with: "\\|")) | \(action.help)\(views ?? "") |"
    }
    lines.append("")
  }
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

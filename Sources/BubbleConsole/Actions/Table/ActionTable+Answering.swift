import BubbleCells

extension ActionTable {
  static let previewing: [Action] = [
    Action(
      "do", keys: [.character("x"), .enter], shown: "x", help: "do what is shown",
      in: [.preview], word: "do it", places: [.preview: 10], run: ProcessActions.perform),
    Action(
      "leave", keys: [.escape, .backspace], shown: "esc", help: "leave it undone",
      in: [.preview], word: "leave", places: [.preview: 50], run: ProcessActions.leave),
    Action(
      "stopInstead", keys: [.character("d")], help: "stop it for good instead; again does it",
      in: [.preview], run: ProcessActions.stopOrPerform),
  ]

  private static let scrolling: [Key] =
    arrows + letters + [
      .pageUp, .pageDown, .home, .end, .character("g"), .character("G"),
    ]

  static let answering: [Action] = [
    Action(
      "keep", keys: [.enter], help: "keep the filter", in: [.filter], word: "keep",
      places: [.filter: 10], run: TextActions.keepFilter),
    Action(
      "everything", keys: [.escape], help: "show all again", in: [.filter], word: "all",
      places: [.filter: 20], run: TextActions.dropFilter),
    Action(
      "match", keys: [.up, .down], shown: "↑↓", help: "another match",
      in: [.filter], word: "other match", places: [.filter: 30],
      run: Action.going(back: [.up], changing: SelectionActions.match)),
    Action(
      "matchPage", keys: [.pageUp, .pageDown], help: "a page up, down", in: [.filter],
      run: Action.moving(SelectionActions.move)),
    Action(
      "execute", keys: [.enter], help: "do it", in: [.command], word: "do it",
      places: [.command: 10], run: CommandActions.execute),
    Action(
      "complete", keys: [.tab], help: "complete", in: [.command], word: "complete",
      places: [.command: 20], run: CommandActions.complete),
    Action(
      "history", keys: [.up, .down], shown: "↑↓", help: "earlier, later command",
      in: [.command], word: "history", places: [.command: 30],
      run: Action.going(back: [.up], changing: TextActions.recall)),
    Action(
      "answer", keys: [.enter], help: "take it", in: [.prompt], word: "take it",
      places: [.prompt: 10], run: PromptActions.answer),
    Action(
      "choose", keys: [.up, .down, .tab, .backTab], shown: "↑↓", help: "another answer",
      in: [.prompt], word: "choose", places: [.prompt: 20],
      run: Action.going(back: [.up, .backTab], changing: PromptActions.choose)),
    Action(
      "dismiss", keys: [.escape], help: "leave", in: [.command, .prompt, .form], word: "leave",
      places: [.command: 40, .prompt: 30, .form: 40], run: TextActions.dismiss),
    Action(
      "erase", keys: [.backspace, .delete], shown: "⌫", help: "take the last letter back",
      in: .typing, run: TextActions.erase),
    Action(
      "eraseWord", keys: [.control("w")], help: "take the last word back", in: .typing,
      run: TextActions.eraseWord),
    Action(
      "eraseAll", keys: [.control("u")], help: "take all back", in: .typing,
      run: TextActions.eraseAll),
    Action(
      "page", keys: scrolling, shown: "↑↓", help: "scroll",
      in: [.help], word: "scroll", places: [.help: 20], run: Action.moving(HelpActions.scrollHelp)),
    Action(
      "close", keys: [.escape, .enter, .character("?"), .function(1), .backspace],
      shown: "esc", help: "close", in: [.help], word: "close", places: [.help: 10],
      run: HelpActions.closeHelp),
  ]
}

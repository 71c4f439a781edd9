import BubbleCells

extension ActionTable {
  static let arrows: [Key] = [.up, .down, .left, .right]
  static let letters: [Key] = [
    .character("h"), .character("j"), .character("k"), .character("l"),
  ]
  private static let pages: [Key] = [.pageUp, .pageDown]

  static let moving: [Action] = [
    Action(
      "move", keys: arrows + letters + pages, shown: "↑↓←→", help: "move (or hjkl)", group: .move,
      in: [.browse, .running, .past, .ended, .lab], views: .others,
      run: Action.moving(SelectionActions.move)),
    Action(
      "lane", keys: [.up, .down, .character("j"), .character("k")] + pages, shown: "↑↓",
      help: "other lane", group: .move, in: [.browse, .running, .past, .ended], views: [.time],
      word: "lane", places: [.browse: 59, .past: 59], run: Action.moving(SelectionActions.move)),
    Action(
      "scroll", keys: arrows + letters + pages, shown: "↑↓", help: "scroll", in: [.panel],
      word: "scroll", places: [.panel: 10], run: Action.moving(SelectionActions.scrollPanel)),
    Action(
      "other", keys: arrows + letters + pages, shown: "↑↓", help: "the same, done to another one",
      in: [.preview], word: "other child", places: [.preview: 40],
      run: Action.moving(SelectionActions.move)),
    Action(
      "now", keys: [.end], command: "now", help: "back to now", in: [.past], views: .others,
      word: "now", places: [.past: 50], run: TimeActions.now),
    Action(
      "ends", keys: [.character("g"), .character("G"), .home, .end], shown: "g G",
      help: "first, last", group: .move, in: [.browse, .running, .ended, .preview, .lab],
      views: .others, run: Action.moving(SelectionActions.move)),
    Action(
      "endsThen", keys: [.character("g"), .character("G"), .home], shown: "g G",
      help: "first, last", in: [.past], views: .others, run: Action.moving(SelectionActions.move)),
    Action(
      "inspect", keys: [.enter], command: "inspect", help: "inspect, zoom in", group: .move,
      in: [.browse, .running, .past, .ended], word: "inspect", places: [.browse: 20, .running: 40],
      run: SelectionActions.enter),
    Action(
      "back", keys: [.escape, .backspace], shown: "esc", help: "one level back", group: .move,
      in: .browsing, word: "back", places: [.panel: 20], run: SelectionActions.back),
    Action(
      "pane", keys: [.tab, .backTab], shown: "tab", help: "next pane", group: .move,
      in: .browsing, word: "view", places: [.panel: 30], run: SelectionActions.nextPane),
    Action(
      "filter", keys: [.character("/")], command: "filter", argument: "[TEXT]",
      help: "filter", group: .move, in: .browsing, word: "filter", places: [.browse: 50],
      run: SelectionActions.filter),
    Action(
      "matches", keys: [.character("("), .character(")")], command: "find", argument: "TEXT",
      help: "process before, after that / found", brief: "other matches", group: .move,
      in: .watching.union([.preview, .script, .question]), choices: { $0.names() },
      run: Action.going(
        back: [.character("(")], command: SelectionActions.find, changing: SelectionActions.match)),
    Action(
      "fold", keys: [.character("c"), .character("e")], help: "fold, unfold all", group: .move,
      in: .browsing, views: [.tree, .table, .time], word: "fold", places: [.browse: 90],
      run: Action.going(
        back: [.character("c")], changing: { SelectionActions.foldAll($0 == .back, in: &$1) })),
    Action(
      "view", keys: ViewKind.allCases.map(\.key), shown: "1-6", command: "view",
      argument: "NAME", help: "views", group: .move, in: .acting.union([.lab]), word: "views",
      places: [.ended: 20],
      choices: { _ in ViewKind.allCases.map(\.name) }, run: Action.view),
    Action(
      "select", command: "select", argument: "NAME|<PID>", help: "select a process",
      isForLab: true, choices: { $0.names() }, run: SelectionActions.select),
  ]
}

extension Set<ViewKind> {
  /// The views in which left and right lead to processes.
  static let others = Set(ViewKind.allCases).subtracting([.time])
}

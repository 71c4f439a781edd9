import BubbleCells

extension ActionTable {
  static let looking: [Action] = [
    Action(
      "order", keys: [.character("o")], command: "order", argument: "[ORDER]",
      help: "order of the rows", group: .move, in: .browsing, views: [.table], word: "order",
      places: [.browse: 55], choices: { _ in TableOrder.allCases.map(\.rawValue) },
      run: ViewActions.order),
    Action(
      "verbose", keys: [.character("v")], command: "verbose", help: "messages too",
      group: .move, in: .browsing, views: [.log], word: "messages", places: [.browse: 55],
      run: ViewActions.verbose),
    Action(
      "trace", keys: [.character("t")], command: "trace",
      help: "messages of the selection only", brief: "its messages only", group: .move,
      in: .browsing, views: [.log], word: "trace it",
      places: [.browse: 58], run: ViewActions.trace),
    Action(
      "statistics", command: "statistics", help: "what the selection has done since its start",
      needs: [.inspects], isForLab: true, run: ViewActions.statistics),
    Action(
      "same", keys: [.character("{"), .character("}")], help: "same process, before and next",
      brief: "same process", group: .move, in: .browsing, views: [.log], word: "same process",
      places: [.browse: 56],
      run: Action.going(back: [.character("{")], changing: ViewActions.sameProcess)),
    Action(
      "why", keys: [.character("w")], command: "why", help: "why it happened", group: .move,
      in: .browsing, views: [.log, .time], word: "why", places: [.browse: 57, .past: 57],
      run: ViewActions.why),
    Action(
      "scale", keys: [.character("t")], command: "scale", help: "to scale, or by events",
      brief: "time or events", group: .move, in: .browsing, views: [.time], word: "scale",
      places: [.browse: 55, .past: 55],
      run: TimeActions.scale),
    Action(
      "letters", keys: [.character("a")], command: "letters", help: "letters only",
      group: .move, in: .browsing, views: [.tree], word: "letters", places: [.browse: 55],
      run: ViewActions.letters),
    Action(
      "marks", keys: [.character("b")], command: "marks", argument: "[braille|half|ascii]",
      help: "what dots are drawn with", brief: "kind of dots", group: .move, in: .browsing,
      views: [.bubbles],
      choices: { _ in Marks.allCases.map(\.rawValue) }, run: ViewActions.marks),
    Action(
      "theme", command: "theme", argument: "NAME", help: "colours",
      isForLab: true, choices: { _ in Theme.allCases.map(\.rawValue) }, run: ViewActions.theme),
    Action(
      "motion", command: "motion", argument: "full|reduced|none", help: "how much moves",
      isForLab: true, choices: { _ in ConsoleOptions.Motion.allCases.map(\.rawValue) },
      run: ViewActions.motion),
    Action(
      "mouse", command: "mouse", argument: "[on|off]",
      help: "whether the mouse is the console's; off, the terminal selects text with it",
      isForLab: true, choices: { _ in ["on", "off"] },
      run: ViewActions.toggling("mouse") { options, wanted in
        options.usesMouse = wanted ?? !options.usesMouse
        return options.usesMouse
      }),
    Action(
      "cursor", command: "cursor", argument: "[on|off]",
      help: "whether the terminal's cursor is shown, at what is highlighted", isForLab: true,
      choices: { _ in ["on", "off"] },
      run: ViewActions.toggling("cursor") { options, wanted in
        options.showsCursor = wanted ?? !options.showsCursor
        return options.showsCursor
      }),
    Action(
      "save", command: "save", argument: "FILE",
      help: "save the screen (.txt .svg) or the tree (.mmd .dot)",
      isForLab: true, run: ViewActions.save),
    Action(
      "cast", command: "cast", argument: "[FILE]",
      help: "record the screen to FILE for asciinema; without FILE, end that", isForLab: true,
      run: ViewActions.cast
    ),
    Action(
      "record", command: "record", argument: "FILE",
      help: "record the run to FILE for bubbles replay", needs: [.reruns], isForLab: true,
      run: ViewActions.record),
    Action(
      "epilogue", command: "epilogue", help: "what happened in all", isForLab: true,
      run: ViewActions.epilogue),
  ]
}

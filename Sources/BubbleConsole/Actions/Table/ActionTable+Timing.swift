import BubbleCells

extension ActionTable {
  static let timing: [Action] = [
    Action(
      "pause", keys: [.character(" ")], command: "pause", help: "pause, play", group: .time,
      in: .watching, word: "pause",
      places: [.browse: 30, .past: 10, .running: 10, .lab: 60],
      wordNow: { !$0.pace.isPaused ? "pause" : $0.travel.isPast ? "play from here" : "play" },
      run: TimeActions.pause),
    Action(
      "step", keys: [.character(","), .character(".")], command: "step",
      help: "event back, on", group: .time, in: .browsing,
      keyNeeds: [.character(","): [.looksBack]], word: "event",
      places: [.browse: 40, .past: 20, .running: 20, .ended: 15],
      run: Action.byKey([.character(","): TimeActions.stepBack], else: TimeActions.step)),
    Action(
      "playhead", keys: [.left, .right, .character("h"), .character("l")], shown: "←→",
      help: "column back, on", group: .time, in: [.browse, .running, .past, .ended],
      views: [.time], needs: [.looksBack], word: "move", places: [.browse: 25, .past: 15],
      run: Action.going(back: [.left, .character("h")], TimeActions.playhead)),
    Action(
      "span", keys: [.character("g"), .character("G"), .home, .end], shown: "g G",
      help: "beginning, now", group: .time, in: [.browse, .running, .past, .ended],
      views: [.time], needs: [.looksBack], word: "ends", places: [.past: 50],
      run: Action.byKey(
        [.character("g"): TimeActions.beginning, .home: TimeActions.beginning],
        else: TimeActions.now)),
    Action(
      "stepBack", command: "back", help: "one event back", needs: [.looksBack],
      run: TimeActions.stepBack),
    Action(
      "incident", keys: [.character("["), .character("]")], help: "kill before, after",
      group: .time, in: .browsing, needs: [.looksBack], word: "kill", places: [.past: 40],
      run: Action.going(back: [.character("[")], TimeActions.incident)),
    Action(
      "undo", keys: [.character("u"), .character("U")], command: "undo", help: "undo, do again",
      group: .time, in: .browsing, needs: [.undoes], word: "undo",
      places: [.browse: 45, .running: 15, .ended: 5],
      run: Action.byKey([.character("U"): TimeActions.redo], else: TimeActions.undo)),
    Action(
      "redo", command: "redo", help: "do again what was undone", needs: [.undoes],
      run: TimeActions.redo),
    Action(
      "goto", command: "goto", argument: "12.5s|-3s|#EVENT", help: "go to an instant or an event",
      needs: [.looksBack], run: TimeActions.goTo),
    Action(
      "future", command: "future", argument: "[NUMBER]", help: "go to a future that was left",
      needs: [.undoes], choices: { $0.travel.futures.map { String($0.number) } },
      run: TimeActions.future),
    Action(
      "speed", keys: [.character("<"), .character(">")], command: "speed",
      argument: "1/64 … 16", help: "slower, faster", group: .time,
      in: .acting.union([.lab]), needs: [.setsSpeed], word: "speed",
      places: [.browse: 60, .running: 30], choices: { _ in TimeActions.speedNames },
      run: Action.going(
        back: [.character("<")], command: TimeActions.speed, changing: TimeActions.changeSpeed)),
    Action(
      "beat", keys: [.character("-"), .character("+"), .character("=")], shown: "- +",
      command: "beat", argument: "300ms", help: "beat", group: .time,
      in: .acting, choices: { _ in ["0", "100ms", "300ms", "1s"] },
      run: Action.going(
        back: [.character("-")], command: TimeActions.beat, changing: TimeActions.changeBeat)),
    Action(
      "follow", keys: [.character("f")], command: "follow", help: "follow events",
      group: .time, in: .browsing, word: "follow", places: [.browse: 100], run: TimeActions.follow),
    Action(
      "again", keys: [.character("R")], command: "again", help: "start again", group: .time,
      in: .browsing, needs: [.undoes], word: "start again", places: [.ended: 10],
      run: TimeActions.startAgain),
    Action(
      "command", keys: [.character(":")], help: "command", group: .move,
      in: .acting.union([.lab]), run: ViewActions.command),
    Action(
      "help", keys: [.character("?"), .function(1)], shown: "?", command: "help", help: "help",
      in: .acting.union([.lab]), word: "help", run: HelpActions.help),
    Action(
      "quit", keys: [.character("q")], command: "quit", help: "quit", group: .time,
      in: .lettered, word: "quit", places: [.ended: 40], run: ViewActions.quit),
    Action(
      "interrupt", keys: [.control("c")], help: "quit, whatever is going on",
      in: Set(KeyContext.allCases), run: ViewActions.quit),
  ]
}

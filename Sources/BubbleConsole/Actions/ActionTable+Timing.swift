import BubbleCells

extension ActionTable {
  static let timing: [Action] = [
    Action(
      "pause", keys: [.character(" ")], command: "pause", help: "pause, play", group: .time,
      in: .browsing, word: "pause", places: [.browse: 30, .running: 10],
      wordNow: { $0.pace.isPaused ? "play" : "pause" }, run: Times.pause),
    Action(
      "step", keys: [.character(".")], command: "step", help: "one event on", group: .time,
      in: .browsing, word: "step", places: [.browse: 40, .running: 20], run: Times.step),
    Action(
      "speed", keys: [.character("<"), .character(">")], command: "speed",
      argument: "1/64 … 16", help: "slower, faster", group: .time,
      in: .acting, word: "speed",
      places: [.browse: 60, .running: 30], choices: { _ in Times.speedNames }, run: Times.speed),
    Action(
      "beat", keys: [.character("-"), .character("+"), .character("=")], shown: "- +",
      command: "beat", argument: "300ms", help: "beat", group: .time,
      in: .acting, choices: { _ in ["0", "100ms", "300ms", "1s"] },
      run: Times.beat),
    Action(
      "follow", keys: [.character("f")], command: "follow", help: "follow events",
      group: .time, in: .browsing, word: "follow", places: [.browse: 100], run: Times.follow),
    Action(
      "again", keys: [.character("R")], command: "again", help: "start again", group: .time,
      in: .browsing, word: "start again", places: [.ended: 10], run: Times.startAgain),
    Action(
      "command", keys: [.character(":")], help: "command", group: .time,
      in: .acting, run: Looks.command),
    Action(
      "help", keys: [.character("?"), .function(1)], shown: "?", command: "help", help: "help",
      in: .acting, word: "help", run: Looks.help),
    Action(
      "quit", keys: [.character("q")], command: "quit", help: "quit", group: .time,
      in: .lettered, word: "quit", places: [.ended: 40], run: Looks.quit),
    Action(
      "interrupt", keys: [.control("c")], help: "quit, whatever is going on",
      in: Set(KeyContext.allCases), run: Looks.quit),
  ]
}

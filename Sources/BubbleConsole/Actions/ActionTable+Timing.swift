import BubbleCells

extension ActionTable {
  private static let watching: Set<KeyContext> = [.browse, .panel, .running]

  static let timing: [Action] = [
    Action(
      "pause", keys: [.character(" ")], command: "pause", help: "pause, play", group: .time,
      in: watching, word: "pause", places: [.browse: 30, .running: 10],
      wordNow: { $0.pace.isPaused ? "play" : "pause" }, run: Times.pause),
    Action(
      "step", keys: [.character(".")], command: "step", help: "one event on", group: .time,
      in: watching, word: "step", places: [.browse: 40, .running: 20], run: Times.step),
    Action(
      "speed", keys: [.character("<"), .character(">")], command: "speed",
      argument: "1/64 … 16", help: "slower, faster", group: .time,
      in: [.browse, .panel, .running, .preview], word: "speed",
      places: [.browse: 60, .running: 30], choices: { _ in Times.speedNames }, run: Times.speed),
    Action(
      "beat", keys: [.character("-"), .character("+"), .character("=")], shown: "- +",
      command: "beat", argument: "300ms", help: "shorter, longer beat", group: .time,
      in: [.browse, .panel, .running, .preview], choices: { _ in ["0", "100ms", "300ms", "1s"] },
      run: Times.beat),
    Action(
      "follow", keys: [.character("f")], command: "follow", help: "follow what happens",
      group: .time, in: .browsing, word: "follow", places: [.browse: 100], run: Times.follow),
    Action(
      "again", keys: [.character("R")], command: "again", help: "start again", group: .time,
      in: .browsing, run: Times.startAgain),
    Action(
      "help", keys: [.character("?"), .function(1)], shown: "?", command: "help", help: "help",
      in: [.browse, .panel, .running, .preview], word: "help", run: Looks.help),
    Action(
      "quit", keys: [.character("q")], command: "quit", help: "quit", group: .time,
      in: .lettered, run: Looks.quit),
    Action(
      "interrupt", keys: [.control("c")], help: "quit, whatever is going on",
      in: Set(KeyContext.allCases), run: Looks.quit),
  ]
}

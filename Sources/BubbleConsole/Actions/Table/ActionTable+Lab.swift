import BubbleCells
import BubbleEvents

extension ActionTable {
  static let comparing: [Action] = [
    Action(
      "lab", command: "lab", argument: "[strategy=S|intensity=N/S|restart=T …]",
      help: "compare variants of a supervisor",
      needs: [.compares], isForLab: true,
      choices: { _ in
        SupervisionStrategy.changeable.map { "strategy=\($0.rawValue)" }
          + ["intensity=1/5", "intensity=3/5", "restart=permanent", "restart=transient"]
      }, run: LabActions.open),
    Action(
      "stepAll", keys: [.character(".")], help: "one event in each column", brief: "event in each",
      group: .time,
      in: [.lab], views: [.lab], word: "step all", places: [.lab: 20], run: LabActions.step),
    Action(
      "column", keys: [.tab, .backTab], shown: "tab", help: "next column", group: .move,
      in: [.lab], views: [.lab], word: "column", places: [.lab: 30],
      run: Action.going(back: [.backTab], changing: LabActions.changeColumn)),
    Action(
      "compareIntensities", keys: [.character("i")], help: "compare intensities", group: .act,
      in: [.lab], views: [.lab], needs: [.compares], word: "intensity", places: [.lab: 40],
      run: LabActions.compareIntensities),
    Action(
      "compareStrategies", keys: [.character("s")], help: "compare strategies", group: .act,
      in: [.lab], views: [.lab], needs: [.compares], word: "strategy", places: [.lab: 70],
      run: LabActions.compareStrategies),
    Action(
      "addColumn", keys: [.character("+"), .character("=")], shown: "+", help: "add a column",
      group: .act, in: [.lab], views: [.lab], needs: [.compares], word: "add column",
      places: [.lab: 50],
      run: LabActions.addColumn),
    Action(
      "compareAgain", keys: [.character("R")], help: "the same from the beginning",
      brief: "the same again",
      group: .time, in: [.lab], views: [.lab], needs: [.compares], word: "again",
      places: [.lab: 80],
      run: LabActions.again),
    Action(
      "leaveLab", keys: [.escape, .backspace], shown: "esc", help: "leave the lab",
      in: [.lab], word: "leave", places: [.lab: 90], run: LabActions.leave),
  ]
}

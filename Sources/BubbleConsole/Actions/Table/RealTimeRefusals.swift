import BubbleCells

/// Why something cannot be done with a machine that runs by the wall clock.
enum RealTime {
  static let past =
    "in real time nothing can be taken back: what left a socket has left"
  static let speed = "in real time the wall clock sets the speed"
  static let copies = "in real time there is no lab: its copies would have nobody to talk to"
  static let rerun = "a run in real time cannot be run again; :cast films the screen"
}

extension Action {
  /// Why it cannot be done with a machine in real time; nil when it can.
  func refusalInRealTime(_ input: ActionInput) -> String? {
    switch id {
    case "stepBack", "incident", "undo", "redo", "goto", "future", "again", "playhead", "span",
      "previous":
      RealTime.past
    case "step": input == .key(.character(",")) ? RealTime.past : nil
    case "speed": RealTime.speed
    case "lab", "compareIntensities", "compareStrategies", "addColumn", "compareAgain":
      RealTime.copies
    case "record", "saveScript": RealTime.rerun
    default: nil
    }
  }

  /// Whether some key of it does something with a machine in real time.
  var isPossibleInRealTime: Bool {
    keys.contains { refusalInRealTime(.key($0)) == nil }
  }
}

extension ConsoleCommand {
  /// Why it cannot be done with a machine in real time, whichever way it was asked for; nil when it
  /// can.
  package var refusalInRealTime: String? {
    switch self {
    case .undo, .redo, .stepBack, .seek, .seekEnd, .enterFuture, .startAgain, .previousCue:
      RealTime.past
    case .setSpeed: RealTime.speed
    case .lab: RealTime.copies
    case .saveScript, .file(.record): RealTime.rerun
    case .request, .requests, .preview, .inspect, .observe, .setPaused, .step, .setBeat, .chaos,
      .file, .nextCue, .leaveScript, .quit:
      nil
    }
  }
}

package import BubbleEvents

/// What `update` wants done outside the model.
package enum ConsoleCommand: Hashable, Sendable {
  /// Ask the machine for it.
  case request(ControlRequest, by: Asker)
  /// Ask the machine for all of these at once; they are undone together.
  case requests([ControlRequest], by: Asker)
  /// Let a copy of the machine run ahead with the request, and send `previewed`.
  case preview(ControlRequest)
  /// Look into a process, and send `inspected`.
  case inspect(PID)
  /// From now on send `metrics` of these, and of no others.
  case observe([PID])
  /// Show one more event, then stand still again.
  case step
  /// Tell of every message from now on, or no longer.
  case tellMessages(Bool)
  /// Begin the scenario anew, with the same seed.
  case startAgain
  /// Write what is shown to a new file.
  case save(name: String, as: ExportFormat)
  /// Write a file.
  case file(FileRequest)
  /// Take the last act back, as if it had not been done.
  case undo
  /// Do the act again that was undone last.
  case redo
  /// Show the machine one event earlier.
  case stepBack
  /// Show the machine as it was when the event had just happened.
  case seek(Event.ID)
  /// Show the machine as it was at an instant, whether or not anything happened then.
  case seekInstant(RuntimeInstant)
  /// Show the end of what has happened again.
  case seekEnd
  /// Go to the end of a run that was left.
  case enterFuture(Int)
  /// Write what was done by hand as a script, to a new file of that name.
  case saveScript(name: String)
  /// Go on to the next step of the script.
  case nextCue
  /// Show the answer to the question of the script; somebody chose that one, from 0.
  case answerCue(Int)
  /// Go back to the step of the script before.
  case previousCue
  /// Leave the script.
  case leaveScript
  /// Do something with the copies that are compared.
  case lab(LabCommand)
  /// Let faults arrive by chance from now on; nil lets no more arrive.
  case chaos(ChaosStatus?)
  case quit
}

extension ConsoleCommand {
  /// Whether nothing of it is seen before time passes.
  var waitsForTime: Bool {
    switch self {
    case .request, .requests, .lab(.ask): true
    case .preview, .inspect, .observe, .step, .tellMessages, .startAgain, .save, .file, .undo,
      .redo, .stepBack, .seek, .seekInstant, .seekEnd, .enterFuture, .saveScript, .nextCue,
      .answerCue,
      .previousCue,
      .leaveScript, .lab, .chaos, .quit:
      false
    }
  }

  /// What the subject must be able to do for it, whichever way it was asked for.
  package var needs: Set<Capability> {
    switch self {
    case .request, .requests, .chaos: [.acts]
    case .preview: [.previews]
    case .inspect, .observe: [.inspects]
    case .stepBack, .seek, .seekInstant, .seekEnd: [.looksBack]
    case .undo, .redo, .enterFuture, .startAgain, .previousCue: [.undoes]
    case .lab: [.compares]
    case .saveScript, .file(.record): [.reruns]
    case .step, .tellMessages, .save, .file, .nextCue, .answerCue, .leaveScript, .quit: []
    }
  }

  /// Whether the machine does or shows by it what a script that is presented does not know of.
  package var isBesideScript: Bool {
    switch self {
    case .request(_, let asker), .requests(_, let asker): asker != .script
    case .step, .startAgain, .undo, .redo, .stepBack, .seek, .seekInstant, .seekEnd, .enterFuture,
      .chaos:
      true
    case .preview, .inspect, .observe, .tellMessages, .save, .file, .saveScript, .nextCue,
      .answerCue, .previousCue, .leaveScript, .lab, .quit:
      false
    }
  }
}

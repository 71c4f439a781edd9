package import BubbleEvents

/// What `update` wants done outside the model.
package enum ConsoleCommand: Hashable, Sendable {
  /// Ask the machine for it.
  case request(ControlRequest)
  /// Let a copy of the machine run ahead with the request, and send `previewed`.
  case preview(ControlRequest)
  /// Look into a process, and send `inspected`.
  case inspect(PID)
  /// From now on send `metrics` of these, and of no others.
  case observe([PID])
  case setPaused(Bool)
  /// Show one more event, then stand still again.
  case step
  case setSpeed(Double)
  case setBeat(Duration)
  /// Begin the scenario anew, with the same seed. The model has already forgotten the old run.
  case startAgain
  /// Write a file.
  case file(FileWish)
  case quit
}

package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// What happened, as `update` is told.
package enum ConsoleMessage: Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text that was pasted, in whatever lines it had.
  case paste(String)
  case resize(Size)
  /// The console was opened on a subject that can do that.
  case opened(Capabilities)
  /// The machine moved on; the events in their order.
  case events([Event])
  /// One animation frame, 1/24 s; only sent while `isMoving`.
  case frame
  /// A copy of the machine ran ahead with the request; these events came of it. `settled` is false
  /// when the copy was stopped before it came to rest.
  case previewed(ControlRequest, [Event], settled: Bool)
  /// The answer to `inspect`; nil when there is no such process any more.
  case inspected(ProcessInspection?)
  /// Fresh numbers of the observed processes.
  case metrics([ProcessMetrics])
  /// The machine's time now.
  case clock(RuntimeInstant)
  /// Time stands still for the machine, or goes on, since its past was entered or left.
  case paused(Bool)
  /// The machine is at another moment from now on: this is what it had told there.
  indirect case revisited(Told)
  /// Where in time the shown moment is.
  case travel(TimeTravelStatus)
  /// Everything that moves comes to rest.
  case motionStopped
  /// The faults by chance that arrive from now on; nil for none.
  case chaos(ChaosStatus?)
  /// Draw with these signs.
  case glyphs(GlyphSet)
  /// Where in its script the session is; one that begins takes the keys.
  case script(ScriptStatus)
  /// A script shows a view and selects a place; nil leaves what is there.
  case cue(view: ViewKind?, selection: SlotID?)
  /// A script shows what killing the process in a place would do.
  case previewKill(SlotID)
  /// A script leaves undone what is shown.
  case previewLeft
  /// A script does what is shown.
  case doPreviewed
  /// What is being done that takes long, in a few words; nil when nothing is any more.
  case working(String?)
  /// Whether events get no beats, since too many come.
  case beatsShed(Bool)
  /// What happened to the copies that are compared.
  case lab(LabMessage)
  /// So much time of whoever watches has passed since a notice was shown or this was sent; only
  /// sent while there is a notice.
  case passed(Duration)
  /// Something the user should know, in one line.
  case notice(String)
  /// Something has failed that the user counts on, such as a recording.
  case trouble(String)
}

extension ConsoleMessage {
  package init(_ input: TerminalInput) {
    switch input {
    case .key(let key): self = .key(key)
    case .mouse(let event): self = .mouse(event)
    case .paste(let text): self = .paste(text)
    case .resize(let size): self = .resize(size)
    }
  }
}

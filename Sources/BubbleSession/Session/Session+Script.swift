import BubbleCells
import BubbleConsole
import BubbleEvents
package import BubbleScripts
import BubbleSimulation
import BubbleTree

// A script is presented one step at a time: the step is said and done, and what it waits for
// happens at the pace of the session. Then the machine stands until the next step is asked for,
// however long that takes, so that it is where the caption says it is.

extension Session {
  /// Gives the session a script to present; nothing is shown of it until `nextCue`.
  package mutating func prepare(_ script: Script) {
    guard !script.isEmpty else { return }
    presentation = Presentation(of: script)
    tellScript()
  }

  /// Whether there is a step after the one that is on.
  package var hasNextCue: Bool { presentation?.hasNext ?? false }

  /// Whether the step that is on waits for something that may still happen in its time.
  package var isScriptWaiting: Bool {
    guard let waiting = presentation?.waiting else { return false }
    return subject.now < waiting.since + waiting.wait.limit
  }

  /// What went wrong in the steps so far, each with the line of the file.
  package var scriptFailures: [String] { presentation?.failures ?? [] }

  /// Goes on to the next step, if there is a script.
  ///
  /// What the present one waits for happens first, at once. After something else was done it only
  /// comes back to the script.
  package mutating func nextCue() {
    guard let presentation else { return }
    if presentation.isAside { return comeBack() }
    if presentation.isAsking { return answerCue(choosing: nil) }
    guard subject.capabilities.contains(.setsSpeed) || !isScriptWaiting else {
      return send(.notice(presentation.hope(in: model.tree)))
    }
    finishCue(goesOn: true)
  }

  /// Shows the answer to the question that is on, and does what the step does.
  ///
  /// - Parameter choice: The number of the answer that somebody chose, from 0; nil when nobody did.
  mutating func answerCue(choosing choice: Int?) {
    guard presentation?.isAsking == true, let cue = presentation?.answer(choosing: choice) else {
      return
    }
    leavePreview(before: cue)
    perform(cue)
    tellScript()
  }

  /// Begins the next step, if there is one; the first one begins with the machine.
  mutating func beginCue() {
    guard hasNextCue else {
      return send(.notice("the script is over; esc leaves it"))
    }
    if presentation?.position == nil { beginRun() }
    let before = shownToScript
    guard let cue = presentation?.begin(from: before) else { return }
    if cue.question == nil { leavePreview(before: cue) }
    send(
      .cue(
        view: cue.view.map(ViewKind.init),
        selection: cue.selection.flatMap { model.tree.slot(at: $0) }))
    if cue.question == nil { perform(cue) }
    tellScript()
  }

  /// Goes back to before the step that is on, and shows the step before that.
  package mutating func previousCue() {
    let isOn = presentation?.position != nil
    guard let before = presentation?.goBack() else {
      return send(
        .notice(
          isOn ? "what was before this step is forgotten" : "this is before the first step"))
    }
    show(before)
    let step = presentation?.position.map { "back at step \($0 + 1)" }
    send(.notice(step ?? "back before the first step"))
  }

  /// Leaves the script; it can be begun again.
  package mutating func leaveScript() {
    guard let script = presentation?.script else { return }
    presentation = Presentation(of: script)
    tellScript()
  }

  /// Leaves the script aside, since something is done now that it does not know of.
  mutating func stepAside() {
    guard let presentation, presentation.position != nil, !presentation.isAside else { return }
    let shown = shownToScript
    self.presentation?.stepAside(from: shown)
    tellScript()
  }

  /// Runs the machine until the step that is on is over, and looks whether all is as it should be.
  package mutating func finishCue() { finishCue(goesOn: false) }

  private mutating func finishCue(goesOn: Bool) {
    guard presentation?.isAsking == false, presentation?.cue != nil else {
      if goesOn { beginCue() }
      return
    }
    showPending()
    let waiting = presentation?.waiting.map { $0.since + $0.wait.limit }
    guard let limit = waiting ?? presentation?.settlingLimit else {
      concludeCue()
      if goesOn { beginCue() }
      return
    }
    begin(.cue(CueFinish(limit: limit, waits: waiting != nil, goesOn: goesOn)))
  }

  /// Does one thing on the way to the end of the step that is on; false when that is reached.
  mutating func goesOn(_ finish: CueFinish) -> Bool {
    guard finish.waits else {
      return !subject.isSettled && finish.turns < Limit.lookAheadTurns && run(to: finish.limit)
    }
    guard presentation?.waiting != nil,
      subject.now < finish.limit || !playback.pending.isEmpty
    else { return false }
    showPending()
    checkWait()
    guard presentation?.waiting != nil else { return false }
    _ = run(to: finish.limit)
    return true
  }

  /// Looks whether all is as the step that is on says, now that it is over.
  mutating func concludeCue() {
    endCue()
    sendClock()
    for expectation in presentation?.cue?.expectations ?? [] {
      if let objection = model.tree.objection(to: expectation, at: subject.now) { fail(objection) }
    }
  }

  // MARK: - The clock

  /// Whether a script holds the machine's clock, so that only what is drawn moves.
  var isHeld: Bool {
    presentation?.clock == .held && subject.capabilities.contains(.setsSpeed)
  }

  /// How far the machine may run before the script wants it to stand; a machine that runs by itself
  /// cannot be held.
  mutating func scriptClock() -> Presentation.Clock {
    guard subject.capabilities.contains(.setsSpeed), let before = presentation?.clock else {
      return .free
    }
    guard case .until(let limit) = before else { return before }
    if case .time? = presentation?.waiting?.wait { checkWait() }
    let isAtRest = presentation?.settlingLimit != nil && subject.isSettled
    if presentation?.clock != .held, isAtRest || subject.now >= limit {
      endCue()
      tellHeld()
    }
    return presentation?.clock ?? .free
  }

  /// The step that is on is over: what was waited for in vain is noted.
  private mutating func endCue() {
    if let waiting = presentation?.waiting {
      fail(waiting.wait.complaint(in: model.tree))
      presentation?.giveUp()
    } else if presentation?.settlingLimit != nil {
      presentation?.rest()
    }
  }

  // MARK: - Private

  /// Notes what went wrong, for whoever runs the script as a test; an audience does not see it.
  private mutating func fail(_ what: String) { presentation?.fail(what) }

  /// What is shown now, for the script to come back to; nil where the subject cannot be copied.
  private var shownToScript: Presentation.Earlier? {
    branch.map {
      Presentation.Earlier(branch: $0, view: model.view, selection: model.selection)
    }
  }

  /// Shows what the script showed, with the kill that its step only shows.
  private mutating func show(_ earlier: Presentation.Earlier) {
    enter(earlier.branch)
    send(.paused(false))
    send(.cue(view: earlier.view, selection: earlier.selection))
    if presentation?.isAsking == false, let path = presentation?.cue?.preview {
      _ = preview(path)
    }
    tellScript()
  }

  /// Takes back what was done beside the script.
  private mutating func comeBack() {
    guard let shown = presentation?.comeBack() else { return }
    show(shown)
    send(.notice("back at step \((presentation?.position ?? 0) + 1)"))
  }

  /// A script begins where the machine does, and time passes.
  private mutating func beginRun() {
    guard subject.capabilities.contains(.undoes), let beginning = travel.checkpoints.first else {
      return
    }
    let isThere =
      !playback.isPast && model.tree.lastEvent == beginning.shown
      && subject.hasReached(beginning.machine)
    if !isThere {
      startAgain()
      send(.notice("from the beginning"))
    }
    if model.pace.isPaused { send(.paused(false)) }
  }

  /// A kill that is shown goes from the screen, unless the step does it.
  private mutating func leavePreview(before cue: Script.Cue) {
    guard model.isPreviewing else { return }
    if case .kill(let path)? = cue.request, model.isPreviewing(path) { return }
    send(.previewLeft)
  }

  private mutating func perform(_ cue: Script.Cue) {
    let since = subject.now
    // Who only waits goes on from what was waited for last, since much happens at one instant.
    let last = model.tree.lastEvent + UInt64(playback.pending.count)
    if cue.isActive { presentation?.act(after: last) }
    // What a step shows before it does it is shown in one go, since the step goes on.
    let isSliced = worksInSlices
    worksInSlices = false
    if let path = cue.preview {
      // What is shown before it is done stops the clock.
      if cue.request == nil, cue.wait == nil { settle() }
      if !preview(path) { fail("\(model.tree.name(of: path)) does not run") }
    }
    if let request = cue.request { perform(request) }
    worksInSlices = isSliced
    if let wait = cue.wait {
      presentation?.wait(for: wait, since: since)
      checkWait()
    } else if cue.request != nil, !subject.isSettled {
      let limit = subject.now + Limit.lookAhead
      presentation?.settle(until: limit)
    }
  }

  /// Runs until no supervisor is in the middle of anything, at once.
  private mutating func settle() {
    let limit = subject.now + Limit.lookAhead
    var turns = 0
    while !subject.isSettled, turns < Limit.lookAheadTurns, run(to: limit) { turns += 1 }
    showPending()
  }

  private mutating func perform(_ scripted: ScriptedRequest) {
    if case .kill(let path) = scripted {
      if !model.isPreviewing(path), !preview(path) {
        fail("\(model.tree.name(of: path)) does not run")
      }
      if case .preview = model.mode { send(.doPreviewed) }
    } else if let request = model.tree.request(for: scripted) {
      self.request(request, by: .script)
    } else {
      fail("nobody is there")
    }
  }

  /// Shows what the kill of the process at `path` would do; false when there is none.
  private mutating func preview(_ path: ChildPath) -> Bool {
    guard let slot = model.tree.slot(at: path), model.tree[slot].pid != nil else { return false }
    send(.previewKill(slot))
    return true
  }

  /// Notes that what the step waits for has happened.
  mutating func checkWait() {
    guard var presentation, presentation.hasHappened(in: model.tree, at: subject.now) else {
      return
    }
    self.presentation = presentation
    tellHeld()
  }

  /// Tells the console that the machine stands now, and how.
  private mutating func tellHeld() {
    tellScript()
    sendClock()
    sample()
  }

  /// Tells the console where in the script it is.
  private mutating func tellScript() {
    if let presentation { send(.script(presentation.status)) }
  }
}

extension ConsoleModel {
  /// Whether a script shows the kill of the process at `path`.
  fileprivate func isPreviewing(_ path: ChildPath) -> Bool {
    guard let preview, preview.asker == .script, case .kill = preview.action else { return false }
    return tree.slot(at: path) == preview.target
  }
}

import BubbleCells
import BubbleConsole
import BubbleEvents
package import BubbleScripts
import BubbleSimulation
import BubbleTree

// A script is presented one step at a time: the step is said and done, and what it waits for
// happens at the pace of the session. The next step comes when it is asked for, and not before
// that.

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

  /// Goes on to the next step, if there is a script; what the present one waits for happens first,
  /// at once.
  package mutating func nextCue() {
    guard let presentation else { return }
    if presentation.isAsking { return reveal() }
    guard subject.capabilities.contains(.setsSpeed) || !isScriptWaiting else {
      return send(.notice(presentation.hope(in: model.tree)))
    }
    finishCue(goesOn: true)
  }

  /// Begins the next step, if there is one.
  mutating func beginCue() {
    let before = branch
    guard hasNextCue, let cue = presentation?.begin(from: before) else {
      return send(.notice("that was the last step; esc leaves the script"))
    }
    send(
      .cue(
        view: cue.view.map(ViewKind.init),
        selection: cue.selection.flatMap { model.tree.slot(at: $0) }))
    if cue.question == nil { perform(cue) }
    tellScript()
  }

  /// Goes back to before the step that is on, and shows the step before that.
  package mutating func previousCue() {
    guard let before = presentation?.goBack() else {
      let isOn = presentation?.position != nil
      return send(
        .notice(
          isOn ? "what was before this step is forgotten" : "this is before the first step"))
    }
    enter(before)
    tellScript()
  }

  /// Leaves the script; it can be begun again.
  package mutating func leaveScript() {
    guard let script = presentation?.script else { return }
    presentation = Presentation(of: script)
    tellScript()
  }

  /// Runs the machine until the step that is on is over, and looks whether all is as it should be.
  package mutating func finishCue() { finishCue(goesOn: false) }

  private mutating func finishCue(goesOn: Bool) {
    guard let presentation, !presentation.isAsking, let cue = presentation.cue else {
      if goesOn { beginCue() }
      return
    }
    let waiting = presentation.waiting
    let limit = waiting.map { $0.since + $0.wait.limit } ?? subject.now + Limit.lookAhead
    guard waiting != nil || cue.isActive && cue.wait == nil else {
      concludeCue()
      if goesOn { beginCue() }
      return
    }
    if waiting == nil { showPending() }
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
    if let waiting = presentation?.waiting {
      fail(waiting.wait.complaint(in: model.tree))
      presentation?.giveUp()
    }
    sendClock()
    for expectation in presentation?.cue?.expectations ?? [] {
      if let objection = model.tree.objection(to: expectation, at: subject.now) { fail(objection) }
    }
  }

  // MARK: - Private

  private mutating func fail(_ what: String) {
    presentation?.fail(what)
    send(.notice("step \((presentation?.position ?? 0) + 1): \(what)"))
  }

  /// The answer to the question, and what the step does.
  private mutating func reveal() {
    if let cue = presentation?.answer() { perform(cue) }
    tellScript()
  }

  private mutating func perform(_ cue: Script.Cue) {
    let since = subject.now
    // Who only waits goes on from what was waited for last, since much happens at one instant.
    let last = model.tree.lastEvent + UInt64(playback.pending.count)
    if cue.isActive { presentation?.act(after: last) }
    // What a step shows before it does it is shown in one go, since the step goes on.
    let isSliced = worksInSlices
    worksInSlices = false
    if let path = cue.preview { preview(path) }
    if let request = cue.request { perform(request) }
    worksInSlices = isSliced
    if let wait = cue.wait { presentation?.wait(for: wait, since: since) }
    checkWait()
  }

  private mutating func perform(_ scripted: ScriptedRequest) {
    if case .kill(let path) = scripted {
      if !model.isPreviewing(path) { preview(path) }
      if case .preview = model.mode { send(.doPreviewed) }
    } else if let request = model.tree.request(for: scripted) {
      self.request(request, by: .script)
    } else {
      fail("nobody is there")
    }
  }

  private mutating func preview(_ path: ChildPath) {
    guard let slot = model.tree.slot(at: path), model.tree[slot].pid != nil else {
      return fail("\(model.tree.name(of: path)) does not run")
    }
    send(.previewKill(slot))
  }

  /// Notes that what the step waits for has happened.
  mutating func checkWait() {
    guard var presentation, presentation.hasHappened(in: model.tree, at: subject.now) else {
      return
    }
    self.presentation = presentation
    tellScript()
  }

  /// Tells the console where in the script it is.
  private mutating func tellScript() {
    if let presentation { send(.script(presentation.status)) }
  }
}

extension Script.Wait {
  /// How long it may take.
  fileprivate var limit: Duration {
    switch self {
    case .time(let span): span
    case .happening(_, _, let within), .installed(_, let within), .state(_, _, let within): within
    }
  }

  /// That it did not happen.
  fileprivate func complaint(in tree: ProcessTree) -> String {
    switch self {
    case .time(let span): "\(span) did not pass"
    case .happening(let happening, let path, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms it did not come true that "
        + "\(tree.name(of: path)) \(happening.words)"
    case .installed(let version, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms release \(version) was not installed"
    case .state(let path, let state, let within):
      "within \(within.wholeNanoseconds / 1_000_000) ms it did not come true that "
        + "\(tree.name(of: path)) is \(state)"
    }
  }
}

extension ConsoleModel {
  /// Whether the kill of the process at `path` is shown.
  fileprivate func isPreviewing(_ path: ChildPath) -> Bool {
    guard let preview, case .kill = preview.action else { return false }
    return tree.slot(at: path) == preview.target
  }
}

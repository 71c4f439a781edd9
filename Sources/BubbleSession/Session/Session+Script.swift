import BubbleConsole
import BubbleCells
import BubbleEvents
package import BubbleScripts
import BubbleSimulation
import BubbleTree

// A script is presented one step at a time: the step is said and done, and what it waits for
// happens at the pace of the session. The next step comes when it is asked for, and not before
// that.

/// A script on its way.
struct Presentation: Sendable {
  var script: Script
  /// The step that is on; nil before the first.
  var position: Int?
  /// Whether its question is on, and its answer not yet.
  var isAsking = false
  /// What the step waits for, until it has happened.
  var waiting: (wait: Script.Wait, since: RuntimeInstant)?
  /// The last event that was waited for, or the last before a deed.
  var reached: Event.ID = 0
  /// What was before each step that was begun.
  var before: [Branch] = []
  /// What went wrong, in the words of the script.
  var failures: [String] = []

  var cue: Script.Cue? { position.map { script.cues[$0] } }
}

extension Session {
  /// Gives the session a script to present; nothing is shown of it until `nextCue`.
  package mutating func prepare(_ script: Script) {
    guard !script.isEmpty else { return }
    presentation = Presentation(script: script)
    tellScript()
  }

  /// Whether there is a step after the one that is on.
  package var hasNextCue: Bool {
    guard let presentation else { return false }
    return presentation.isAsking
      || (presentation.position ?? -1) + 1 < presentation.script.cues.count
  }

  /// Whether the step that is on waits for something that may still happen in its time.
  package var isScriptWaiting: Bool {
    guard let waiting = presentation?.waiting else { return false }
    return machine.now < waiting.since + waiting.wait.limit
  }

  /// What went wrong in the steps so far, each with the line of the file.
  package var scriptFailures: [String] { presentation?.failures ?? [] }

  /// Goes on to the next step; what the present one waits for happens first, at once.
  package mutating func nextCue() {
    guard presentation != nil else { return }
    if presentation?.isAsking == true { return reveal() }
    guard machine.capabilities.contains(.setsSpeed) || !isScriptWaiting else {
      return send(.notice(presentation?.hope(in: model.tree) ?? ""))
    }
    finishCue()
    guard let presentation, hasNextCue else {
      send(.notice("that was the last step; esc leaves the script"))
      return
    }
    let position = (presentation.position ?? -1) + 1
    let cue = presentation.script.cues[position]
    let before = line
    self.presentation?.before.append(before)
    self.presentation?.position = position
    let selection = cue.selection.flatMap { model.tree.slot(at: $0) }
    send(.cue(view: cue.view.map(ViewKind.init), selection: selection))
    if cue.question != nil {
      self.presentation?.isAsking = true
    } else {
      perform(cue)
    }
    tellScript()
  }

  /// Goes back to before the step that is on, and shows the step before that.
  package mutating func previousCue() {
    guard var presentation, let position = presentation.position,
      let before = presentation.before.popLast()
    else { return send(.notice("this is before the first step")) }
    presentation.position = position > 0 ? position - 1 : nil
    presentation.waiting = nil
    presentation.isAsking = false
    self.presentation = presentation
    enter(before)
    tellScript()
  }

  /// Leaves the script; it can be begun again.
  package mutating func leaveScript() {
    guard let script = presentation?.script else { return }
    presentation = Presentation(script: script)
    tellScript()
  }

  /// Runs the machine until the step that is on is over, and looks whether all is as it should be.
  package mutating func finishCue() {
    guard let cue = presentation?.cue, presentation?.isAsking == false else { return }
    if let waiting = presentation?.waiting {
      let limit = waiting.since + waiting.wait.limit
      while presentation?.waiting != nil, machine.now < limit || !pending.isEmpty {
        showPending()
        checkWait()
        guard presentation?.waiting != nil else { break }
        _ = runMachine(to: limit)
        collect()
      }
      showPending()
      checkWait()
      if presentation?.waiting != nil { fail(cue, waiting.wait.complaint(in: model.tree)) }
      presentation?.waiting = nil
    } else if cue.isActive, cue.wait == nil {
      settle()
    }
    send(.clock(machine.now))
    for expectation in cue.expectations {
      if let objection = model.tree.objection(to: expectation, at: machine.now) {
        fail(cue, objection)
      }
    }
  }

  /// Lets what the step did come to its end.
  private mutating func settle() {
    let limit = machine.now + Limit.lookAhead
    var turns = 0
    showPending()
    while !machine.simulation.isSettled, turns < Limit.lookAheadTurns {
      if case .idle = runMachine(to: limit) { break }
      collect()
      turns += 1
    }
    showPending()
  }

  // MARK: - Private

  private mutating func fail(_ cue: Script.Cue, _ what: String) {
    let number = (presentation?.position ?? 0) + 1
    presentation?.failures.append("line \(cue.line), step \(number): \(what)")
    send(.notice("step \(number): \(what)"))
  }

  /// The answer to the question, and what the step does.
  private mutating func reveal() {
    presentation?.isAsking = false
    if let cue = presentation?.cue { perform(cue) }
    tellScript()
  }

  private mutating func perform(_ cue: Script.Cue) {
    let since = machine.now
    // Who only waits goes on from what was waited for last, since much happens at one instant.
    if cue.isActive { presentation?.reached = model.tree.lastEvent + UInt64(pending.count) }
    if let path = cue.preview { preview(path, cue) }
    if let request = cue.request { perform(request, cue) }
    if let wait = cue.wait { presentation?.waiting = (wait, since) }
    checkWait()
  }

  private mutating func perform(_ scripted: ScriptedRequest, _ cue: Script.Cue) {
    if case .kill(let path) = scripted {
      if !model.isPreviewing(path) { preview(path, cue) }
      if case .preview = model.mode { send(.doPreviewed) }
    } else if let request = model.tree.request(for: scripted) {
      self.request(request)
    } else {
      fail(cue, "nobody is there")
    }
  }

  private mutating func preview(_ path: ChildPath, _ cue: Script.Cue) {
    guard let slot = model.tree.slot(at: path), model.tree[slot].pid != nil else {
      return fail(cue, "\(model.tree.name(of: path)) does not run")
    }
    send(.previewKill(slot))
  }

  /// Notes that what the step waits for has happened.
  mutating func checkWait() {
    guard let presentation, let waiting = presentation.waiting else { return }
    switch waiting.wait {
    case .time(let span):
      guard machine.now >= waiting.since + span else { return }
    case .happening(let happening, let path, _):
      guard let event = model.tree.event(of: happening, to: path, after: presentation.reached)
      else { return }
      self.presentation?.reached = event
    case .installed(let version, _):
      guard let event = model.tree.event(ofInstalling: version, after: presentation.reached)
      else { return }
      self.presentation?.reached = event
    }
    self.presentation?.waiting = nil
    tellScript()
  }

  /// Tells the console where in the script it is.
  private mutating func tellScript() {
    guard let presentation else { return }
    var status = ScriptStatus(count: presentation.script.cues.count)
    status.number = presentation.position.map { $0 + 1 }
    if let cue = presentation.cue {
      status.caption = cue.caption
      if presentation.isAsking {
        status.question = cue.question
        status.caption = nil
      } else if let question = cue.question, let right = question.right,
        question.answers.indices.contains(right - 1)
      {
        status.caption = [question.answers[right - 1] + ".", cue.caption ?? ""]
          .joined(separator: " ")
      }
    }
    status.isWaiting = presentation.waiting != nil
    send(.script(status))
  }
}

extension Presentation {
  /// What the step still waits for, where it cannot be hurried.
  fileprivate func hope(in tree: ProcessTree) -> String {
    switch waiting?.wait {
    case .time: "in real time this takes its time"
    case .happening(let happening, let path, _):
      "in real time this is waited for: that \(tree.name(of: path)) \(happening.words)"
    case .installed(let version, _): "in real time this is waited for: release \(version)"
    case nil: "the step goes on"
    }
  }
}

extension Script.Wait {
  /// How long it may take.
  fileprivate var limit: Duration {
    switch self {
    case .time(let span): span
    case .happening(_, _, let within), .installed(_, let within): within
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

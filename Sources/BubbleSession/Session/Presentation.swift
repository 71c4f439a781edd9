import BubbleConsole
import BubbleEvents
import BubbleScripts
import BubbleTree

/// A script that is presented, one step after the other: a state machine.
///
/// ```
///           begin                answer              wait
/// unbegun ───────▶ asking or on ───────▶ on ─────────────────▶ waiting
///                      ▲                 │  ▲  hasHappened, giveUp  │
///                      └───── begin ─────┘  └───────────────────────┘
///         goBack, from any step: to the step before, which is on
/// ```
struct Presentation: Sendable {
  private enum Phase: Sendable {
    /// Nothing of it is shown.
    case unbegun
    /// The question of a step is on, and its answer not yet.
    case asking(Int)
    /// A step is on, and waits for nothing.
    case on(Int)
    /// A step is on, and waits since that instant.
    case waiting(Int, Script.Wait, since: RuntimeInstant)
  }

  let script: Script
  private var phase = Phase.unbegun
  /// The last event that was waited for, or the last before a deed.
  private var reached: Event.ID = 0
  /// What was before the steps that were begun, the last one last; of long scripts before the last
  /// ones, as far as that does not weigh too much.
  private var before: [Branch] = []
  /// Steps that can be gone back.
  static let mostKept = 100
  /// What went wrong, in the words of the script.
  private(set) var failures: [String] = []

  /// Presents `script` from its first step on.
  init(of script: Script) { self.script = script }

  /// The number of the step that is on, from 0.
  var position: Int? {
    switch phase {
    case .unbegun: nil
    case .asking(let position), .on(let position), .waiting(let position, _, _): position
    }
  }

  /// The step that is on.
  var cue: Script.Cue? { position.map { script.cues[$0] } }

  var isAsking: Bool {
    switch phase {
    case .asking: true
    case .unbegun, .on, .waiting: false
    }
  }

  /// What is waited for, and since when.
  var waiting: (wait: Script.Wait, since: RuntimeInstant)? {
    switch phase {
    case .waiting(_, let wait, let since): (wait, since)
    case .unbegun, .asking, .on: nil
    }
  }

  /// Whether there is an answer or a step after what is shown.
  var hasNext: Bool { isAsking || (position ?? -1) + 1 < script.cues.count }
}

// MARK: - Inputs

extension Presentation {
  /// Begins the next step, of which only the question is shown if it has one.
  ///
  /// - Parameter branch: What is shown before it; nil where nobody can return to that.
  /// - Returns: The step.
  /// - Precondition: There is one, and the step that is on neither asks nor waits.
  mutating func begin(from branch: Branch?) -> Script.Cue {
    switch phase {
    case .asking, .waiting: preconditionFailure("a step begins when the one before is over")
    case .unbegun, .on: break
    }
    let next = (position ?? -1) + 1
    let cue = script.cues[next]
    if let branch {
      before.append(branch)
      before = before.suffix(bearable(before, atMost: Self.mostKept))
    }
    phase = cue.question == nil ? .on(next) : .asking(next)
    return cue
  }

  /// Gives the answer to the question that is on.
  mutating func answer() -> Script.Cue {
    guard case .asking(let position) = phase else {
      preconditionFailure("an answer follows a question")
    }
    phase = .on(position)
    return script.cues[position]
  }

  /// What is waited for is looked for behind `event`, since the step does something now.
  mutating func act(after event: Event.ID) { reached = event }

  /// Waits from `instant` on.
  mutating func wait(for wait: Script.Wait, since instant: RuntimeInstant) {
    guard case .on(let position) = phase else {
      preconditionFailure("one step waits for one thing")
    }
    phase = .waiting(position, wait, since: instant)
  }

  /// Takes notice of what is shown now; true when what is waited for has happened by that.
  mutating func hasHappened(in tree: ProcessTree, at now: RuntimeInstant) -> Bool {
    guard case .waiting(let position, let wait, let since) = phase else { return false }
    switch wait {
    case .time(let span):
      guard now >= since + span else { return false }
    case .happening(let happening, let path, _):
      guard let event = tree.event(of: happening, to: path, after: reached) else { return false }
      reached = event
    case .installed(let version, _):
      guard let event = tree.event(ofInstalling: version, after: reached) else { return false }
      reached = event
    case .state(let path, let state, _):
      guard let event = tree.event(ofState: state, of: path, after: reached) else { return false }
      reached = event
    }
    phase = .on(position)
    return true
  }

  /// Waits no longer, although it has not happened.
  mutating func giveUp() {
    guard case .waiting(let position, _, _) = phase else {
      preconditionFailure("only what waits gives up")
    }
    phase = .on(position)
  }

  /// Notes what went wrong in the step that is on.
  mutating func fail(_ what: String) {
    guard let position else { preconditionFailure("only a step that is on goes wrong") }
    failures.append("line \(script.cues[position].line), step \(position + 1): \(what)")
  }

  /// Takes back the step that is on; what was before it, or nil when none is on.
  mutating func goBack() -> Branch? {
    guard let position, let branch = before.popLast() else { return nil }
    phase = position > 0 ? .on(position - 1) : .unbegun
    return branch
  }
}

// MARK: - Words

extension Presentation {
  /// What the console is told.
  var status: ScriptStatus {
    var status = ScriptStatus(count: script.cues.count)
    status.number = position.map { $0 + 1 }
    status.isWaiting = waiting != nil
    guard let cue else { return status }
    guard !isAsking else {
      status.question = cue.question
      return status
    }
    status.caption = cue.caption
    if let question = cue.question, let right = question.right,
      question.answers.indices.contains(right - 1)
    {
      status.caption = [question.answers[right - 1] + ".", cue.caption ?? ""]
        .joined(separator: " ")
    }
    return status
  }

  /// What the step still waits for, where it cannot be hurried.
  func hope(in tree: ProcessTree) -> String {
    switch waiting?.wait {
    case .time: "in real time this takes its time"
    case .happening(let happening, let path, _):
      "in real time this is waited for: that \(tree.name(of: path)) \(happening.words)"
    case .installed(let version, _): "in real time this is waited for: release \(version)"
    case .state(let path, let state, _):
      "in real time this is waited for: that \(tree.name(of: path)) is \(state)"
    case nil: "the step goes on"
    }
  }
}

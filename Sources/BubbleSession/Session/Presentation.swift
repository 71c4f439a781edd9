import BubbleConsole
import BubbleEvents
import BubbleScripts
import BubbleTree

/// A script that is presented, one step after the other: a state machine.
///
/// ```
///           begin                answer           wait, settle
/// unbegun ───────▶ asking or on ───────▶ on ─────────────────▶ waiting or settling
///                      ▲                 │  ▲  hasHappened, giveUp,    │
///                      │                 │  │  rest                    │
///                      └───── begin ─────┘  └──────────────────────────┘
///         goBack, from any step: to the step before, which is on
/// ```
///
/// It holds the machine's clock: time passes while a step waits or what it did comes to its end,
/// and stands while a question or a caption does. Whoever does something else meanwhile leaves all
/// that aside, and comes back to it.
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
    /// A step is on, and what it did comes to its end, up to that instant at most.
    case settling(Int, until: RuntimeInstant)
  }

  /// What is shown before a step begins, to come back to.
  struct Earlier: Sendable {
    var branch: Branch
    var view: ViewKind
    var selection: SlotID?
    /// The last event that was waited for by then.
    fileprivate var reached: Event.ID = 0

    init(branch: Branch, view: ViewKind, selection: SlotID?) {
      self.branch = branch
      self.view = view
      self.selection = selection
    }
  }

  /// How far the machine's clock may go.
  enum Clock: Hashable, Sendable {
    case free
    case until(RuntimeInstant)
    case held
  }

  let script: Script
  private let asks: Bool
  private var phase = Phase.unbegun
  /// The number of the answer that somebody chose in the step that is on, from 0.
  private var chosen: Int?
  /// The last event that was waited for, or the last before a deed.
  private var reached: Event.ID = 0
  /// What was before the steps that were begun, the last one last; of long scripts before the last
  /// ones, as far as that does not weigh too much.
  private var before: [Earlier] = []
  /// What the script shows while something else is done; nil while it is on the screen.
  private var aside: Earlier?
  /// Steps that can be gone back.
  static let mostKept = 100
  /// What went wrong, in the words of the script.
  private(set) var failures: [String] = []

  /// Presents `script` from its first step on.
  init(of script: Script) {
    self.script = script
    asks = script.cues.contains { $0.question != nil }
  }

  /// The number of the step that is on, from 0.
  var position: Int? {
    switch phase {
    case .unbegun: nil
    case .asking(let position), .on(let position), .waiting(let position, _, _),
      .settling(let position, _):
      position
    }
  }

  /// The step that is on.
  var cue: Script.Cue? { position.map { script.cues[$0] } }

  var isAsking: Bool {
    switch phase {
    case .asking: true
    case .unbegun, .on, .waiting, .settling: false
    }
  }

  /// What is waited for, and since when.
  var waiting: (wait: Script.Wait, since: RuntimeInstant)? {
    switch phase {
    case .waiting(_, let wait, let since): (wait, since)
    case .unbegun, .asking, .on, .settling: nil
    }
  }

  /// Up to when what the step did may take to come to its end, while it does.
  var settlingLimit: RuntimeInstant? {
    switch phase {
    case .settling(_, let limit): limit
    case .unbegun, .asking, .on, .waiting: nil
    }
  }

  /// Whether something else is done while the script waits.
  var isAside: Bool { aside != nil }

  /// How far the machine's clock may go.
  var clock: Clock {
    guard !isAside else { return .free }
    return switch phase {
    case .unbegun: .free
    case .asking, .on: .held
    case .waiting(_, let wait, let since): .until(since + wait.limit)
    case .settling(_, let limit): .until(limit)
    }
  }

  /// Whether there is an answer or a step after what is shown.
  var hasNext: Bool { isAsking || (position ?? -1) + 1 < script.cues.count }
}

// MARK: - Inputs

extension Presentation {
  /// Begins the next step, of which only the question is shown if it has one.
  ///
  /// - Parameter earlier: What is shown before it; nil where nobody can return to that.
  /// - Returns: The step.
  /// - Precondition: There is one, and the step that is on neither asks nor waits.
  mutating func begin(from earlier: Earlier?) -> Script.Cue {
    switch phase {
    case .asking, .waiting, .settling:
      preconditionFailure("a step begins when the one before is over")
    case .unbegun, .on: break
    }
    let next = (position ?? -1) + 1
    let cue = script.cues[next]
    if var earlier {
      earlier.reached = reached
      before.append(earlier)
      before = before.suffix(bearable(before.map(\.branch), atMost: Self.mostKept))
    }
    chosen = nil
    phase = cue.question == nil ? .on(next) : .asking(next)
    return cue
  }

  /// Gives the answer to the question that is on.
  ///
  /// - Parameter choice: The number of the answer that somebody chose, from 0; nil when nobody did.
  /// - Returns: The step.
  mutating func answer(choosing choice: Int?) -> Script.Cue {
    guard case .asking(let position) = phase else {
      preconditionFailure("an answer follows a question")
    }
    chosen = choice
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

  /// Lets what the step did come to its end, up to `limit` at most.
  mutating func settle(until limit: RuntimeInstant) {
    guard case .on(let position) = phase else {
      preconditionFailure("what waits for something settles with that")
    }
    phase = .settling(position, until: limit)
  }

  /// What the step did has come to its end, or takes too long.
  mutating func rest() {
    guard case .settling(let position, _) = phase else {
      preconditionFailure("only what settles comes to rest")
    }
    phase = .on(position)
  }

  /// Takes notice of what is shown now; true when what is waited for has happened by that.
  mutating func hasHappened(in tree: ProcessTree, at now: RuntimeInstant) -> Bool {
    guard !isAside, case .waiting(let position, let wait, let since) = phase else { return false }
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
    case .cluster(let condition, _):
      guard let event = tree.event(of: condition, after: reached) else { return false }
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
  mutating func goBack() -> Earlier? {
    guard let position, let earlier = before.popLast() else { return nil }
    aside = nil
    chosen = nil
    reached = earlier.reached
    phase = position > 0 ? .on(position - 1) : .unbegun
    return earlier
  }

  /// Leaves what is shown aside, since something else is done now.
  mutating func stepAside(from shown: Earlier?) {
    guard position != nil, !isAside else { return }
    aside = shown
  }

  /// What the script showed before something else was done; nil when nothing else was.
  mutating func comeBack() -> Earlier? {
    defer { aside = nil }
    return aside
  }
}

// MARK: - Words

extension Presentation {
  /// What the console is told.
  var status: ScriptStatus {
    var status = ScriptStatus(count: script.cues.count)
    status.number = position.map { $0 + 1 }
    status.asks = asks
    status.isWaiting = waiting != nil || settlingLimit != nil
    status.question = cue?.question
    status.isAsking = isAsking
    status.isAside = isAside
    status.chosen = chosen
    status.caption = cue?.caption
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
    case .cluster(let condition, _):
      "in real time this is waited for; now " + (tree.objection(to: condition) ?? "it is true")
    case nil: "the step goes on"
    }
  }
}

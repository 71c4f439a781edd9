import BubbleEvents

/// What is shown of a subject's run: a state machine that knows neither screen nor keys.
///
/// Its inputs are wall time, what the subject has told, and going elsewhere in the run; each says
/// what there is to do now.
///
/// ```
///          collect             takeNext, hold          pass
/// level ────────────▶ behind ────────────────▶ held ──────▶ behind or level
///
///          enter               run (up to the end), beginFuture, show
/// live  ────────────▶ past   ───────────────────────────────────────▶ live
/// ```
///
/// The subject never runs on before its events are on the screen, so a pause, a request or a
/// preview always meets it as it is shown.
struct Playback: Sendable {
  /// Where in the run the shown moment is.
  enum Phase: Sendable {
    /// At the end of what has happened.
    case live
    /// Before that end: a copy of the subject does again what the subject did.
    case past(Past)
  }

  /// What is shown: the subject, or in the past a copy of it.
  private(set) var subject: any Subject
  private(set) var phase = Phase.live
  /// Events that have happened and are not shown yet, the next one last.
  private(set) var pending: [Event] = []
  /// How many of them hold the screen, as far as an event says so itself.
  private(set) var pendingBeats = 0
  /// How long the screen still holds.
  private(set) var holdLeft: Duration = .zero
  /// Whether nothing more happens before the end of the past.
  private var isSpent = false

  /// Shows `subject`, of which nothing is pending.
  init(of subject: any Subject) { self.subject = subject }

  /// The past that is shown; nil while it is what happens now.
  var past: Past? {
    switch phase {
    case .live: nil
    case .past(let past): past
    }
  }

  var isPast: Bool { past != nil }
}

// MARK: - Time

extension Playback {
  /// What the next stretch of wall time is for.
  enum TimeAction: Hashable, Sendable {
    /// The screen holds still for all of it.
    case hold
    /// The next event is shown.
    case show
    /// The subject runs.
    case run
  }

  /// Lets time pass for the screen; takes from `left` what it holds still for.
  mutating func pass(_ left: inout Duration) -> TimeAction {
    if holdLeft > .zero {
      let spent = min(holdLeft, left)
      holdLeft -= spent
      left -= spent
      if holdLeft > .zero { return .hold }
    }
    return pending.isEmpty ? .run : .show
  }

  /// What came of letting the subject run.
  enum RunAction: Hashable, Sendable {
    /// It went on; what it told is to be collected.
    case collect
    /// It did nothing more, and stands at the limit.
    case wait
    /// The end of the past was reached: what is shown is what happens now.
    case arrive
  }

  /// Lets the subject run; in the past, only up to the end of what has happened.
  ///
  /// - Precondition: In the past, all that the copy told is shown.
  mutating func run(to limit: RuntimeInstant) -> RunAction {
    guard let end = past?.end else { return subject.advance(to: limit) == .idle ? .wait : .collect }
    precondition(pending.isEmpty, "a copy does not run ahead of its picture")
    if isSpent || subject.hasReached(end.machine) {
      show(end.machine, pending: [], in: .live)
      return .arrive
    }
    guard subject.advance(to: min(limit, end.machine.now)) == .idle else { return .collect }
    isSpent = limit >= end.machine.now
    return .wait
  }

  /// Lets the subject do again what it did, until it has told of `event` or of as much as is shown
  /// in one go.
  ///
  /// - Returns: Whether it goes on from here.
  mutating func rerun(showing event: Event.ID, atMost limit: Int) -> Bool {
    guard let end = past?.end else { preconditionFailure("only what has happened happens again") }
    precondition(pending.isEmpty, "a subject does not run ahead of its picture")
    var fresh: [Event] = []
    var hasEnded = subject.hasReached(end.machine)
    while !hasEnded, fresh.count < limit, (fresh.last?.id ?? 0) < event {
      hasEnded = subject.advance(to: end.machine.now) == .idle
      _ = subject.takeCaptions()
      fresh += subject.takeEvents()
      hasEnded = hasEnded || subject.hasReached(end.machine)
    }
    pending = fresh.reversed()
    pendingBeats = pending.count(where: \.kind.holdsBeat)
    return !fresh.isEmpty
  }

  /// Whether a subject that does not wait has run so far ahead that everything is shown at once.
  func isBehind(by lag: Duration) -> Bool {
    pending.last.map { subject.lead(over: $0.instant) > lag } ?? false
  }

  /// How long the screen stays as it is, when a second of the subject's takes `1 / speed` seconds;
  /// nil when nothing is known to come.
  func wakeAfter(speed: Double) -> Duration? {
    if holdLeft > .zero { return holdLeft }
    if !pending.isEmpty { return .zero }
    return subject.nextInstant.map { max(($0 - subject.now) / speed, .zero) }
  }
}

// MARK: - Events

extension Playback {
  /// Takes over what the subject has told.
  mutating func collect() {
    let events = subject.takeEvents()
    guard !events.isEmpty else { return }
    pending.insert(contentsOf: events.reversed(), at: 0)
    pendingBeats += events.count(where: \.kind.holdsBeat)
  }

  /// Takes out the next event, to be shown; nil when all is shown.
  mutating func takeNext() -> Event? {
    guard let event = pending.popLast() else { return nil }
    if event.kind.holdsBeat { pendingBeats -= 1 }
    return event
  }

  /// Takes out everything that is pending; the screen holds no longer.
  mutating func takeAll() -> [Event] {
    holdLeft = .zero
    pendingBeats = 0
    defer { pending.removeAll() }
    return pending.reversed()
  }

  /// Lets the screen hold still.
  mutating func hold(for beat: Duration) { holdLeft = beat }
}

// MARK: - Going elsewhere

extension Playback {
  /// Does something to the subject.
  ///
  /// - Precondition: What is shown is what happens now.
  mutating func change<Result>(_ body: (inout any Subject) -> Result) -> Result {
    precondition(!isPast, "what is done in the past begins another future first")
    return body(&subject)
  }

  /// Asks the subject, as it is shown, about itself.
  mutating func ask(_ question: SubjectQuestion) { subject.ask(question) }

  /// Takes out the answers that have come.
  mutating func takeAnswers() -> [SubjectAnswer] { subject.takeAnswers() }

  /// Takes out what the subject has said to whoever watches.
  mutating func takeCaptions() -> [String] { subject.takeCaptions() }

  /// Goes on in the past from the moment that is shown, which is the end so far.
  mutating func enter(_ past: Past) {
    precondition(!isPast, "the past is entered from what happens now")
    phase = .past(past)
    isSpent = false
  }

  /// Makes the moment that is shown the end of what has happened.
  mutating func beginFuture() {
    precondition(isPast, "another future begins in the past")
    phase = .live
  }

  /// Shows another moment; the screen holds no longer.
  mutating func show(_ machine: SimulatedSubject, pending: [Event], in phase: Phase) {
    subject = machine
    self.pending = pending
    pendingBeats = pending.count(where: \.kind.holdsBeat)
    self.phase = phase
    holdLeft = .zero
    isSpent = false
  }
}

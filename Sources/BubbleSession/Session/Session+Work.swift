import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleSimulation
import BubbleTree

// A key may begin something whose length a scenario, a recording or a number decides. That is done
// in slices, between which the console draws and listens: the header says what is being done, `esc`
// leaves it, and other keys wait until it is done.

/// Something that is being done, up to the end of its last slice.
enum Work: Sendable {
  /// A twin runs ahead of a request.
  case foresight(Foresight)
  /// The subject runs to the next event that holds the screen.
  case step(Stepping)
  /// What a step of a script waits for happens at once; then the next step may come.
  case cue(CueFinish)
  /// Copies of the lab's copies run ahead of requests.
  case labForesight(LabForesight)
  /// The lab's copies run to the next event that holds the screen.
  case labStep(LabStepping)

  /// What is being done, in a few words.
  var words: String {
    switch self {
    case .foresight(let foresight): "looking ahead, \(messages(foresight.turns))"
    case .step(let stepping): "looking for an event, \(messages(stepping.turns))"
    case .cue(let finish): "running to what the step waits for, \(messages(finish.turns))"
    case .labForesight(let foresight): "looking ahead, \(messages(foresight.turns))"
    case .labStep(let stepping): "looking for an event, \(messages(stepping.turns))"
    }
  }

  private func messages(_ count: Int) -> String {
    "\(count) \(noun(for: count, "message"))"
  }
}

/// A twin that runs ahead until no supervisor is in the middle of anything, or a limit is met; one
/// of several nodes goes on until they have had the time to agree.
struct Foresight: Sendable {
  let request: ControlRequest
  private var limit: RuntimeInstant
  var twin: SimulatedSubject
  private(set) var turns = 0
  /// Whether it has come to rest, and only waits for what nodes agree on.
  private var isAtRest = false
  /// What the twin has told.
  private(set) var events: [Event] = []

  /// Before the first turn; the twin is asked now.
  init(of request: ControlRequest, by twin: SimulatedSubject) {
    self.request = request
    self.twin = twin
    limit = twin.now + Session.Limit.lookAhead
    self.twin.apply(request, by: .someone)
  }

  /// Runs on; whether it came to rest, or nil when there is more to do.
  mutating func advance(atMost steps: Int) -> Bool? {
    defer { events += twin.takeEvents() }
    for _ in 0..<steps {
      if !isAtRest, twin.isSettled {
        guard twin.machine.isCluster else { return true }
        isAtRest = true
        limit = min(limit, twin.now + Session.Limit.agreement)
      }
      switch twin.advance(to: limit) {
      case .turns(let taken): turns += taken
      case .moved: break
      case .idle: return isAtRest || twin.isSettled
      }
      if turns >= Session.Limit.lookAheadTurns { return isAtRest }
    }
    return events.count < Session.Limit.lookAheadEvents ? nil : false
  }
}

/// Copies of the lab's copies, which run ahead one after the other.
struct LabForesight: Sendable {
  /// What each of the lab's copies will be asked for.
  let requests: [ControlRequest?]
  let asker: Asker
  private var ahead: [Foresight?]
  /// Which of them runs.
  private var current = 0

  init(_ requests: [ControlRequest?], _ ahead: [Foresight?], by asker: Asker) {
    self.requests = requests
    self.ahead = ahead
    self.asker = asker
  }

  var turns: Int { ahead.reduce(0) { $0 + ($1?.turns ?? 0) } }
  /// What each has told.
  var events: [[Event]] { ahead.map { $0?.events ?? [] } }

  /// Runs on with one of them; whether all have come to rest or to a limit.
  mutating func advance(atMost steps: Int) -> Bool {
    while current < ahead.count {
      if ahead[current] != nil, ahead[current]?.advance(atMost: steps) == nil { return false }
      current += 1
    }
    return true
  }
}

/// A way of the lab's copies to the next event that holds the screen.
struct LabStepping: Sendable {
  let limit: RuntimeInstant
  /// Where they stay when nothing comes; nil once something of the way has been shown.
  var untouched: Lab?
  var turns = 0

  init(from lab: Lab) {
    limit = lab.now + Session.Limit.lookAhead
    untouched = lab
  }
}

/// A way to the next event that holds the screen.
///
/// A copy goes first, where there can be one: when nothing comes within the limit, the subject
/// stays where it is.
struct Stepping: Sendable {
  let limit: RuntimeInstant
  let wasPast: Bool
  /// The copy, until it has seen such an event.
  var scout: SimulatedSubject?
  var turns = 0
}

/// A way to the end of the step that is on.
struct CueFinish: Sendable {
  /// Up to which instant.
  let limit: RuntimeInstant
  /// Whether something is waited for, or what the step did comes to its end.
  let waits: Bool
  /// Whether the next step begins then.
  let goesOn: Bool
  var turns = 0
}

extension Session {
  /// Begins something, of which the first slice is done at once; where nobody draws in between, all
  /// of it.
  mutating func begin(_ work: Work) {
    self.work = work
    repeat { workOn() } while self.work != nil && !worksInSlices
  }

  /// Does the next slice of what was begun.
  mutating func workOn() {
    guard let begun = work else { return }
    work = nil
    work =
      switch begun {
      case .foresight(let foresight): goOn(foresight)
      case .step(let stepping): goOn(stepping)
      case .cue(let finish): goOn(finish)
      case .labForesight(let foresight): goOn(foresight)
      case .labStep(let stepping): goOn(stepping)
      }
    tellWork()
    if work == nil { handleWaiting() }
  }

  /// Leaves what was begun where it is.
  private mutating func leaveWork() {
    guard let left = work else { return }
    work = nil
    waitingInputs = []
    tellWork()
    switch left {
    case .foresight: send(.key(.escape))
    case .step:
      sendClock()
      sample()
      send(.notice("nothing that holds the screen has happened so far"))
    case .cue: send(.notice("the step goes on at its pace; n runs to its end"))
    case .labForesight: send(.notice("no copy was asked for anything"))
    case .labStep(let stepping):
      lab = stepping.untouched ?? lab
      send(.notice("nothing that holds the screen has happened so far"))
    }
  }

  /// Whether the input was taken because something is being done: `esc` leaves it, and what cannot
  /// be answered now waits.
  mutating func takesMeanwhile(_ input: TerminalInput) -> Bool {
    guard work != nil else { return false }
    switch input {
    case .resize: return false
    case .key(.escape):
      leaveWork()
      return true
    case .key(.control("c")): return false
    case .key(.character("q")) where waitingInputs.isEmpty: return false
    case .key, .mouse, .paste:
      if waitingInputs.count < Limit.inputsPerPicture { waitingInputs.append(input) }
      return true
    }
  }

  private mutating func handleWaiting() {
    let inputs = waitingInputs
    waitingInputs = []
    for input in inputs { handle(input) }
  }

  private mutating func tellWork() {
    let words = work?.words
    if words != model.working { send(.working(words)) }
  }
}

// MARK: - Slices

extension Session {
  private mutating func goOn(_ foresight: Foresight) -> Work? {
    var foresight = foresight
    guard let isSettled = foresight.advance(atMost: Limit.turnsPerAdvance) else {
      return .foresight(foresight)
    }
    send(.previewed(foresight.request, foresight.events, settled: isSettled))
    return nil
  }

  private mutating func goOn(_ stepping: Stepping) -> Work? {
    var stepping = stepping
    for _ in 0..<Limit.turnsPerAdvance {
      if step(&stepping) {
        sendClock()
        sample()
        return nil
      }
    }
    return .step(stepping)
  }

  private mutating func goOn(_ finish: CueFinish) -> Work? {
    var finish = finish
    for _ in 0..<Limit.turnsPerAdvance {
      guard goesOn(finish) else {
        showPending()
        checkWait()
        concludeCue()
        if finish.goesOn { beginCue() }
        return nil
      }
      finish.turns += 1
    }
    return .cue(finish)
  }
}

package import BubbleCells
package import BubbleConsole
package import BubbleEvents
import BubbleSimulation
import BubbleTree

/// One machine and its console, joined: the pace at which events are shown, beats, previews.
///
/// A value without a clock or a terminal: wall time comes in as durations, keys as input. The same
/// inputs give the same frames. The machine never runs on before its events are on the screen, so
/// a pause, a kill or a preview always meets the machine as it is shown.
package struct Session: Sendable {
  /// Limits of one session.
  package enum Limit {
    /// Turns taken in one call of `advance`, so that a busy machine does not freeze the console.
    static let turnsPerAdvance = 20_000
    /// How far a preview or a step looks ahead.
    static let lookAhead = Duration.seconds(60)
    /// Turns a preview or a step may take.
    static let lookAheadTurns = 500_000
    /// How often numbers that change all the time are read.
    static let sampleInterval = Duration.milliseconds(250)
    /// How often the running clock is drawn.
    static let clockInterval = Duration.milliseconds(100)
    /// One frame of motion.
    static let frameInterval = Duration.nanoseconds(1_000_000_000 / 24)
    /// Frames after which motion is cut off when a picture is asked for.
    static let framesAtMost = 240
    /// How far the picture may be behind a machine in real time for the sake of beats.
    static let lag = Duration.seconds(1)
    /// Keys that have come meanwhile and are handled before the next picture.
    static let inputsPerPicture = 200
    /// Waiting messages read for the inspector.
    static let mailboxShown = 8
  }

  /// The machine.
  package internal(set) var machine: LiveMachine
  /// What the console shows.
  package internal(set) var model: ConsoleModel
  /// Whether the user has asked to leave.
  package private(set) var isOver = false
  /// What the outside has not taken yet.
  var outgoing = Outgoing()

  /// Events that have happened and are not shown yet, the next one last.
  var pending: [Event] = []
  /// How long the screen still holds.
  var holdLeft: Duration = .zero
  /// The script that is presented, if it has one.
  var presentation: Presentation?
  /// Where it can go in time.
  var travel = TimeTravel()
  /// Copies that are compared.
  var lab: Lab?
  private var frameLeft: Duration = .zero
  private var sampleLeft: Duration = .zero
  private var clockLeft: Duration = .zero
  private var observed: [PID] = []
  private var inspected: PID?

  /// Opens a console on `machine`; what has happened in it already is shown as the first picture.
  ///
  /// - Parameters:
  ///   - machine: The machine.
  ///   - model: The console.
  ///   - keepsEvents: Whether `takeOutgoing` gives what has happened, too.
  ///   - showsStart: Whether the machine comes up before the eyes of whoever watches, or has done
  ///     so.
  package init(
    machine: LiveMachine, model: ConsoleModel, keepsEvents: Bool = false, showsStart: Bool = false
  ) {
    self.model = model
    self.machine = machine
    outgoing.keepsEvents = keepsEvents
    begin(showsStart: showsStart)
  }

  /// Shows the machine as it begins, or else as it is when it has come up.
  private mutating func begin(showsStart: Bool) {
    send(.opened(machine.capabilities))
    if !showsStart { _ = machine.settle(within: Limit.lookAhead, turnLimit: .max) }
    let events = machine.takeEvents()
    send(.events(events))
    outgoing.happened(events)
    send(.clock(machine.now))
    sample()
    travel.checkpoints = [present]
    tellTravel()
    if model.view == .lab { handle(.key(ViewKind.lab.key)) }
  }
}

// MARK: - Input

extension Session {
  /// Hands on what the terminal reported.
  package mutating func handle(_ input: TerminalInput) {
    send(ConsoleMessage(input))
  }

  /// Hands a message to the console, and does what it answers.
  package mutating func send(_ message: ConsoleMessage) {
    for command in update(&model, message) { perform(command) }
  }

  private mutating func perform(_ command: ConsoleCommand) {
    if let objection = machine.capabilities.objection(to: command.needs) {
      return send(.notice(objection))
    }
    switch command {
    case .request(let request): self.request(request)
    case .requests(let requests): self.request(all: requests)
    case .preview(let request): preview(request)
    case .inspect(let pid):
      inspected = pid
      inspect()
    case .observe(let pids): observed = pids
    case .step: step()
    case .tellMessages(let isTold):
      if machine.tellsMessages != isTold { machine.tellMessages(isTold) }
    case .startAgain: startAgain()
    case .save(let name, let format):
      outgoing.add(.save(name: name, text: export(model, as: format)))
    case .file(let wish): outgoing.add(wish)
    case .undo: undo()
    case .redo: redo()
    case .stepBack: stepBack()
    case .seek(let event): seek(to: event)
    case .seekEnd: returnToEnd()
    case .enterFuture(let number): enterFuture(number)
    case .saveScript(let name): saveScript(name)
    case .nextCue: nextCue()
    case .previousCue: previousCue()
    case .leaveScript: leaveScript()
    case .lab(let command): perform(command)
    case .chaos(let status): setChaos(status)
    case .quit: isOver = true
    }
  }

  /// Asks the machine for something; it can be undone.
  package mutating func request(_ request: ControlRequest) {
    self.request(all: [request])
  }

  /// Asks the machine for several things at once; they are undone together.
  private mutating func request(all requests: [ControlRequest]) {
    showPending()
    act(named: requests.map { model.tree.title(of: $0) }.joined(separator: ", ")) { session in
      for request in requests { session.machine.apply(request) }
    }
  }

  /// Runs a copy ahead and shows what the request would do.
  private mutating func preview(_ request: ControlRequest) {
    showPending()
    var copy = machine.ahead
    copy.apply(request)
    let isSettled = copy.settle(within: Limit.lookAhead, turnLimit: Limit.lookAheadTurns)
    send(.previewed(request, copy.takeEvents(), settled: isSettled))
  }

  /// Shows the next lifecycle event, letting the machine run up to it if it has to.
  private mutating func step() {
    let wasPast = travel.isPast
    let limit = max(machine.now + Limit.lookAhead, travel.end?.machine.now ?? .zero)
    var turns = 0
    while true {
      if showNext() { break }
      if !pending.isEmpty { continue }
      turns += 1
      if case .idle = runMachine(to: limit) {
        if travel.isPast { continue }
        send(
          .notice(wasPast ? "this is now again" : "nothing happens by itself within the next 60 s"))
        break
      }
      guard turns < Limit.lookAheadTurns else {
        send(.notice("many messages, but no process changed; step again"))
        break
      }
      collect()
    }
    send(.clock(machine.now))
    sample()
  }

}

// MARK: - Time

extension Session {
  /// What the outside has to do, and should know, since the last call.
  package mutating func takeOutgoing() -> Outgoing {
    outgoing.take()
  }

  /// Lets the machine run to `instant` and shows everything that happened, without beats.
  package mutating func runToInstant(_ instant: RuntimeInstant) {
    showPending()
    while true {
      let progress = runMachine(to: instant)
      collect()
      showPending()
      if case .idle = progress { break }
    }
    send(.clock(machine.now))
    sample()
    finishMotion()
  }

  /// Lets everything that moves come to rest.
  private mutating func finishMotion() {
    var frames = 0
    while model.isMoving, frames < Limit.framesAtMost {
      send(.frame)
      frames += 1
    }
  }

  /// Lets `wall` time pass in frames, as a terminal would.
  package mutating func play(for wall: Duration) {
    var left = wall
    while left > .zero {
      let slice = min(left, Limit.frameInterval)
      advance(by: slice)
      left -= slice
    }
  }
}

extension Session {
  /// Lets `wall` time pass: shows what has happened, moves what moves, runs the machine.
  package mutating func advance(by wall: Duration) {
    moveFrames(by: wall)
    guard !model.pace.isPaused else { return }
    guard !model.isLabShown else { return advanceLab(by: wall) }
    var left = wall
    var turns = 0
    while true {
      if isBehind { showPending() }
      if holdLeft > .zero {
        let spent = min(holdLeft, left)
        holdLeft -= spent
        left -= spent
        if holdLeft > .zero { break }
      }
      if !pending.isEmpty {
        if showNext() { holdLeft = model.pace.beat }
        continue
      }
      guard turns < Limit.turnsPerAdvance else { break }
      let before = machine.now
      let limit = before + left * model.pace.speed
      let progress = runMachine(to: limit)
      left -= (machine.now - before) / model.pace.speed
      turns += 1
      collect()
      if case .idle = progress { break }
    }
    tick(wall)
  }

  /// Whether a machine that does not wait has run so far ahead that everything is shown at once.
  private var isBehind: Bool {
    pending.last.map { machine.lead(over: $0.instant) > Limit.lag } ?? false
  }

  /// How long nothing will change without input; nil when nothing will at all.
  package var wakeAfter: Duration? {
    let frame: Duration? = model.isMoving ? max(frameLeft, .zero) : nil
    guard !model.pace.isPaused else { return frame }
    guard !model.isLabShown else { return labWakeAfter(frame: frame) }
    var next = max(clockLeft, .zero)
    if let frame { next = min(next, frame) }
    if holdLeft > .zero { next = min(next, holdLeft) } else if !pending.isEmpty { return .zero }
    if holdLeft <= .zero, let due = machine.nextInstant {
      next = min(next, max((due - machine.now) / model.pace.speed, .zero))
    }
    return next
  }

  private mutating func moveFrames(by wall: Duration) {
    guard model.isMoving else {
      frameLeft = .zero
      return
    }
    frameLeft -= wall
    while frameLeft <= .zero, model.isMoving {
      frameLeft += Limit.frameInterval
      send(.frame)
    }
  }

  private mutating func tick(_ wall: Duration) {
    clockLeft -= wall
    if clockLeft <= .zero {
      clockLeft = Limit.clockInterval
      send(.clock(machine.now))
    }
    sampleLeft -= wall
    if sampleLeft <= .zero {
      sampleLeft = Limit.sampleInterval
      sample()
    }
  }
}

// MARK: - Showing

extension Session {
  mutating func collect() {
    for caption in machine.takeCaptions() { send(.notice(caption)) }
    let events = machine.takeEvents()
    guard !events.isEmpty else { return }
    pending.insert(contentsOf: events.reversed(), at: 0)
  }

  /// Shows events up to and including the next one that holds the screen.
  ///
  /// - Returns: True when there was one.
  private mutating func showNext() -> Bool {
    var batch: [Event] = []
    while let event = pending.popLast() {
      batch.append(event)
      if holdsBeat(event) { break }
    }
    guard let last = batch.last else { return false }
    let isHeld = holdsBeat(last)
    show(batch)
    keepCheckpoint()
    return isHeld
  }

  /// Whether the screen holds still after `event`.
  func holdsBeat(_ event: Event) -> Bool {
    event.holdsBeat(in: model.tree)
  }

  mutating func showPending() {
    holdLeft = .zero
    guard !pending.isEmpty else { return }
    show(pending.reversed())
    pending.removeAll()
    keepCheckpoint()
  }

  private mutating func show(_ events: [Event]) {
    send(.events(events))
    checkWait()
    if !travel.isPast { outgoing.happened(events) }
    outgoing.note(events, in: model.tree)
  }

  mutating func sample() {
    tellChaos()
    if !observed.isEmpty { send(.metrics(machine.simulation.metrics(of: observed))) }
    inspect()
  }

  private mutating func inspect() {
    guard let inspected else { return }
    send(
      .inspected(machine.simulation.inspect(inspected, mailboxLimit: Limit.mailboxShown)))
  }
}

package import BubbleCells
package import BubbleConsole
package import BubbleCopyOnWrite
package import BubbleEvents
import BubbleTree

/// A subject and its console, joined: the pace at which events are shown, beats, previews.
///
/// A value without a clock or a terminal: wall time comes in as durations, keys as input. The same
/// inputs give the same frames. What is shown and what happens next is decided by state machines,
/// `Playback` first of all; the session does what they say, and carries what the console wants to
/// the subject and back.
package struct Session: Sendable {
  /// Limits of one session.
  package enum Limit {
    /// Turns taken in one call of `advance`, so that a busy machine does not freeze the console.
    static let turnsPerAdvance = 20_000
    /// Turns of each copy of the lab before they are first shown, and before a step looks again.
    static let labOpening = 1_000
    /// How far a preview or a step looks ahead.
    static let lookAhead = Duration.seconds(60)
    /// How long a preview looks at several nodes after they have come to rest: names are taken and
    /// leaders elected by messages, which take their time.
    static let agreement = Duration.seconds(2)
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
    /// How far the picture may be behind a subject that does not wait, for the sake of beats.
    static let lag = Duration.seconds(1)
    /// Keys that have come meanwhile and are handled before the next picture.
    static let inputsPerPicture = 200
    /// Waiting messages read for the inspector.
    static let mailboxShown = 8
    /// Events that a preview may bring about; what goes on then has not come to rest.
    static let lookAheadEvents = 1_000_000
    /// Turns of a recorded run in which nothing happens.
    package static let quiet = 100_000_000
    /// Turns and events that are run before the first picture.
    static let opening = 1_000_000
    /// Events of the past that are shown in one go.
    static let eventsPerRerun = 512
  }

  /// What the console shows.
  @Boxed package internal(set) var model: ConsoleModel
  /// Whether the user has asked to leave.
  package private(set) var isOver = false
  /// What the outside has not taken yet.
  var outgoing = Outgoing()

  /// What is shown of the subject's run.
  @Boxed var playback: Playback
  /// How long the screen holds for what happens.
  var beats = BeatAllowance()
  /// Where it can go in time.
  @Boxed var travel = TimeTravel()
  /// The script that is presented, if it has one.
  @Boxed var presentation: Presentation? = nil
  /// Copies that are compared.
  @Boxed var lab: Lab? = nil
  /// When what changes all the time is drawn again.
  var timers = Timers()
  /// What was begun and is not done.
  @Boxed var work: Work? = nil
  /// What came meanwhile, in order.
  var waitingInputs: [TerminalInput] = []
  /// Whether somebody draws and listens while something takes long.
  package var worksInSlices = false

  /// Opens a console on `subject`; what has happened in it already is shown as the first picture.
  ///
  /// - Parameters:
  ///   - subject: What is looked at.
  ///   - model: The console.
  ///   - keepsEvents: Whether `takeOutgoing` gives what has happened, too.
  ///   - showsStart: Whether the machine comes up before the eyes of whoever watches, or has done
  ///     so.
  package init(
    subject: some Subject, model: ConsoleModel, keepsEvents: Bool = false, showsStart: Bool = false
  ) {
    var subject = subject
    let events = showsStart ? subject.takeEvents() : subject.comeUp()
    self.model = model
    playback = Playback(of: subject)
    outgoing.keepsEvents = keepsEvents
    send(.opened(subject.capabilities))
    send(.events(events))
    outgoing.happened(events)
    sendClock()
    sample()
    travel.begin(at: self.model.tree.lastEvent, with: present)
    tellTravel()
    if model.view == .lab { handle(.key(ViewKind.lab.key)) }
  }

  /// What is looked at, as it is shown.
  package var subject: any Subject { playback.subject }
}

// MARK: - Input

extension Session {
  /// Hands on what the terminal reported.
  package mutating func handle(_ input: TerminalInput) {
    guard !takesMeanwhile(input) else { return }
    send(ConsoleMessage(input))
  }

  /// Hands a message to the console, and does what it answers.
  package mutating func send(_ message: ConsoleMessage) {
    for command in update(&model, message) { perform(command) }
  }

  private mutating func perform(_ command: ConsoleCommand) {
    if let objection = subject.capabilities.objection(to: command.needs) {
      return send(.notice(objection))
    }
    if command.isBesideScript { stepAside() }
    switch command {
    case .request(let request, let asker): self.request(all: [request], by: asker)
    case .requests(let requests, let asker): self.request(all: requests, by: asker)
    case .preview(let request): preview(request)
    case .inspect(let pid): ask(.inspect(pid, mailboxLimit: Limit.mailboxShown))
    case .observe(let pids):
      // No clock that runs asks for them.
      if isHeld { ask(.metrics(pids)) }
    case .step: step()
    case .tellMessages(let isTold): tellMessages(isTold)
    case .startAgain: startAgain()
    case .save(let name, let format):
      outgoing.add(.save(name: name, text: export(model, as: format)))
    case .file(let wish): outgoing.add(wish)
    case .undo: undo()
    case .redo: redo()
    case .stepBack: stepBack()
    case .seek(let event): seek(to: event)
    case .seekInstant(let instant): seek(to: instant)
    case .seekEnd: returnToEnd()
    case .enterFuture(let number): enterFuture(number)
    case .saveScript(let name): saveScript(name)
    case .nextCue: nextCue()
    case .answerCue(let choice): answerCue(choosing: choice)
    case .previousCue: previousCue()
    case .leaveScript: leaveScript()
    case .lab(let command): perform(command)
    case .chaos(let status): setChaos(status)
    case .quit: isOver = true
    }
  }

  /// Asks the subject for something; it can be undone where the subject can.
  package mutating func request(_ request: ControlRequest, by asker: Asker = .someone) {
    self.request(all: [request], by: asker)
  }

  /// Asks the subject for several things at once; they are undone together.
  private mutating func request(all requests: [ControlRequest], by asker: Asker) {
    showPending()
    beats.begin()
    act(named: requests.map { model.tree.title(of: $0) }.joined(separator: ", ")) { subject in
      for request in requests { subject.apply(request, by: asker) }
    }
  }

  /// Runs a twin ahead and shows what the request would do.
  private mutating func preview(_ request: ControlRequest) {
    showPending()
    guard let twin = subject.twin else {
      preconditionFailure("a subject that has previews has a twin")
    }
    begin(.foresight(Foresight(of: request, by: twin)))
  }

  private mutating func tellMessages(_ isTold: Bool) {
    guard subject.tellsMessages != isTold, !playback.isPast else { return }
    playback.change { $0.tellMessages(isTold) }
  }
}

// MARK: - Asking

extension Session {
  /// Asks for what changes all the time; the console then looks into the selection again.
  mutating func sample() {
    tellChaos()
    if !model.observed.isEmpty { ask(.metrics(model.observed)) }
  }

  private mutating func ask(_ question: SubjectQuestion) {
    playback.ask(question)
    takeAnswers()
  }

  /// Tells the console what the subject has answered, which may be some time after the question.
  mutating func takeAnswers() {
    for answer in playback.takeAnswers() {
      switch answer {
      case .inspected(let inspection): send(.inspected(inspection))
      case .metrics(let metrics): send(.metrics(metrics))
      }
    }
  }

  /// Tells the console the subject's time.
  mutating func sendClock() { send(.clock(subject.now)) }
}

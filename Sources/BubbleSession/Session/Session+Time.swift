import BubbleConsole
package import BubbleEvents
import BubbleTree

// Wall time passes: what has happened is shown at its pace, and the subject runs.

extension Session {
  /// When what changes all the time is drawn again; each is how much wall time is left until then.
  struct Timers: Sendable {
    var frame: Duration = .zero
    var sample: Duration = .zero
    var clock: Duration = .zero
  }

  /// What the outside has to do, and should know, since the last call.
  package mutating func takeOutgoing() -> Outgoing {
    outgoing.take()
  }

  /// Lets `wall` time pass: shows what has happened, moves what moves, runs the subject.
  package mutating func advance(by wall: Duration) {
    moveFrames(by: wall)
    if model.notice != nil { send(.passed(wall)) }
    guard work == nil else { return workOn() }
    guard !model.pace.isPaused else { return }
    guard !model.isLabShown else { return advanceLab(by: wall) }
    var left = wall
    var turns = 0
    loop: while true {
      if playback.isBehind(by: Limit.lag) { showPending() }
      switch playback.pass(&left) {
      case .hold: break loop
      case .show:
        showShare()
      case .run:
        guard turns < Limit.turnsPerAdvance else { break loop }
        turns += 1
        if !run(for: &left) { break loop }
      }
    }
    tick(wall)
  }

  /// Lets the subject run, and takes from `left` what that lasts; false when it waits.
  private mutating func run(for left: inout Duration) -> Bool {
    let before = subject.now
    let goesOn = runInScript(to: before + left * model.pace.speed)
    let passed = (subject.now - before) / model.pace.speed
    left -= passed
    beats.pass(passed, beat: model.pace.beat)
    return goesOn
  }

  /// Lets the subject run as far as the script lets it; false when it does nothing more by then.
  private mutating func runInScript(to limit: RuntimeInstant) -> Bool {
    switch scriptClock() {
    case .free: return run(to: limit)
    case .held: return false
    case .until(let end):
      if run(to: min(limit, end)) { return true }
      _ = scriptClock()
      return false
    }
  }

  /// Lets the subject run, and collects what it tells; false when it does nothing more before
  /// `limit`.
  mutating func run(to limit: RuntimeInstant) -> Bool {
    let action = playback.run(to: limit)
    if action == .arrive { tellTravel() }
    collect()
    return action == .collect
  }

  /// Lets the subject run to `instant`, or as far as a script lets it, and shows everything that
  /// happened, without beats.
  package mutating func runToInstant(_ instant: RuntimeInstant) {
    showPending()
    var goesOn = true
    while goesOn {
      goesOn = runInScript(to: instant)
      showPending()
    }
    sendClock()
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

  /// Shows the next lifecycle event, letting the subject run up to it if it has to.
  mutating func step() {
    let limit = max(subject.now + Limit.lookAhead, playback.past?.end.machine.now ?? .zero)
    let goesAtOnce = playback.isPast || !playback.pending.isEmpty
    begin(
      .step(
        Stepping(
          limit: limit, wasPast: playback.isPast, scout: goesAtOnce ? nil : subject.copy)))
  }

  /// Does one thing on the way to the next lifecycle event; true at the end of the way.
  mutating func step(_ stepping: inout Stepping) -> Bool {
    if stepping.scout != nil { return scout(&stepping) }
    if showNext() > 0 { return true }
    guard playback.pending.isEmpty else { return false }
    guard stepping.turns < Limit.lookAheadTurns else {
      send(.notice("many messages, but no process changed; step again"))
      return true
    }
    stepping.turns += 1
    guard !run(to: stepping.limit), playback.pending.isEmpty, !playback.isPast else { return false }
    send(.notice(stepping.wasPast ? "this is now again" : nothingComes))
    return true
  }

  /// Lets the copy look for an event that holds the screen; true when there is nothing to go to.
  private mutating func scout(_ stepping: inout Stepping) -> Bool {
    let isIdle = stepping.scout?.advance(to: stepping.limit) == .idle
    let events = stepping.scout?.takeEvents() ?? []
    stepping.turns += 1
    if events.contains(where: { $0.holdsBeat(in: model.tree) })
      || stepping.turns >= Limit.lookAheadTurns
    {
      stepping.scout = nil
      stepping.turns = 0
      return false
    }
    guard isIdle else { return false }
    send(.notice(nothingComes))
    return true
  }

  /// What is said where a step has nothing to go to: what is due next, and when.
  private var nothingComes: String {
    let nothing = "nothing happens by itself within the next 60 s"
    guard let next = subject.nextInstant, next > subject.now else { return nothing }
    return "\(nothing); a message or timer is due in \(spoken(next - subject.now))"
  }
}

// MARK: - Pictures

extension Session {
  /// How long nothing will change without input; nil when nothing will at all.
  package var wakeAfter: Duration? {
    guard work == nil else { return .zero }
    let motion: Duration? = model.isMoving ? max(timers.frame, .zero) : nil
    let notice = model.notice.map { _ in model.noticeLeft }
    let frame = [motion, notice].compactMap(\.self).min()
    guard !model.pace.isPaused else { return frame }
    guard !model.isLabShown else { return labWakeAfter(frame: frame) }
    if isHeld, playback.pending.isEmpty { return frame }
    let next = playback.wakeAfter(speed: model.pace.speed)
    return [max(timers.clock, .zero), frame, next].compactMap(\.self).min()
  }

  private mutating func moveFrames(by wall: Duration) {
    guard model.isMoving else {
      timers.frame = .zero
      return
    }
    timers.frame -= wall
    while timers.frame <= .zero, model.isMoving {
      timers.frame += Limit.frameInterval
      send(.frame)
    }
  }

  private mutating func tick(_ wall: Duration) {
    guard !isHeld else { return }
    timers.clock -= wall
    if timers.clock <= .zero {
      timers.clock = Limit.clockInterval
      sendClock()
    }
    timers.sample -= wall
    if timers.sample <= .zero {
      timers.sample = Limit.sampleInterval
      sample()
    }
  }
}

// MARK: - Showing

extension Session {
  /// Takes over what the subject has told, said and answered.
  mutating func collect() {
    for caption in playback.takeCaptions() { send(.notice(caption)) }
    playback.collect()
    takeAnswers()
  }

  /// Shows the events that share the next beat, as far as they have happened, and holds the screen.
  private mutating func showShare() {
    let outlook = outlook
    let beat = model.pace.beat
    let share = beats.share(of: outlook, beat: beat, frame: Limit.frameInterval)
    let count = showNext(atMost: share)
    guard count > 0 else { return }
    playback.hold(for: beats.hold(after: count, of: outlook, beat: beat))
    if model.shedsBeats != beats.isShed { send(.beatsShed(beats.isShed)) }
  }

  /// What is known of the events to come.
  private var outlook: BeatAllowance.Outlook {
    let plan = model.isRunningPlan ? model.plan : nil
    return BeatAllowance.Outlook(
      events: max(playback.pendingBeats, plan?.openCount ?? 0), isFollowed: plan != nil)
  }

  /// Shows events up to and including the next one that holds the screen, or several of those.
  ///
  /// - Returns: How many of them hold the screen.
  private mutating func showNext(atMost limit: Int = 1) -> Int {
    var batch: [Event] = []
    var count = 0
    while count < limit, let event = playback.takeNext() {
      batch.append(event)
      if event.holdsBeat(in: model.tree) { count += 1 }
    }
    guard !batch.isEmpty else { return 0 }
    show(batch)
    keepCheckpoint()
    return count
  }

  /// Shows everything that has happened; the screen holds no longer.
  mutating func showPending() {
    let events = playback.takeAll()
    guard !events.isEmpty else { return }
    show(events)
    keepCheckpoint()
  }

  private mutating func show(_ events: [Event]) {
    send(.events(events))
    checkWait()
    if !playback.isPast { outgoing.happened(events) }
    outgoing.note(events, in: model.tree)
  }
}

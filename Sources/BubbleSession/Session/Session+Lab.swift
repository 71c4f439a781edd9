import BubbleConsole
import BubbleEvents
import BubbleTree

// Comparing: copies of the machine with other settings, in which time passes while the machine
// itself stands still.

extension Session {
  mutating func perform(_ command: LabCommand) {
    switch command {
    case .open(let setup): openLab(setup)
    case .ask(let requests, let asker): ask(requests, by: asker)
    case .step: begin(.labStep(LabStepping(from: openedLab)))
    case .close: lab = nil
    }
  }

  private mutating func openLab(_ setup: LabSetup) {
    showPending()
    guard let machine = subject.copy else {
      preconditionFailure("a subject whose copies are compared has been copied")
    }
    var lab = Lab(of: machine, asking: setup.requests, by: setup.asker)
    // What makes them differ takes effect before anything is shown; no time passes.
    // What is left after so many turns happens with the rest.
    _ = lab.run(turnLimit: Limit.labOpening) { _, _ in false }
    self.lab = lab
    let events = self.lab?.takeAll() ?? []
    send(.lab(.opened(setup, events)))
  }

  private mutating func ask(_ requests: [ControlRequest?], by asker: Asker) {
    var lab = openedLab
    precondition(lab.copies.count == requests.count, "each copy is asked for something or nothing")
    lab.holdLeft = .zero
    lab.beats.begin()
    send(.lab(.events(lab.takeAll(), lab.now)))
    self.lab = lab
    begin(.labForesight(LabForesight(requests, lab.foresights(of: requests), by: asker)))
  }

  /// Looks ahead of requests to the copies for a slice, and asks them when that is done.
  mutating func goOn(_ foresight: LabForesight) -> Work? {
    var foresight = foresight
    guard foresight.advance(atMost: Limit.turnsPerAdvance) else { return .labForesight(foresight) }
    var lab = openedLab
    send(.lab(.foreseen(foresight.requests, foresight.events)))
    lab.ask(foresight.requests, by: foresight.asker)
    self.lab = lab
    return nil
  }

  /// Shows the next event that holds the screen in every copy that has one, if it comes within a
  /// slice.
  mutating func goOn(_ stepping: LabStepping) -> Work? {
    var stepping = stepping
    let enough = stepping.turns + Limit.turnsPerAdvance
    var lab = openedLab
    defer {
      lab.holdLeft = .zero
      self.lab = lab
    }
    while stepping.turns < enough {
      let (turns, isBusy) = lab.run(turnLimit: Limit.labOpening, labHolds)
      stepping.turns += turns + 1
      if lab.hasPending {
        stepping.untouched = nil
        if showNext(of: &lab) { return nil }
        continue
      }
      guard stepping.turns < Limit.lookAheadTurns else {
        send(.notice("many messages, but no process changed; step again"))
        return nil
      }
      if isBusy { continue }
      guard let next = lab.nextInstant, next <= stepping.limit else {
        lab = stepping.untouched ?? lab
        send(.notice("nothing happens by itself within the next 60 s"))
        return nil
      }
      lab.move(to: next)
    }
    return .labStep(stepping)
  }

  /// Lets `wall` time pass for the copies.
  mutating func advanceLab(by wall: Duration) {
    var lab = openedLab
    var left = wall
    var turns = 0
    while turns < Limit.turnsPerAdvance {
      let spent = min(lab.holdLeft, left)
      lab.holdLeft -= spent
      left -= spent
      if lab.holdLeft > .zero { break }
      let (taken, isBusy) = lab.run(turnLimit: Limit.turnsPerAdvance - turns, labHolds)
      turns += taken + 1
      if lab.hasPending {
        showShare(of: &lab)
        continue
      }
      if isBusy { continue }
      let limit = lab.now + left * model.pace.speed
      guard let next = lab.nextInstant, next <= limit else {
        lab.move(to: limit)
        break
      }
      let passed = (next - lab.now) / model.pace.speed
      left -= passed
      lab.beats.pass(passed, beat: model.pace.beat)
      lab.move(to: next)
    }
    send(.lab(.events(lab.copies.map { _ in [] }, lab.now)))
    self.lab = lab
  }

  /// How long nothing will change in the copies without input.
  func labWakeAfter(frame: Duration?) -> Duration? {
    let lab = openedLab
    // The clock runs.
    var next = min(Limit.clockInterval, frame ?? Limit.clockInterval)
    if lab.holdLeft > .zero { return min(next, lab.holdLeft) }
    if lab.hasPending { return .zero }
    if let due = lab.nextInstant {
      next = min(next, max((due - lab.now) / model.pace.speed, .zero))
    }
    return next
  }

  /// Shows the next event of each copy, and holds the screen when none shares its beat with others.
  private mutating func showShare(of lab: inout Lab) {
    let plans = model.lab?.columns.compactMap(\.plan) ?? []
    let outlook = BeatAllowance.Outlook(
      events: plans.map(\.openCount).max() ?? 0, isFollowed: true)
    let beat = model.pace.beat
    _ = lab.beats.share(of: outlook, beat: beat, frame: Limit.frameInterval)
    guard showNext(of: &lab) else { return }
    lab.holdLeft = lab.beats.hold(after: 1, of: outlook, beat: beat)
  }

  /// Shows each copy's events up to the next one that holds the screen.
  private mutating func showNext(of lab: inout Lab) -> Bool {
    let (events, isHeld) = lab.takeNext(labHolds)
    send(.lab(.events(events, lab.now)))
    return isHeld
  }

  /// The copies that the console shows or asks for something.
  private var openedLab: Lab {
    guard let lab else { preconditionFailure("copies are shown and asked while there are some") }
    return lab
  }

  private var labHolds: (Int, Event) -> Bool {
    { [columns = model.lab?.columns ?? []] index, event in
      columns.indices.contains(index) && event.holdsBeat(in: columns[index].tree)
    }
  }
}

extension Lab {
  /// Copies of the copies that will run ahead of `requests`, one for each copy.
  func foresights(of requests: [ControlRequest?]) -> [Foresight?] {
    zip(copies, requests).map { copy, request in
      request.map { Foresight(of: $0, by: copy.machine) }
    }
  }
}

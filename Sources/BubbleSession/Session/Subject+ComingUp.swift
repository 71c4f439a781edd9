import BubbleEvents

extension Subject {
  /// Runs until it has come up, or does not seem to come to rest; what it told.
  mutating func comeUp() -> [Event] {
    let end = now + Session.Limit.lookAhead
    var events = takeEvents()
    var turns = 0
    while turns < Session.Limit.opening, events.count < Session.Limit.opening, now < end {
      if settle(within: end - now, turnLimit: Session.Limit.turnsPerAdvance) { break }
      turns += Session.Limit.turnsPerAdvance
      events += takeEvents()
    }
    return events + takeEvents()
  }
}

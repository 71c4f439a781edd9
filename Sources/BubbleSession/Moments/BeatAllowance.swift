/// How long the screen holds after each event, so that whoever watches can follow and time does not
/// lag behind for ever.
///
/// Few events get a full beat each. Of many, some share a beat: an *incident*, which is all that
/// happens without a pause between, takes about eight seconds at the usual beat, whatever its size.
/// Its first and last events keep beats of their own. How many share one grows by a twelfth a frame
/// at most, so that many deaths are a wave. While failures that nobody asked for come faster than
/// anybody could watch them one by one, they get no beats, and time runs at its speed.
///
/// A value without a clock: what has passed is told.
struct BeatAllowance: Hashable, Sendable {
  /// What is known of the events to come.
  struct Outlook: Hashable, Sendable {
    /// How many that hold the screen are known to come.
    var events: Int
    /// Whether they come of a plan that is followed, so that few others will come.
    var isFollowed: Bool
  }

  /// Limits, in beats or events.
  enum Limit {
    /// Beats that an incident takes.
    static let beats = 26
    /// Events at its end that keep a beat each.
    static let last = 4
    /// Events of an incident of unknown size that get a full beat each.
    static let first = 15
    /// The part of what has been shown that the next frame may show.
    static let growth = 12
    /// Beats that incidents nobody asked for may want before they get none.
    static let storm = 80
    /// Seconds that pass while one second of beats is forgiven.
    static let relief = 2
  }

  /// Whether failures come so fast that they get no beats.
  private(set) var isShed = false
  /// What the incident has taken so far.
  private var spent = Duration.zero
  /// The events of the incident so far.
  private var events = 0
  /// Time that has passed for the subject since the last event.
  private var quiet = Duration.zero
  /// Time that has passed for the subject during the incident.
  private var length = Duration.zero
  /// What incidents that nobody asked for wanted lately.
  private var wanted = Duration.zero
  /// Events that still share the next beat.
  private var sharing = 0
  /// The beat that they share.
  private var next = Duration.zero

  /// Somebody acts or goes elsewhere: what comes is an incident of its own.
  mutating func begin() {
    spent = .zero
    events = 0
    sharing = 0
    quiet = .zero
    length = .zero
  }

  /// Time passes for the subject, at its speed.
  mutating func pass(_ span: Duration, beat: Duration) {
    quiet += span
    length += span
    // What never pauses is an incident after the other.
    if quiet >= beat || length >= beat * Limit.beats { begin() }
    wanted = max(.zero, wanted - span / Limit.relief)
    if wanted <= beat * Limit.storm / 2 { isShed = false }
  }

  /// How many events may be shown before the screen holds; at least one.
  mutating func share(of outlook: Outlook, beat: Duration, frame: Duration) -> Int {
    if sharing == 0 { beginShare(of: outlook, beat: beat, frame: frame) }
    return sharing
  }

  /// How long the screen holds when `count` events of a share have been shown; zero while others
  /// share the beat, and while beats are shed.
  mutating func hold(after count: Int, of outlook: Outlook, beat: Duration) -> Duration {
    events += count
    sharing = max(0, sharing - count)
    quiet = .zero
    guard sharing == 0 else { return .zero }
    if !outlook.isFollowed {
      wanted = min(wanted + next, beat * Limit.storm)
      if wanted >= beat * Limit.storm, beat > .zero { isShed = true }
      if isShed { return .zero }
    }
    spent += next
    return next
  }

  private mutating func beginShare(of outlook: Outlook, beat: Duration, frame: Duration) {
    let each = events == 0 ? beat : min(beat, room(for: outlook, beat: beat))
    guard each < frame, each < beat else {
      sharing = 1
      next = each
      return
    }
    let rest = outlook.isFollowed ? outlook.events - Limit.last : events
    let most = max(1, min(events / Limit.growth, rest))
    let wished = each > .zero ? Int((frame / each).rounded(.up)) : most
    sharing = min(max(1, wished), most)
    next = frame
  }

  /// The time for one event when those that are expected share what is left.
  private func room(for outlook: Outlook, beat: Duration) -> Duration {
    let left = max(.zero, beat * Limit.beats - spent)
    let likely = events > Limit.first && !outlook.isFollowed ? 2 * events : 1
    let expected = max(outlook.events, likely)
    guard expected > Limit.last else { return left / expected }
    return max(.zero, left - beat * Limit.last) / (expected - Limit.last)
  }
}

/// How far a bubble is in its motion; 24 frames are a second.
enum BubbleMotion: Hashable, Sendable {
  /// It bursts outwards.
  case pop(frame: Int)
  /// One picture of the burst that stays for a beat, where motion is reduced.
  case burst
  /// It shrinks inwards.
  case stop(frame: Int)
  /// It is being blown up.
  case blow(frame: Int)
  /// It has just been blown up, and swings back.
  case land(frame: Int)
  /// It shrugs off an exit signal.
  case shake(frame: Int)

  /// Frames it takes until the bubble rests.
  var length: Int {
    switch self {
    case .pop: 9
    case .blow: 5
    case .burst: 7
    case .stop: 6
    case .land, .shake: 3
    }
  }

  /// The motion some frames after its beginning; nil when it is over.
  func after(_ frames: Int) -> BubbleMotion? {
    guard frames >= 0, frames < length else { return nil }
    return switch self {
    case .pop: .pop(frame: frames)
    case .burst: .burst
    case .stop: .stop(frame: frames)
    case .blow: .blow(frame: frames)
    case .land: .land(frame: frames)
    case .shake: .shake(frame: frames)
    }
  }
}

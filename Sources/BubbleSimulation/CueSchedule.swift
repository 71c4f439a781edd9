public import BubbleEvents

/// What happens to a machine at given instants by itself, such as the faults of a scenario.
///
/// A value: a machine that is copied to run ahead takes a copy of its schedule along.
public protocol CueSchedule: Sendable {
  /// When the next cue is due; nil after the last one.
  var nextInstant: RuntimeInstant? { get }

  /// Learns of an event of the machine; every event is shown once, in order.
  mutating func follow(_ event: Event)

  /// Takes out the next cue if it is due at `instant` or was before.
  mutating func takeCue(dueAt instant: RuntimeInstant) -> DueCue?
}

/// A cue of a schedule whose time has come.
public struct DueCue: Hashable, Sendable {
  /// What to ask of the machine, if anything.
  public var request: ControlRequest?
  /// A sentence for whoever watches; text from outside.
  public var caption: String?

  /// Creates a cue.
  public init(request: ControlRequest? = nil, caption: String? = nil) {
    self.request = request
    self.caption = caption
  }
}

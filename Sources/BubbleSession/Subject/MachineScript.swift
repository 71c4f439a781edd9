public import BubbleEvents

/// What happens to a machine at given instants by itself, such as the faults of a scenario.
///
/// A value: a machine that is copied to run ahead takes a copy of its script along.
public protocol MachineScript: Sendable {
  /// When the next step is due; nil after the last one.
  var nextInstant: RuntimeInstant? { get }

  /// Learns of an event of the machine; every event is shown once, in order.
  mutating func follow(_ event: Event)

  /// Takes out the next step if it is due at `instant` or was before.
  mutating func takeStep(dueAt instant: RuntimeInstant) -> ScriptedStep?
}

/// One step of a script whose time has come.
public struct ScriptedStep: Hashable, Sendable {
  /// What to ask of the machine, if anything.
  public var request: ControlRequest?
  /// A sentence for whoever watches; text from outside.
  public var caption: String?

  /// Creates a step.
  public init(request: ControlRequest? = nil, caption: String? = nil) {
    self.request = request
    self.caption = caption
  }
}

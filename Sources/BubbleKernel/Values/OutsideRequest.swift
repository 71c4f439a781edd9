public import BubbleEvents

/// What a process has for the world outside of the machine.
///
/// A value: the turn that makes it touches nothing. Whoever drives the machine does it afterwards,
/// so a copy that runs ahead, or a simulation, asks the world for nothing.
public enum OutsideRequest: Sendable {
  /// A process asks for something, such as to write to a socket.
  case asked(by: PID, any Sendable)
  /// A process that has asked before has ended; what it owns outside is to be let go (OTP: a port
  /// is closed when its owner ends). Follows everything that the process asked for.
  case ended(PID)
}

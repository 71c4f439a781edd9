public import BubbleEvents

/// Where a message goes: to a process, or to whichever process has a name when it arrives.
public enum Destination: Hashable, Sendable {
  /// A process.
  case pid(PID)
  /// The process registered under the name.
  case name(String)
}

public import BubbleEvents

/// Whom to answer: the process that waits for a reply, and the mark of its call (OTP: From).
public struct Caller: Hashable, Sendable {
  /// The process that waits; nil for code outside the machine.
  public var pid: PID?
  /// The mark of the call.
  public var tag: Reference

  /// Creates an address for a reply.
  public init(pid: PID?, tag: Reference) {
    self.pid = pid
    self.tag = tag
  }
}

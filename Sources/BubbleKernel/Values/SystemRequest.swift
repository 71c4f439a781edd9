public import BubbleEvents

/// A request that every process understands, whatever its behaviour (OTP: sys).
public enum SystemRequest: Hashable, Sendable {
  /// Handle only system messages until resumed.
  case suspend
  /// End the suspension.
  case resume
  /// End in order, as if told to stop.
  case terminate(ExitReason)
  /// Give a part of the state another value; the answer is `ok` or `{error,Why}`.
  case replaceState(field: String, value: Term)
  /// Take over new code; only while suspended.
  case changeCode(version: Term, extra: Term)
}

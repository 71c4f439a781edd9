/// When a child that ended is started again (OTP, "Child specification").
public enum ChildRestart: String, Hashable, Sendable, CaseIterable {
  /// Always.
  case permanent
  /// Only after an abnormal exit.
  case transient
  /// Never.
  case temporary
}

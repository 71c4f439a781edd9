/// What the end of an application does to the machine (OTP: the restart type of an application).
public enum ApplicationRestart: String, Hashable, Sendable, CaseIterable {
  /// Whenever it ends by itself, the whole machine ends.
  case permanent
  /// The machine ends with it unless it ended `normal`.
  case transient
  /// The others go on.
  case temporary
}

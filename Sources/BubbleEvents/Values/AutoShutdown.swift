/// Whether a supervisor ends itself when significant children end by themselves.
public enum AutoShutdown: String, Hashable, Sendable, CaseIterable {
  /// It does not.
  case never
  /// When any significant child ends.
  case anySignificant = "any_significant"
  /// When the last significant child ends.
  case allSignificant = "all_significant"
}

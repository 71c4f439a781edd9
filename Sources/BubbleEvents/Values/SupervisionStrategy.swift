/// Which siblings share the fate of a child that died (OTP, "Restart strategies").
public enum SupervisionStrategy: String, Hashable, Sendable, CaseIterable {
  /// Only the dead child starts again.
  case oneForOne = "one_for_one"
  /// All others stop, then all start.
  case oneForAll = "one_for_all"
  /// Those started after it stop, then it and they start.
  case restForOne = "rest_for_one"
  /// Like one_for_one, for children of one template that are added at run time.
  case simpleOneForOne = "simple_one_for_one"
}

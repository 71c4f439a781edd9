/// What a child specification says the child is; bookkeeping only, as in OTP.
public enum ChildKind: String, Hashable, Sendable, CaseIterable {
  /// A process that does work.
  case worker
  /// A process that supervises others.
  case supervisor
}

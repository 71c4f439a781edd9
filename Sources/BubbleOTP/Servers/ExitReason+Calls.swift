internal import BubbleEvents
internal import BubbleKernel

extension ExitReason {
  /// What whoever waits for `pid` exits with when that ends: a lost connection is told by its node,
  /// as `{nodedown,Node}` (OTP: gen:call).
  func inCall(to pid: PID) -> Term {
    self == .noConnection ? .tuple(["nodedown", pid.node.term]) : term
  }
}

internal import BubbleEvents
internal import BubbleKernel

extension ExitReason {
  /// What whoever waits for a process of `node` exits with when that ends: a lost connection is
  /// told by its node, as `{nodedown,Node}` (OTP: gen:call).
  func inCall(to node: NodeID, _ names: NodeNames) -> Term {
    self == .noConnection ? .tuple(["nodedown", .atom(names[node])]) : term
  }
}

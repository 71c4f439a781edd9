extension StateMachineStart: Waitable {
  /// The machine, whose callback waits.
  public typealias Server = Machine
}

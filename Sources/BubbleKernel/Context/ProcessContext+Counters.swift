extension ProcessContext {
  /// Adds one to a counter of the machine and returns it; counters begin at 0 and outlive processes
  /// (OTP: counters:add).
  public mutating func count(_ counter: String) -> Int {
    core.counters[counter, default: 0] += 1
    return core.counters[counter, default: 0]
  }

  /// The value of a counter of the machine.
  public func counted(_ counter: String) -> Int {
    core.counters[counter, default: 0]
  }
}

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

  /// A number that a node keeps over its lives, as in a file; 0 when none was kept.
  public func kept(_ name: String) -> Int {
    core.kept[name, default: 0]
  }

  /// Keeps a number, in place of the one kept before.
  public mutating func keep(_ number: Int, as name: String) {
    core.kept[name] = number
  }
}

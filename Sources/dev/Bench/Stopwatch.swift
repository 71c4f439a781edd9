/// Measures work by the wall clock, several times, and keeps the best: what the machine can do when
/// nothing else is in the way.
enum Stopwatch {
  /// Nanoseconds for each of `operations`, the best of `runs` runs of `work`.
  ///
  /// `prepare` is not measured.
  static func best<Input>(
    of runs: Int, operations: Int, prepare: () -> Input, _ work: (inout Input) -> Void
  ) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<runs {
      var input = prepare()
      let time = clock.measure { work(&input) }
      best = min(best, time.nanoseconds / Double(operations))
    }
    return best
  }
}

extension Duration {
  /// The duration in nanoseconds.
  var nanoseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
  }
}

/// Keeps the optimiser from removing work whose result nobody reads.
@inline(never) func keep<Value>(_ value: Value) {
  withExtendedLifetime(value) {}
}

import BubbleKernel

/// Chance, drawn from one seed.
struct Dice {
  private var generator: SplitMix64

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  /// True with that probability.
  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    guard let value = values.randomElement(using: &generator) else {
      preconditionFailure("there is something to pick from")
    }
    return value
  }

  /// One of the values, each as likely as its weight says.
  mutating func pick<Value>(weighted values: [(Value, Double)]) -> Value {
    var rest = Double.random(in: 0..<values.reduce(0) { $0 + $1.1 }, using: &generator)
    for (value, weight) in values {
      if rest < weight { return value }
      rest -= weight
    }
    guard let last = values.last else { preconditionFailure("there is something to pick from") }
    return last.0
  }

  mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    values.shuffled(using: &generator)
  }

  /// Up to `count` of the values, in random order.
  mutating func sample<Value>(_ values: [Value], _ count: Int) -> [Value] {
    Array(shuffled(values).prefix(count))
  }
}

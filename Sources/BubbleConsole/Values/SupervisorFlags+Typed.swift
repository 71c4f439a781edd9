import BubbleEvents

extension SupervisionStrategy {
  /// What a running supervisor can be changed to; simple_one_for_one needs a table of its own.
  static let changeable: [SupervisionStrategy] = [.oneForOne, .restForOne, .oneForAll]
}

extension SupervisorFlags {
  /// These with the strategy that is written in `text`.
  func withStrategy(typed text: String) throws(Refusal) -> SupervisorFlags {
    guard let strategy = SupervisionStrategy.changeable.first(where: { $0.rawValue == text }) else {
      let names = SupervisionStrategy.changeable.map(\.rawValue).joined(separator: ", ")
      throw Refusal("there is no strategy '\(text)': \(names)")
    }
    var flags = self
    flags.strategy = strategy
    return flags
  }

  /// These with the intensity that is written in `text`: `3 in 5`, `3/5` or `3 5`.
  func withIntensity(typed text: String) throws(Refusal) -> SupervisorFlags {
    let words = text.split { " /".contains($0) }.filter { $0 != "in" && $0 != "s" }
    let numbers = words.compactMap { Int($0) }
    guard words.count == 2, numbers.count == 2 else {
      throw Refusal("'\(text)' is not an intensity: write 3 in 5 for 3 restarts in 5 seconds")
    }
    guard (0...1_000_000).contains(numbers[0]), (1...1_000_000).contains(numbers[1]) else {
      throw Refusal("restarts go from 0 and seconds from 1 to a million, not \(text)")
    }
    var flags = self
    flags.intensity = RestartIntensity(numbers[0], in: numbers[1])
    return flags
  }
}

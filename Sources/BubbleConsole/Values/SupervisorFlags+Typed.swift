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

  /// These with the intensity that is written in `text`.
  func withIntensity(typed text: String) throws(Refusal) -> SupervisorFlags {
    guard let intensity = RestartIntensity(describedAs: text) else {
      throw Refusal(
        "'\(text)' is not an intensity: write 3 in 5 s, with whole seconds, both up to a million")
    }
    var flags = self
    flags.intensity = intensity
    return flags
  }
}

internal import BubbleEvents

/// What Swift's types do not exclude in a specification.
extension ChildSpec {
  /// The specification, or what is wrong first, in OTP's order (S8-S10).
  func checked(autoShutdown: AutoShutdown?) throws(SpecificationError) -> ChildSpec {
    if isSignificant { try Self.checkSignificance(restart, autoShutdown) }
    if case .timeout(let milliseconds) = shutdown, milliseconds < 0 {
      throw .invalid("shutdown", .integer(milliseconds))
    }
    if case .list(let modules) = modules { try Self.check(modules: modules) }
    return self
  }

  /// The same for a supervisor whose children bring their own; none of them is significant (DS1).
  func checkedAsDynamic() throws(SpecificationError) -> ChildSpec {
    var plain = self
    plain.isSignificant = false
    let spec = try plain.checked(autoShutdown: nil)
    if isSignificant { throw .invalid("significant", "true") }
    return spec
  }

  /// A significant child is never started again by its type, and its supervisor looks at it (S100).
  static func checkSignificance(
    _ restart: ChildRestart, _ autoShutdown: AutoShutdown?
  ) throws(SpecificationError) {
    if autoShutdown == .never { throw .badCombination("auto_shutdown", "never") }
    if restart == .permanent { throw .badCombination("restart", "permanent") }
  }

  /// Modules are named by atoms.
  static func check(modules: [Term]) throws(SpecificationError) {
    for element in modules {
      guard case .atom = element else { throw .invalid("module", element) }
    }
  }
}

/// What Swift's types do not exclude in flags.
extension SupervisorFlags {
  /// The flags, or what is wrong first, in OTP's order (S7).
  func checked() throws(SpecificationError) -> SupervisorFlags {
    guard intensity.restarts >= 0 else { throw .invalid("intensity", .integer(intensity.restarts)) }
    guard intensity.seconds > 0 else { throw .invalid("period", .integer(intensity.seconds)) }
    try checkAutoShutdown()
    return self
  }

  /// A supervisor of one template does not end by itself.
  func checkAutoShutdown() throws(SpecificationError) {
    guard strategy == .simpleOneForOne, autoShutdown != .never else { return }
    throw SpecificationError(
      .tuple([
        "bad_combination",
        .list([
          .tuple(["auto_shutdown", .atom(autoShutdown.rawValue)]),
          .tuple(["strategy", "simple_one_for_one"]),
        ]),
      ]))
  }
}

public import BubbleEvents

/// What is wrong with a supervisor's flags or with a child specification, in OTP's words.
public struct SpecificationError: Error, Hashable, Sendable {
  /// The error as a term, such as `missing_id` or `{invalid_restart_type,sometimes}`.
  public var term: Term

  /// Wraps an error term.
  public init(_ term: Term) {
    self.term = term
  }

  static func invalid(_ what: String, _ value: Term) -> SpecificationError {
    SpecificationError(.tuple([.atom("invalid_" + what), value]))
  }

  static func badCombination(_ key: String, _ value: String) -> SpecificationError {
    SpecificationError(
      .tuple([
        "bad_combination",
        .list([.tuple([.atom(key), .atom(value)]), .tuple(["significant", "true"])]),
      ]))
  }

  /// Checks a list: each specification, then that no id comes twice (OTP: S9).
  static func checked<Spec>(
    _ specs: [Spec], by check: (Spec) throws(SpecificationError) -> ChildSpec
  ) throws(SpecificationError) -> [ChildSpec] {
    var known: Set<Term> = []
    var result: [ChildSpec] = []
    result.reserveCapacity(specs.count)
    for spec in specs {
      let spec = try check(spec)
      guard known.insert(spec.id).inserted else {
        throw SpecificationError(.tuple(["duplicate_child_name", spec.id]))
      }
      result.append(spec)
    }
    return result
  }
}

internal import BubbleEvents

/// The flags and children that an init function returned, before they are checked.
enum Proposal {
  /// As Swift's types have them: only what these do not exclude is looked at.
  case typed(SupervisorFlags, [ChildSpec])
  /// Terms, as an oracle's scenario has them.
  case unchecked(UncheckedFlags, [UncheckedChildSpec])

  /// The children's ids as they are, right or wrong.
  var ids: [Term] {
    switch self {
    case .typed(_, let specs): specs.map(\.id)
    case .unchecked(_, let specs): specs.map { $0.id ?? "undefined" }
    }
  }

  /// What was given in place of flags when it is none at all.
  var rawFlags: Term? {
    switch self {
    case .typed: nil
    case .unchecked(let flags, _): flags.raw
    }
  }

  /// The flags, or what is wrong with them first.
  func checkedFlags() throws(SpecificationError) -> SupervisorFlags {
    switch self {
    case .typed(let flags, _): try flags.checked()
    case .unchecked(let flags, _): try flags.checked()
    }
  }

  /// The children of a supervisor with these flags, or what is wrong with them first.
  func checkedChildren(
    _ flags: SupervisorFlags
  ) throws(SpecificationError) -> [ChildSpec] {
    let mode = flags.autoShutdown
    return switch self {
    case .typed(_, let specs):
      try SpecificationError.checked(specs) { spec throws(SpecificationError) in
        try spec.checked(autoShutdown: mode)
      }
    case .unchecked(_, let specs):
      try SpecificationError.checked(specs) { spec throws(SpecificationError) in
        try spec.checked(autoShutdown: mode)
      }
    }
  }
}

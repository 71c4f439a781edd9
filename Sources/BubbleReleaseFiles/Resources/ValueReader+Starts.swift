extension ValueReader {
  /// `{M, A}`, or `[]` for a library; `undefined` is what OTP takes for nothing said.
  func startModule(
    _ value: LocatedTerm
  ) throws(ResourceError) -> ApplicationResource.StartModule? {
    if value.atom == "undefined" || value.list?.isEmpty == true { return nil }
    let (name, arguments) = try pair(value, "mod")
    return .init(name, arguments: arguments)
  }

  func startPhases(
    _ value: LocatedTerm
  ) throws(ResourceError) -> [ApplicationResource.StartPhase]? {
    if value.atom == "undefined" { return nil }
    return try pairs(value, "start_phases").map { .init($0.0, arguments: $0.1) }
  }
}

public import BubbleEvents
public import BubbleKernel

/// A child specification from outside Swift's types: every part may be missing or wrong.
public struct UncheckedChildSpec: Sendable {
  /// The value of the start key.
  public enum Start: Sendable {
    /// A start function, of that module.
    case function(ProcessStart, module: Term)
    /// Something else.
    case term(Term)
  }

  /// What was given in place of a specification when it is none at all.
  public var raw: Term?
  /// Any term.
  public var id: Term?
  /// The start function.
  public var start: Start?
  /// `permanent`, `transient` or `temporary`.
  public var restart: Term?
  /// `true` or `false`.
  public var significant: Term?
  /// Milliseconds, `infinity` or `brutal_kill`.
  public var shutdown: Term?
  /// `worker` or `supervisor`.
  public var type: Term?
  /// A list of atoms, or `dynamic`.
  public var modules: Term?

  /// Creates a specification without any part.
  public init() {}

  /// Takes a term for a specification, in the old form
  /// `{Id,StartFunc,Restart,Shutdown,Type,Modules}` if it is one.
  public init(term: Term) {
    guard case .tuple(let parts) = term, parts.count == 6 else {
      raw = term
      return
    }
    id = parts[0]
    start = .term(parts[1])
    restart = parts[2]
    shutdown = parts[3]
    type = parts[4]
    modules = parts[5]
  }

  /// The specification with OTP's defaults, or what is wrong first, in OTP's order (S8-S10).
  public func checked(autoShutdown: AutoShutdown?) throws(SpecificationError) -> ChildSpec {
    if let raw { throw .invalid("child_spec", raw) }
    guard let id else { throw SpecificationError("missing_id") }
    guard let start else { throw SpecificationError("missing_start") }
    let (function, module) = try Self.checked(start)
    let restart = try checkedRestart()
    let isSignificant = try checkedSignificance(restart, autoShutdown)
    guard let kind = try kindIfValid() else { throw .invalid("child_type", type ?? "undefined") }
    let shutdown = try checkedShutdown(kind)
    let modules = try checkedModules(module)
    return ChildSpec(
      id: id, start: function, restart: restart, shutdown: shutdown, kind: kind,
      isSignificant: isSignificant, modules: modules)
  }

  /// The same for a supervisor whose children bring their own; none of them is significant (DS1).
  func checkedAsDynamic() throws(SpecificationError) -> ChildSpec {
    var plain = self
    plain.significant = nil
    let spec = try plain.checked(autoShutdown: nil)
    guard let significant, significant != "false" else { return spec }
    throw .invalid("significant", significant)
  }

  // MARK: - Parts

  private static func checked(
    _ start: Start
  ) throws(SpecificationError) -> (ProcessStart, module: Term) {
    switch start {
    case .function(let function, let module): return (function, module)
    case .term(let term):
      guard case .tuple(let parts) = term, parts.count == 3, case .atom = parts[0],
        case .atom = parts[1], case .list = parts[2]
      else { throw .invalid("mfa", term) }
      // A function that is not there: calling it raises `undef`.
      return (ProcessStart { _, _ in throw RaisedError("undef") }, parts[0])
    }
  }

  private func checkedRestart() throws(SpecificationError) -> ChildRestart {
    guard let restart else { return .permanent }
    guard case .atom(let text) = restart, let valid = ChildRestart(rawValue: text) else {
      throw .invalid("restart_type", restart)
    }
    return valid
  }

  private func checkedSignificance(
    _ restart: ChildRestart, _ autoShutdown: AutoShutdown?
  ) throws(SpecificationError) -> Bool {
    switch significant ?? "false" {
    case "false": return false
    case "true":
      try ChildSpec.checkSignificance(restart, autoShutdown)
      return true
    case let other: throw .invalid("significant", other)
    }
  }

  private func kindIfValid() throws(SpecificationError) -> ChildKind? {
    guard let type else { return .worker }
    guard case .atom(let text) = type else { return nil }
    return ChildKind(rawValue: text)
  }

  private func checkedShutdown(_ kind: ChildKind) throws(SpecificationError) -> ChildShutdown {
    guard let shutdown else { return ChildSpec.defaultShutdown(of: kind) }
    switch shutdown {
    case "brutal_kill": return .brutalKill
    case "infinity": return .infinity
    case .integer(let milliseconds) where milliseconds >= 0: return .timeout(milliseconds)
    case let other: throw .invalid("shutdown", other)
    }
  }

  private func checkedModules(_ module: Term) throws(SpecificationError) -> ChildSpec.Modules {
    guard let modules else { return .list([module]) }
    if modules == "dynamic" { return .dynamic }
    guard case .list(let list) = modules else { throw .invalid("modules", modules) }
    try ChildSpec.check(modules: list)
    return .list(list)
  }
}

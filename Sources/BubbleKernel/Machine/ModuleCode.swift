public import BubbleEvents

/// The code of a module in one version: how its processes start, and how they come over from the
/// version before and go back to it (OTP: a module's object code).
///
/// Swift code is linked, never loaded: every version that a machine may come to is in the program.
/// What changes at run time is which of them a module's name stands for. A process that was started
/// through `ProcessStart.module` enters the current version with its next message, as Erlang's does
/// with its next call from outside the module; one that waits inside a callback goes on in the
/// version that it is in.
public final class ModuleCode: Sendable {
  /// Changes the body of a process from one version into the other's.
  ///
  /// The terms are the version as `code_change` gets it, `{down,Vsn}` on the way back, and what the
  /// upgrade says to it; `undefined` both when nobody announced the change. What it throws is the
  /// answer to a change of code, and ends a process that came over by itself.
  public typealias Conversion =
    @Sendable (any ProcessBody, (version: Term, extra: Term), inout ProcessContext) throws
    -> any ProcessBody

  /// The module's name.
  public let name: String
  /// Its version (OTP: the attribute vsn).
  public let version: Term
  /// Starts a process of it; the terms are its arguments.
  public let start: ProcessStart
  /// The version before, as far as there is a way from it.
  public let previous: ModuleCode?
  /// What the module's behaviour calls by name, as that behaviour keeps it.
  package let callbacks: (any Sendable)?
  let up: Conversion?
  let down: Conversion?

  /// The first version of a module.
  public init(
    _ name: String, version: Term, start: ProcessStart, callbacks: (any Sendable)? = nil
  ) {
    self.callbacks = callbacks
    self.name = name
    self.version = version
    self.start = start
    previous = nil
    up = nil
    down = nil
  }

  /// A later version of `previous`.
  public init(
    after previous: ModuleCode, version: Term, start: ProcessStart,
    callbacks: (any Sendable)? = nil, up: @escaping Conversion, down: @escaping Conversion
  ) {
    self.callbacks = callbacks
    name = previous.name
    self.version = version
    self.start = start
    self.previous = previous
    self.up = up
    self.down = down
  }

  /// The conversions on the way to `target`, in order; nil when no version of the one comes before
  /// the other.
  func way(to target: ModuleCode) -> [Conversion]? {
    if let ups = target.conversions(since: self, \.up) { return ups.reversed() }
    return conversions(since: target, \.down)
  }

  /// This version's own conversion first, and on back to `earlier`.
  private func conversions(
    since earlier: ModuleCode, _ direction: KeyPath<ModuleCode, Conversion?>
  ) -> [Conversion]? {
    var found: [Conversion] = []
    var code = self
    while code !== earlier {
      guard let next = code.previous, let conversion = code[keyPath: direction] else { return nil }
      found.append(conversion)
      code = next
    }
    return found
  }

  /// This version or an earlier one.
  func earlier(version: Term) -> ModuleCode? {
    var code: ModuleCode? = self
    while let next = code, next.version != version { code = next.previous }
    return code
  }
}

/// What a module's name stands for.
struct LoadedModule: Sendable {
  /// Who starts or comes over gets this version; nil once it was removed.
  var current: ModuleCode?
  /// The version before it, which processes may still run; nil once it was purged.
  var old: ModuleCode?
}

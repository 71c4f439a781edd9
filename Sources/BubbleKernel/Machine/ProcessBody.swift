public import BubbleEvents

/// What a process does, turn by turn; behaviours such as a gen_server are bodies.
///
/// A body is a value: copying a machine copies the bodies of its processes. Throwing from any of
/// these ends the process (see `ProcessExit`). A Swift trap ends the whole program instead.
public protocol ProcessBody: Sendable {
  /// The behaviour and its module, such as `gen_server Cache`.
  var behaviour: String { get }

  /// The version of the module that it was started through; nil for any other process.
  var code: ModuleCode? { get }

  /// The first turn.
  mutating func start(_ context: inout ProcessContext) throws
  /// One message that was next in the mailbox.
  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws
  /// The end of a wait begun with `ProcessContext.wait`.
  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws
  /// An orderly stop asked for from outside (OTP: sys:terminate).
  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws
  /// New code; the answer goes to whoever asked, `ok` or `{error,Why}` (OTP: sys:change_code).
  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term

  /// Gives the part of the state that inspection calls `field` another value (OTP:
  /// sys:replace_state); throwing leaves the state as it was.
  mutating func replaceState(_ field: String, with value: Term) throws

  /// A system request other than to end has been served; a suspended process handles nothing else
  /// until it is resumed.
  mutating func systemRequestServed(
    isSuspended: Bool, _ context: inout ProcessContext
  ) throws

  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension ProcessBody {
  /// None.
  public var code: ModuleCode? { nil }

  /// Does nothing.
  public mutating func start(_ context: inout ProcessContext) throws {
    context.acknowledgeStart()
  }

  /// Does nothing; a body that never waits needs nothing else.
  public mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {}

  /// Ends at once with `reason`.
  public mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    context.finish(reason)
  }

  /// Accepts any new code without a change of state.
  public mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    "ok"
  }

  /// Fails: nothing of the state can be replaced.
  public mutating func replaceState(_ field: String, with value: Term) throws {
    throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
  }

  /// Does nothing.
  public mutating func systemRequestServed(
    isSuspended: Bool, _ context: inout ProcessContext
  ) throws {}

  /// Answers as sys:replace_state does; a failure leaves the state.
  mutating func tryReplacingState(_ field: String, with value: Term) -> Term {
    let old = self
    do {
      try replaceState(field, with: value)
      return "ok"
    } catch {
      self = old
      return .tuple(["error", ExitReason(uncaught: error).term])
    }
  }

  /// The stored properties, by reflection.
  public func describeState() -> [ProcessInspection.Field] {
    ProcessInspection.fields(reflecting: self)
  }
}

extension ProcessInspection {
  /// The stored properties of `value`, one field each; a value without any is one field `state`.
  public static func fields(reflecting value: Any) -> [Field] {
    let children = Mirror(reflecting: value).children
    guard !children.isEmpty else {
      return [Field(name: "state", value: Term(reflecting: value).description)]
    }
    return children.enumerated().map { index, child in
      Field(name: child.label ?? String(index), value: Term(reflecting: child.value).description)
    }
  }
}

public import BubbleEvents
public import BubbleKernel

/// What a function comes to that may have to wait, such as a call, for a process of whatever kind.
///
/// A process cannot stop inside a turn. A function that would make it is a value instead: it has
/// its answer, or it says what it waits for and how it goes on. A server returns it from a callback
/// through `Waitable.after`, any other body keeps it and resumes it.
public indirect enum Blocking<Value: Sendable>: Sendable {
  /// How it goes on with what came; it may raise what the function raises.
  public typealias Then = @Sendable (Received, inout ProcessContext) throws -> Blocking<Value>

  /// The function has returned.
  case value(Value)
  /// It waits, until that instant at most.
  case waiting(Awaited, until: RuntimeInstant?, then: Then)

  /// Goes on with the value in another function that may wait.
  public func then<Result: Sendable>(
    _ context: inout ProcessContext,
    _ next: @escaping @Sendable (Value, inout ProcessContext) throws -> Blocking<Result>
  ) throws -> Blocking<Result> {
    switch self {
    case .value(let value): try next(value, &context)
    case .waiting(let awaited, let instant, let then):
      .waiting(awaited, until: instant) { received, context in
        try then(received, &context).then(&context, next)
      }
    }
  }

  /// The same with the value changed.
  public func map<Result: Sendable>(
    _ change: @escaping @Sendable (Value) -> Result
  ) -> Blocking<Result> {
    switch self {
    case .value(let value): .value(change(value))
    case .waiting(let awaited, let instant, let then):
      .waiting(awaited, until: instant) { received, context in
        try then(received, &context).map(change)
      }
    }
  }

  /// The mark of the answer that it waits for, if that is what it does.
  package var awaitedReply: Reference? {
    if case .waiting(.reply(let mark), _, _) = self { mark } else { nil }
  }

  /// The same, with what it raises turned into a value.
  public func catching(
    _ context: inout ProcessContext,
    _ rescue: @escaping @Sendable (any Error, inout ProcessContext) throws -> Value
  ) -> Blocking<Value> {
    switch self {
    case .value: self
    case .waiting(let awaited, let instant, let then):
      .waiting(awaited, until: instant) { received, context in
        do {
          return try then(received, &context).catching(&context, rescue)
        } catch {
          return .value(try rescue(error, &context))
        }
      }
    }
  }
}

extension Waitable {
  /// Goes on with what a function comes to that may have to wait.
  public static func after<Value: Sendable>(
    _ blocking: Blocking<Value>, in server: inout Server, _ context: inout ProcessContext,
    _ next:
      @escaping @Sendable (inout Server, Result<Value, any Error>, inout ProcessContext)
      throws -> Self
  ) throws -> Self {
    switch blocking {
    case .value(let value): return try next(&server, .success(value), &context)
    case .waiting(let awaited, let instant, let then):
      let timeout = instant.map { max(.zero, $0 - context.now) }
      return .wait(
        Wait(awaited, timeout: timeout) { server, received, context in
          let blocking: Blocking<Value>
          do {
            blocking = try then(received, &context)
          } catch {
            return try next(&server, .failure(error), &context)
          }
          return try after(blocking, in: &server, &context, next)
        })
    }
  }
}

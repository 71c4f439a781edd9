public import BubbleEvents
public import BubbleKernel

/// The turns of one type of server, as functions that were compiled for that type.
///
/// A body is reached through `any ProcessBody`, by code that has to look up everything about its
/// type at each step. These functions are made where the type is known, once a start function; they
/// hold no state.
@usableFromInline final class ServerLoop<Server: GenServer>: Sendable {
  @usableFromInline typealias Body = GenServerBody<Server>

  @usableFromInline let start: @Sendable (inout Body, inout ProcessContext) -> Void
  @usableFromInline let receive: @Sendable (inout Body, Message, inout ProcessContext) -> Void
  @usableFromInline let resume: @Sendable (inout Body, Received, inout ProcessContext) -> Void
  @usableFromInline let terminate: @Sendable (inout Body, ExitReason, inout ProcessContext) -> Void

  @inlinable init() {
    start = { body, context in body.handleStart(&context) }
    receive = { body, message, context in body.handle(message, &context) }
    resume = { body, received, context in body.handle(received, &context) }
    terminate = { body, reason, context in body.end(Body.Ending(stopping: reason), &context) }
  }
}

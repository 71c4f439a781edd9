import BubbleEvents
public import BubbleKernel

/// The process of a node that executes `blockCalling` one after the other, and delivers messages to
/// names (OTP: rex, D158, D159).
public struct RemoteCallServer: ProcessBody {
  /// What it is asked for.
  enum Request: Sendable {
    case execute(RemoteFunction)
    /// Whether somebody has the name.
    case deliver(any Sendable, to: String)
  }

  /// Under which it is registered.
  static let name = "rex"

  private var pending: (caller: Caller, then: Blocking<Term>.Then)?

  init() {}

  /// Starts it on a node that has just been started, as a process of which nothing is told.
  public static func start(on kernel: inout Kernel) {
    kernel.spawnUntold(RemoteCallServer())
  }

  /// The process of OTP that it stands for.
  public var behaviour: String { "gen_server rex" }

  /// Takes its name, and listens to its node.
  public mutating func start(_ context: inout ProcessContext) throws {
    try context.register(Self.name, context.pid)
    context.trapsExits = true
  }

  /// Serves processes, and those of its kind on other nodes.
  public mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    guard case .call(let payload, let caller) = message,
      let request = unpack(payload, as: Request.self)
    else { return }
    switch request {
    case .execute(let function):
      do {
        goOn(try function(&context), caller, &context)
      } catch {
        context.reply(to: caller, RemoteOutcome(error))
      }
    case .deliver(let payload, let name):
      let target = context.whereis(name)
      if let target { context.send(payload, to: target) }
      context.reply(to: caller, target != nil)
    }
  }

  /// Goes on with the function that waits.
  public mutating func resume(
    _ received: Received, _ context: inout ProcessContext
  ) throws {
    guard let (caller, next) = pending else { return }
    pending = nil
    do {
      goOn(try next(received, &context), caller, &context)
    } catch {
      context.reply(to: caller, RemoteOutcome(error))
    }
  }

  private mutating func goOn(
    _ blocking: Blocking<Term>, _ caller: Caller, _ context: inout ProcessContext
  ) {
    switch blocking {
    case .value(let value): context.reply(to: caller, RemoteOutcome.returned(value))
    case .waiting(let awaited, let instant, let next):
      pending = (caller, next)
      context.wait(for: awaited, until: instant)
    }
  }
}

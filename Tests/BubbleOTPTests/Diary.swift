import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// Tells what is done with it, in order.
struct Diary: GenServer {
  typealias Cast = @Sendable (inout ProcessContext) throws -> CastResult<Diary>

  var start: InitResult<Diary> = .ok
  var startError: (any Error)?
  var terminateError: (any Error)?
  var entries: [String] = []

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Diary> {
    if let startError { throw startError }
    return start
  }

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Diary> {
    .reply(.list(entries.map(Term.atom)))
  }

  mutating func handleCast(
    _ request: Cast, _ context: inout ProcessContext
  ) throws -> CastResult<Diary> {
    try request(&context)
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Diary> {
    entries.append("\(message)")
    return .noReply
  }

  mutating func handleContinue(
    _ continuation: Term, _ context: inout ProcessContext
  ) throws -> CastResult<Diary> {
    entries.append("continue \(continuation)")
    return .noReply
  }

  mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<Diary> {
    context.post(.limitReached(pid: context.pid, limit: "terminate \(reason)"))
    if let terminateError { throw terminateError }
    return .done
  }
}

/// A machine of servers, and what is asked about it.
struct Servers {
  var simulation = Simulation(seed: 1)

  mutating func started(_ diary: Diary = Diary()) throws -> PID {
    guard case .ok(let pid, _)? = simulation.start(.genServer { diary }) else {
      throw Shop.ShopError.notStarted
    }
    return pid
  }

  mutating func cast(_ pid: PID, _ deed: @escaping Diary.Cast) {
    simulation.cast(deed, to: pid)
    simulation.runUntilIdle()
  }

  mutating func ends() -> [String] {
    simulation.takeEvents().compactMap { event in
      switch event.kind {
      case .limitReached(_, let text): text
      case .reported(.serverTerminated(_, let reason)): "server report \(reason)"
      case .reported(.crash(_, let reason)): "crash report \(reason)"
      case .process(_, .exited(let reason)): "exit \(reason)"
      default: nil
      }
    }
  }
}

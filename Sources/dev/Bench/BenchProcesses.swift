import BubbleEvents
import BubbleKernel
import BubbleOTP

/// The processes that the runtime's rows are made of; Tests/Oracle/bench.erl has the same ones.
enum BenchProcesses {
  /// Counts what it is asked (bench.erl: worker).
  struct Counter: GenServer {
    enum Request: Sendable { case next, count }

    var count = 0

    mutating func handleCall(
      _ request: Request, from caller: Caller, _ context: inout ProcessContext
    ) throws -> CallResult<Counter> {
      switch request {
      case .next:
        count += 1
        return .reply(count - 1)
      case .count: return .reply(count)
      }
    }

    mutating func handleCast(
      _ request: Request, _ context: inout ProcessContext
    ) throws -> CastResult<Counter> {
      count += 1
      return .noReply
    }

    typealias Call = Request
    typealias Cast = Request
    typealias Reply = Int
  }

  /// Ends in its first turn.
  struct Brief: ProcessBody {
    var behaviour: String { "brief" }

    mutating func start(_ context: inout ProcessContext) throws { context.finish(.normal) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
  }

  /// Spawns a process, waits for its end, and does so again.
  struct Spawner: ProcessBody {
    var left: Int
    var behaviour: String { "spawner" }

    mutating func start(_ context: inout ProcessContext) throws { next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      next(&context)
    }

    private mutating func next(_ context: inout ProcessContext) {
      guard left > 0 else { return }
      left -= 1
      let (_, mark) = context.spawnMonitor(Brief())
      context.wait(for: .down(mark))
    }
  }

  /// A message that says who sent it.
  struct Ping: Sendable { var from: PID }

  /// Answers each message.
  struct Echo: ProcessBody {
    var behaviour: String { "echo" }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
      guard let ping = message.plain(as: Ping.self) else { return }
      context.send(Ping(from: context.pid), to: ping.from)
    }
  }

  /// Sends a message and waits for the answer, again and again.
  struct Pinger: ProcessBody {
    var left: Int
    let echo: PID
    var behaviour: String { "pinger" }

    mutating func start(_ context: inout ProcessContext) throws { next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
      guard let ping = message.plain(as: Ping.self), ping.from == echo else { return }
      next(&context)
    }

    private mutating func next(_ context: inout ProcessContext) {
      guard left > 0 else { return }
      left -= 1
      context.send(Ping(from: context.pid), to: echo)
    }
  }

  /// Calls a server and waits at most 5 s for the answer, again and again (gen_server:call/2).
  struct Client: ProcessBody {
    var left: Int
    let server: PID
    var behaviour: String { "client" }

    mutating func start(_ context: inout ProcessContext) throws { next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      guard case .message(.reply(_, _ as Int)) = received else { throw RaisedError("timeout") }
      next(&context)
    }

    private mutating func next(_ context: inout ProcessContext) {
      guard left > 0 else { return }
      left -= 1
      let mark = context.call(Counter.Request.next, to: server)
      context.wait(for: .reply(mark), timeout: .seconds(5))
    }
  }

  /// Casts, and calls after each thousand so that mailboxes stay short.
  struct Caster: ProcessBody {
    static let batch = 1000

    var left: Int
    let server: PID
    var behaviour: String { "caster" }

    mutating func start(_ context: inout ProcessContext) throws { next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      next(&context)
    }

    private mutating func next(_ context: inout ProcessContext) {
      guard left > 0 else { return }
      left -= Self.batch
      for _ in 0..<Self.batch { context.cast(Counter.Request.next, to: server) }
      let mark = context.call(Counter.Request.count, to: server)
      context.wait(for: .reply(mark), timeout: .seconds(5))
    }
  }

  /// Kills the process named `victim` and waits until its supervisor answers with another in place.
  struct Killer: ProcessBody {
    var left: Int
    let supervisor: PID
    var behaviour: String { "killer" }

    mutating func start(_ context: inout ProcessContext) throws { try next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      switch received {
      case .message(.down):
        let mark = context.call(SupervisorRequest.countChildren, to: supervisor)
        context.wait(for: .reply(mark))
      case .message, .timedOut: try next(&context)
      }
    }

    private mutating func next(_ context: inout ProcessContext) throws {
      guard let victim = context.whereis("victim") else { throw RaisedError("badmatch") }
      guard left > 0 else { return }
      left -= 1
      let mark = context.monitor(victim)
      context.kill(victim)
      context.wait(for: .down(mark))
    }
  }

  /// Starts a supervisor and children under it; then waits for the order to stop them all.
  struct Owner: ProcessBody {
    struct Stop: Sendable {}

    let tree: Supervisor
    var left: Int
    var supervisor = PID(0)
    var behaviour: String { "owner" }

    mutating func start(_ context: inout ProcessContext) throws {
      context.trapsExits = true
      guard case .spawned(let pid, _) = try tree.start.run(&context, []) else {
        throw RaisedError("badmatch")
      }
      supervisor = pid
      context.wait(for: .start(pid))
    }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
      switch message {
      case .plain(_ as Stop): context.exit(supervisor, reason: .shutdown)
      case .exit: context.finish(.normal)
      default: break
      }
    }

    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      guard left > 0 else { return }
      left -= 1
      let mark = context.call(SupervisorRequest.startDynamic([]), to: supervisor)
      context.wait(for: .reply(mark))
    }
  }

  /// Starts servers, one after the other (gen_server:start).
  struct Starter: ProcessBody {
    var left: Int
    var behaviour: String { "starter" }

    mutating func start(_ context: inout ProcessContext) throws { next(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      next(&context)
    }

    private mutating func next(_ context: inout ProcessContext) {
      guard left > 0 else { return }
      left -= 1
      let attempt = context.startServer(Counter(), isLinked: false)
      if case .spawned(let pid, _) = attempt { context.wait(for: .start(pid)) }
    }
  }
}

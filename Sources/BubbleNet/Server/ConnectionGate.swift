public import BubbleEvents
import BubbleKernel
import BubbleOTP

/// What the gate of a listener can be asked for, as a call; it answers with a term.
public enum GateRequest: Hashable, Sendable {
  /// Waits until fewer connections are open than may be; `ok`.
  case enter
  /// How many connections are open.
  case count
  /// Allows more or fewer; who is connected stays (ranch: set_max_connections).
  case setMaximum(Int)
}

/// What the gate of a listener is told, as a cast.
public enum GateNotice: Hashable, Sendable {
  /// The process serves a new connection.
  case entered(PID)
  /// The process counts no more, although it lives (ranch: remove_connection).
  case remove(PID)
}

/// Counts the connections of a listener and lets acceptors pass while there is room.
///
/// The limit is soft, as ranch's is: each acceptor may have let one more in (TP13). The gate knows
/// nothing that it cannot ask for again, so its crash closes no connection.
struct ConnectionGate: GenServer {
  let connections: String
  var maximum: Int
  var open: [PID: Reference] = [:]
  var waiting: [Caller] = []

  init(connections: String, maximum: Int) {
    self.connections = connections
    self.maximum = maximum
  }

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "connections", value: String(open.count)),
      .init(name: "maximum", value: String(maximum)),
      .init(name: "acceptors waiting", value: String(waiting.count)),
    ]
  }

  /// Counts who is there already.
  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<ConnectionGate> {
    guard let supervisor = context.whereis(connections) else { return .stop(.noProcess) }
    let mark = context.call(SupervisorRequest.whichChildren, to: supervisor)
    return .wait(
      Wait(.reply(mark)) { gate, received, context in
        guard case .message(.reply(_, let reply as SupervisorReply)) = received,
          case .children(let children) = reply
        else { return .stop(.noProcess) }
        for case .pid(let pid) in children.map(\.child) { gate.watch(pid, &context) }
        return .ok
      })
  }

  mutating func handleCall(
    _ request: GateRequest, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<ConnectionGate> {
    switch request {
    case .enter:
      guard open.count < maximum else {
        waiting.append(caller)
        return .noReply
      }
      return .reply("ok")
    case .count: return .reply(.integer(open.count))
    case .setMaximum(let maximum):
      self.maximum = max(maximum, 0)
      letIn(&context)
      return .reply("ok")
    }
  }

  mutating func handleCast(
    _ notice: GateNotice, _ context: inout ProcessContext
  ) throws -> CastResult<ConnectionGate> {
    switch notice {
    case .entered(let pid): watch(pid, &context)
    case .remove(let pid):
      if let mark = open.removeValue(forKey: pid) { context.demonitor(mark, flush: true) }
      letIn(&context)
    }
    return .noReply
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ConnectionGate> {
    if case .down(_, let pid?, _) = message {
      open[pid] = nil
      letIn(&context)
    }
    return .noReply
  }

  private mutating func watch(_ pid: PID, _ context: inout ProcessContext) {
    guard open[pid] == nil else { return }
    open[pid] = context.monitorQuietly(pid)
  }

  /// Lets as many waiting acceptors go on as there is room for.
  private mutating func letIn(_ context: inout ProcessContext) {
    var room = maximum - open.count
    while room > 0, !waiting.isEmpty {
      context.reply(to: waiting.removeFirst(), Term.atom("ok"))
      room -= 1
    }
  }
}

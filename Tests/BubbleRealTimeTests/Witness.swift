import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleRealTime
import Dispatch
import Synchronization

/// A world that writes down what is asked of it.
final class Witness: OutsideWorld {
  let lines: AsyncStream<String>
  private let writer: AsyncStream<String>.Continuation

  init() { (lines, writer) = AsyncStream.makeStream() }

  func perform(_ request: any Sendable, for process: PID, in machine: RealTimeMachine) {
    if let gate = request as? DispatchSemaphore {
      writer.yield("gate")
      gate.wait()
    } else {
      writer.yield("\(process) \(request)")
    }
  }

  func processEnded(_ process: PID, in machine: RealTimeMachine) {
    writer.yield("\(process) ended")
  }

  func machineStopped() { writer.finish() }

  /// The next lines.
  func next(_ count: Int) async -> [String] {
    var found: [String] = []
    for await line in lines {
      found.append(line)
      if found.count == count { break }
    }
    return found
  }
}

/// Asks the outside for whatever it is told, and ends when it is told `stop` or `boom`.
struct Herald: GenServer {
  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Herald> {
    switch message {
    case .message("stop" as String): return .stop(.normal)
    case .message("boom" as String): throw RaisedError("boom")
    case .message(let gate as DispatchSemaphore): context.askOutside(gate)
    case .message(let task as OutsideTask): context.askOutside(task)
    case .message(let wait as Duration):
      _ = try context.sendAfter(wait, "waited", to: .pid(context.pid))
    case .message(let ended as OutsideTaskEnded):
      context.askOutside("task \(ended.id): \(ended.outcome)")
    case .message(let work as TaskWork<String>):
      let task = context.async(work)
      return .wait(
        try .awaiting(task, timeout: nil, &context) { _, value, context in
          context.askOutside("awaited \(value)")
          return .noReply
        })
    case .message(let payload): context.askOutside(String(describing: payload))
    default: break
    }
    return .noReply
  }
}

extension RealTimeMachine {
  /// Starts a herald; nil when that fails.
  func startHerald() -> PID? {
    guard case .ok(let pid, _)? = start(.genServer { Herald() }) else { return nil }
    return pid
  }
}

internal import BubbleEvents
internal import BubbleKernel
internal import Synchronization

/// The tasks that run for the processes of one machine.
final class OutsideTasks: Sendable {
  /// Tasks that may run at once; more are refused.
  static let atMost = 10_000

  private struct Running {
    var tasks: [PID: [Int: Task<Void, Never>]] = [:]
    var count = 0
    var last = 0
  }

  private let running = Mutex(Running())

  /// Begins a task; its outcome is posted to `process`.
  func begin(_ task: OutsideTask, for process: PID, in machine: RealTimeMachine) {
    let isRefused = running.withLock { running in
      guard running.count < Self.atMost else { return true }
      running.count += 1
      running.last += 1
      let number = running.last
      running.tasks[process, default: [:]][number] = Task {
        let outcome: OutsideTaskEnded.Outcome
        do {
          outcome = .value(try await task.work())
        } catch {
          outcome = .failure(String(describing: error))
        }
        if forget(number, of: process) {
          _ = machine.post(OutsideTaskEnded(id: task.id, outcome: outcome), to: process)
        }
      }
      return false
    }
    guard isRefused else { return }
    let refusal = OutsideTaskEnded.Outcome.failure("\(Self.atMost) tasks run already")
    _ = machine.post(OutsideTaskEnded(id: task.id, outcome: refusal), to: process)
  }

  /// Cancels what runs for a process that has ended.
  func cancel(for process: PID) {
    let ended = running.withLock { running in
      let ended = running.tasks.removeValue(forKey: process) ?? [:]
      running.count -= ended.count
      return ended
    }
    for task in ended.values { task.cancel() }
  }

  /// Cancels everything.
  func cancelAll() {
    let ended = running.withLock { running in
      defer { running = Running(last: running.last) }
      return running.tasks.values.flatMap(\.values)
    }
    for task in ended { task.cancel() }
  }

  /// Takes a task out that has ended; false when it was cancelled.
  private func forget(_ number: Int, of process: PID) -> Bool {
    running.withLock { running in
      guard running.tasks[process]?.removeValue(forKey: number) != nil else { return false }
      running.count -= 1
      if running.tasks[process]?.isEmpty == true { running.tasks[process] = nil }
      return true
    }
  }
}

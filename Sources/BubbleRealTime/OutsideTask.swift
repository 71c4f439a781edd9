public import BubbleEvents
import Synchronization

/// Asynchronous work that a process asks for with `askOutside`, and whose outcome it gets as a plain
/// message `OutsideTaskEnded`.
///
/// It runs outside of the machine, beside everything else, and is cancelled when the process ends.
public struct OutsideTask: Sendable {
  /// What the process tells it by.
  public var id: Term
  /// The work; what it throws becomes a failure in words.
  public var work: @Sendable () async throws -> any Sendable

  /// Creates a piece of work.
  public init(id: Term, work: @escaping @Sendable () async throws -> any Sendable) {
    self.id = id
    self.work = work
  }
}

/// What came of an `OutsideTask`.
public struct OutsideTaskEnded: Sendable {
  /// How it ended.
  public enum Outcome: Sendable {
    /// With this value.
    case value(any Sendable)
    /// It failed, in words.
    case failure(String)
  }

  /// The task's id.
  public var id: Term
  /// How it ended.
  public var outcome: Outcome

  /// Creates an outcome.
  public init(id: Term, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }
}

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

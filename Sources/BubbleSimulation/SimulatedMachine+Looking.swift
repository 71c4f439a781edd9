public import BubbleEvents
import BubbleKernel

/// What can be seen of a machine without disturbing it.
extension SimulatedMachine {
  /// Whether it has several nodes.
  public var isCluster: Bool { cluster != nil }

  /// Whether something is left to do at the present instant.
  public var isRunnable: Bool {
    if let cluster { !cluster.isQuiet } else { alone.isRunnable }
  }

  /// Whether nothing goes on now: no message can be handled, and no supervisor is in the middle of
  /// stopping, starting or retrying.
  ///
  /// Between nodes neither an end nor a loss is under way, nor anything of the system; messages
  /// between processes may be.
  public var isSettled: Bool {
    if let cluster { cluster.isSettled } else { alone.isSettled }
  }

  /// The processes alive, oldest first on each node; without those of the system.
  public var processes: [PID] {
    if let cluster { cluster.processes } else { alone.kernel.processes }
  }

  /// How many processes live; without those of the system.
  public var processCount: Int {
    if let cluster { cluster.processes.count } else { alone.kernel.processCount }
  }

  /// What can be seen of a process; nil when it is dead.
  public func inspect(_ pid: PID, mailboxLimit: Int = 20) -> ProcessInspection? {
    if let cluster { return cluster.inspect(pid, mailboxLimit: mailboxLimit) }
    return alone.inspect(pid, mailboxLimit: mailboxLimit)
  }

  /// The changing numbers of those processes that live.
  public func metrics(of pids: [PID]) -> [ProcessMetrics] {
    if let cluster { cluster.metrics(of: pids) } else { alone.metrics(of: pids) }
  }
}

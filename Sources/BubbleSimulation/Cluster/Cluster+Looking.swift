public import BubbleEvents
import BubbleKernel

/// What can be seen of the nodes that run, without disturbing them.
extension Cluster {
  /// The processes alive, by node and oldest first; without those of the system.
  public var processes: [PID] {
    kernels.flatMap { kernel in kernel.processes.filter { !kernel.isUntold($0) } }
  }

  /// What can be seen of a process; nil when it is dead, or its node does not run.
  public func inspect(_ pid: PID, mailboxLimit: Int) -> ProcessInspection? {
    runningKernel(pid.node)?.inspect(pid, mailboxLimit: mailboxLimit)
  }

  /// The changing numbers of those processes that live.
  public func metrics(of pids: [PID]) -> [ProcessMetrics] {
    pids.compactMap { runningKernel($0.node)?.metrics(of: $0) }
  }

  /// Whether nothing goes on now: no node has anything to do, no supervisor is in the middle of
  /// anything, and between the nodes nothing is under way but messages between processes.
  public var isSettled: Bool {
    isQuiet && !kernels.contains(where: \.isActing)
      && !network.isChanging { runningKernel($0.node)?.isUntold($0) ?? false }
  }

  /// Those of the nodes that run, in the order of their numbers.
  private var kernels: [Kernel] {
    running.sorted().compactMap(kernel)
  }

  private func runningKernel(_ node: NodeID) -> Kernel? {
    isRunning(node) ? kernel(node) : nil
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP
package import BubbleSimulation

extension Scenario {
  /// The nodes of this scenario as a cluster, at its first instant; the trees start with the first
  /// turns.
  ///
  /// Its faults are not part of it; see `machine(seed:)`.
  package func cluster(seed: UInt64? = nil) -> Cluster {
    var options = ClusterOptions()
    options.latency = network.latency
    options.setUpTime = network.setUpTime
    options.noticing = network.tickTime.map { .ticks($0) } ?? .atOnce
    let specs = nodes.map { NodeSpec($0.name, isHidden: $0.isHidden, isRunning: $0.starts) }
    var cluster = Cluster(
      seed: seed ?? self.seed ?? 1, nodes: specs, options: options, boot: boot())
    for cable in network.cables where cable.ends.count == 2 {
      cluster.setLatency(
        cable.latency, between: Self.id(cable.ends[0]), and: Self.id(cable.ends[1]))
    }
    return cluster
  }

  /// What runs on a node from its start: the processes of the system, and the node's tree.
  private func boot() -> Cluster.Boot {
    let starts = nodes.map { node in
      var builder = ScenarioBuilder()
      return builder.start(node.root)
    }
    var names = GlobalNameServer.Options()
    names.preventsOverlaps = network.preventsOverlaps
    let visible = nodes.indices.filter { !nodes[$0].isHidden }.map(Self.id)
    let connects = network.connect == .start
    let settling = settlingTime
    return { [names] kernel in
      GlobalNameServer.start(on: &kernel, names)
      ProcessGroupServer.start(on: &kernel)
      RemoteCallServer.start(on: &kernel)
      let start = starts[Int(kernel.node.number) - 1]
      guard connects, visible.contains(kernel.node) else {
        _ = kernel.begin(start)
        return
      }
      let own = kernel.node
      NodeSynchronizer.start(
        on: &kernel, connecting: visible.filter { $0 != own }, settling: settling, then: start)
    }
  }

  /// How long name servers may take to agree, once their nodes are connected.
  private var settlingTime: Duration {
    let longest = network.cables.map(\.latency).reduce(network.latency, max)
    return .milliseconds(1) + longest * 10
  }

  /// The identity of the node of that number, from 0.
  static func id(_ number: Int) -> NodeID { NodeID(UInt32(number) + 1) }
}

extension Scenario {
  /// How the nodes of a cluster are connected.
  package struct Network: Hashable, Sendable {
    /// A cable that differs from the others.
    package struct Cable: Hashable, Sendable {
      /// The numbers of the nodes that it joins, from 0 in the order of the file.
      package var ends: [Int]
      /// How long a signal takes over it.
      package var latency: Duration

      package init(_ ends: [Int], latency: Duration) {
        self.ends = ends
        self.latency = latency
      }
    }

    /// When nodes connect by themselves.
    package enum Connecting: String, Hashable, Sendable, CaseIterable {
      /// When they start, before their trees do (OTP: sync_nodes_optional).
      case start
      /// Only when a signal goes from one to another.
      case signal
    }

    /// How long a signal takes over a cable of which nothing else is said.
    package var latency = Duration.zero
    /// The cables of which something else is said.
    package var cables: [Cable] = []
    /// When nodes connect.
    package var connect = Connecting.start
    /// Whether a node that has lost one connection is left by all others.
    package var preventsOverlaps = true
    /// The time after which a silent node counts as lost; nil when a cut is noticed at once.
    package var tickTime: Duration?
    /// How long it takes to give up on a node behind a cut cable.
    package var setUpTime = Duration.zero

    /// A network that takes no time.
    package init() {}
  }
}

/// How the nodes of a cluster and the network between them behave.
public struct ClusterOptions: Hashable, Sendable {
  /// When a signal may make a connection (OTP: dist_auto_connect).
  public enum AutoConnect: Hashable, Sendable {
    /// Whenever there is none.
    case always
    /// Only while there was none before; after a loss somebody has to ask for it.
    case once
    /// Never: somebody has to ask for every connection.
    case never
  }

  /// How an end learns that a cable is cut (OTP: D18).
  public enum Noticing: Hashable, Sendable {
    /// In the instant of the cut, as of a closed socket.
    case atOnce
    /// By silence: each end for itself, after a random time between three and five quarters of
    /// this one (OTP: net_ticktime).
    case ticks(Duration)
  }

  /// When a signal may make a connection.
  public var autoConnect = AutoConnect.always
  /// How a cut cable is noticed.
  public var noticing = Noticing.atOnce
  /// How long a signal takes over a cable of which nothing else is said.
  public var latency = Duration.zero
  /// How many bytes a second go over a cable in each direction, one signal after the other, where
  /// nothing else is said of it; nil for any number.
  ///
  /// A signal has the bytes of its text, and 16 more.
  public var bandwidth: Int?
  /// How long it takes to give up on a node behind a cut cable (OTP: net_setuptime).
  public var setUpTime = Duration.zero

  /// OTP's way, over a network that takes no time.
  public init() {}
}

/// A node that a cluster may have.
public struct NodeSpec: Hashable, Sendable {
  /// Its name, which also decides conflicts.
  public var name: String
  /// Whether its connections are hidden ones (OTP: D6).
  public var isHidden: Bool
  /// Whether it runs from the beginning.
  public var isRunning: Bool

  /// Describes a node.
  public init(_ name: String, isHidden: Bool = false, isRunning: Bool = true) {
    self.name = name
    self.isHidden = isHidden
    self.isRunning = isRunning
  }
}

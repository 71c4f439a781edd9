public import BubbleEvents
public import BubbleKernel

/// Where an application of several nodes may run: on one of them at a time (OTP: the kernel
/// parameter `distributed`).
///
/// It should be the same on all nodes.
public struct DistributedApplication: Hashable, Sendable {
  /// The application.
  public var name: String
  /// How long its node has to be lost before another one starts it.
  public var timeout: Duration
  /// The nodes, in the order of their priority; those of one list are equal.
  public var nodes: [[NodeID]]

  /// Describes where an application may run.
  public init(_ name: String, timeout: Duration = .zero, on nodes: [[NodeID]]) {
    self.name = name
    self.timeout = timeout
    self.nodes = nodes
  }

  /// The place of a node in the order of priority; nil for one where it may not run.
  func priority(of node: NodeID) -> Int? { nodes.firstIndex { $0.contains(node) } }
}

/// Why an application starts (OTP: the first argument of start/2).
public enum ApplicationStartType: Hashable, Sendable {
  /// Because somebody asked for it, or without start phases because its node was lost.
  case normal
  /// Because the node that it ran on was lost; only with start phases.
  case failover(NodeID)
  /// Because it is to run here and not on that node, where it stops after this start.
  case takeover(NodeID)

  /// As OTP's start/2 is given it.
  public func term(_ names: NodeNames) -> Term {
    switch self {
    case .normal: "normal"
    case .failover(let node): .tuple(["failover", .atom(names[node])])
    case .takeover(let node): .tuple(["takeover", .atom(names[node])])
    }
  }
}

/// How an application stands on a node.
struct ApplicationStand: Hashable, Sendable {
  /// Whether it was asked for there.
  var isStarted = false
  /// Whether whoever asked waits for the nodes to agree.
  var isWaiting = false
  var runs = false
  var isPermitted = true
}

/// What application controllers tell each other.
struct ApplicationLetter: Sendable, TermConvertible {
  enum Content: Sendable {
    /// How it stands with me; you are asked to tell the same.
    case stand(ApplicationStand, asks: Bool)
    /// It runs here now: stop it.
    case giveUp
    /// Start it, and then tell me to stop it.
    case takeOver
    /// To oneself: see what is to be done.
    case decide
  }

  var from: NodeID
  var application: String
  var content: Content

  var term: Term {
    let word: Term =
      switch content {
      case .stand: "dist_ac_app"
      case .giveUp: "dist_ac_give_up"
      case .takeOver: "dist_ac_take_over"
      case .decide: "dist_ac_decide"
      }
    return .tuple([word, .atom(application)])
  }
}

/// What the controller of one node knows of an application of several.
struct ApplicationDistribution: Sendable {
  /// A node that is lost, and with it the application that ran there.
  struct Loss: Sendable {
    var node: NodeID
    /// The timer of its return; nil when that has run out.
    var timer: Reference?
  }

  let place: DistributedApplication
  let node: NodeID
  var own = ApplicationStand()
  /// What the other nodes that are connected have told.
  var others: [NodeID: ApplicationStand] = [:]
  var restart = ApplicationRestart.temporary
  var waiting: [ApplicationController.Requester] = []
  /// The connections that are being made before the nodes can agree.
  var connecting: Set<Reference> = []
  var loss: Loss?
  /// The node to be told when it runs here.
  var takesOver: NodeID?
  /// Whether it stops here because it runs elsewhere.
  var isMoving = false

  /// The other nodes of the list.
  var nodes: [NodeID] { place.nodes.joined().filter { $0 != node } }

  /// The node that it runs on, as far as is known.
  var runner: NodeID? { own.runs ? node : nodes.first { others[$0]?.runs == true } }

  /// The node of the highest priority that may start it; of equal ones that of the smallest name.
  func best(_ names: NodeNames, includingOwn: Bool = true) -> NodeID? {
    for equals in place.nodes {
      let able = equals.filter { other in
        guard other != node || includingOwn else { return false }
        guard let stand = other == node ? own : others[other] else { return false }
        return stand.isStarted && stand.isPermitted
      }
      if let first = able.min(by: { names[$0] < names[$1] }) { return first }
    }
    return nil
  }

  /// Whether this node is to have it rather than `other`.
  func isBefore(_ other: NodeID) -> Bool {
    guard let mine = place.priority(of: node), let its = place.priority(of: other) else {
      return false
    }
    return own.isPermitted && mine < its
  }
}

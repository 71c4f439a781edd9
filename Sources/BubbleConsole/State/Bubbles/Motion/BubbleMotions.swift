package import BubbleEvents
package import BubbleTree

/// What moves at the moment, and since which frame.
///
/// A value in the model: nothing here knows a clock. A new event cuts a slot's motion short.
package struct BubbleMotions: Hashable, Sendable {
  private struct Body: Hashable, Sendable {
    var motion: BubbleMotion
    var start: Int
  }

  /// A spark on its way from a dead child to its supervisor.
  struct Spark: Hashable, Sendable {
    var from: SlotID
    var to: SlotID
    var start: Int
  }

  /// Somebody in a crowd who just died.
  struct Death: Hashable, Sendable {
    var slot: SlotID
    var start: Int
  }

  /// A signal on its way from node to node.
  struct Bead: Hashable, Sendable {
    var from: NodeID
    var to: NodeID
    var start: Int
  }

  private var bodies: [SlotID: Body] = [:]
  private var allSparks: [Spark] = []
  private var allDeaths: [Death] = []
  private var allBeads: [Bead] = []
  /// The first frame in which everything rests.
  private var end = 0
  /// The frame in which the last burst of the machine is over; nil while somebody lives.
  private var fadeStart: Int?

  /// Frames after a death until its drops set off for the supervisor.
  static let sparkDelay = 2
  /// Frames from the death until the drops have arrived.
  static let sparkLength = 10
  /// Frames in which the picture of the end appears.
  static let fadeLength = 12
  /// Frames a death in a crowd is marked.
  static let deathLength = 48
  /// Frames from one node to the other.
  static let beadLength = 12
  /// Beads that are remembered; of more the oldest are forgotten.
  private static let mostBeads = 64
  /// Sparks that are remembered; in a storm the oldest are forgotten.
  private static let mostSparks = 64
  /// Deaths that are remembered: the front of a wave is that wide.
  private static let mostDeaths = 512

  package init() {}

  /// Whether anything moves in a frame.
  package func isMoving(_ frame: Int) -> Bool { frame < end }

  /// How far the picture of the end is: frames since the last burst was over, fewer than none
  /// before; nil when nothing is to be waited for.
  package func fade(at frame: Int) -> Int? {
    guard frame < end, let fadeStart else { return nil }
    return frame - fadeStart
  }

  /// How far a slot's bubble is in its motion; nil while it rests.
  func motion(of slot: SlotID, at frame: Int) -> BubbleMotion? {
    guard frame < end, let body = bodies[slot] else { return nil }
    return body.motion.after(frame - body.start)
  }

  /// The sparks in flight.
  func sparks(at frame: Int) -> [Spark] {
    allSparks.filter {
      frame >= $0.start + Self.sparkDelay && frame < $0.start + Self.sparkLength
    }
  }

  /// The signals that are on their way between nodes.
  func beads(at frame: Int) -> [Bead] {
    allBeads.filter { frame >= $0.start && frame < $0.start + Self.beadLength }
  }

  /// The deaths that are still marked, the latest last.
  func deaths(at frame: Int) -> [Death] {
    allDeaths.filter { frame < $0.start + Self.deathLength }
  }
}

// MARK: - Events

extension BubbleMotions {
  /// Takes in an event that `tree` has already folded; what `layout` does not show does not move.
  package mutating func note(
    _ event: Event, in tree: ProcessTree, layout: BubbleLayout, isReduced: Bool, frame: Int
  ) {
    if !isReduced, !tree.cluster.isEmpty { send(event.kind, frame) }
    guard let stir = Stir(event.kind) else { return }
    forget(before: frame)
    if case .nodeStopped = stir { stopNode(event, in: tree, layout, isReduced: isReduced, frame) }
    noteEnd(stir, in: tree, isReduced: isReduced, frame)
    guard let slot = tree.subject(of: event), tree.contains(slot) else { return }
    guard layout.index(of: slot) != nil else {
      if case .ended(_, isAbnormal: true) = stir { noteDeath(of: tree[slot], layout, frame) }
      return
    }
    switch stir {
    case .ended(let pid, let isAbnormal):
      let wasStopped = tree[slot].lives.last { $0.pid == pid }?.wasStopped ?? false
      // Who gives up ends itself in order, but it is the end of what it held.
      let gaveUp = tree[slot].state == .gaveUp
      if !gaveUp, wasStopped || !isAbnormal {
        if !isReduced { begin(.stop(frame: 0), slot, frame) }
      } else {
        begin(isReduced ? .burst : .pop(frame: 0), slot, frame)
        if !isReduced { fly(from: tree[slot], layout, frame) }
      }
    case .starting: if !isReduced { begin(.blow(frame: 0), slot, frame) }
    case .started: if !isReduced { begin(.land(frame: 0), slot, frame) }
    case .trapped:
      if !isReduced, tree[slot].kind == .worker { begin(.shake(frame: 0), slot, frame) }
    case .nodeStopped: break
    }
  }

  /// A node bursts, and all on it is gone.
  private mutating func stopNode(
    _ event: Event, in tree: ProcessTree, _ layout: BubbleLayout, isReduced: Bool, _ frame: Int
  ) {
    guard let slot = tree.subject(of: event), layout.index(of: slot) != nil else { return }
    begin(isReduced ? .burst : .pop(frame: 0), slot, frame)
    guard !isReduced else { return }
    for place in tree.places(endedBy: event.id) where layout.index(of: place) != nil {
      begin(.stop(frame: 0), place, frame)
    }
  }

  /// A signal or a message between processes of two nodes is a bead on their cable.
  private mutating func send(_ kind: Event.Kind, _ frame: Int) {
    let ends: (PID, PID)?
    switch kind {
    case .message(.sent(let from?, let to, _)), .message(.callStarted(let from, let to, _)),
      .message(.callReturned(let from, let to)),
      .signal(.exitSent(let from?, let to, _, _)):
      ends = (from, to)
    case .signal(.downDelivered(let to, let from, _)): ends = (from, to)
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .application,
      .release, .node, .reported, .message, .limitReached:
      ends = nil
    }
    guard let (from, to) = ends, from.node != to.node else { return }
    allBeads.append(Bead(from: from.node, to: to.node, start: frame))
    if allBeads.count > Self.mostBeads { allBeads.removeFirst() }
    end = max(end, frame + Self.beadLength)
  }

  /// What of an event makes a bubble move.
  private enum Stir {
    case ended(PID, isAbnormal: Bool)
    case starting
    case started
    case trapped
    case nodeStopped

    init?(_ kind: Event.Kind) {
      if case .process(let pid, .exited(let reason)) = kind {
        self = .ended(pid, isAbnormal: reason.isAbnormal)
      } else if case .child(_, _, .starting) = kind {
        self = .starting
      } else if case .child(_, _, .started) = kind {
        self = .started
      } else if case .signal(.exitTrapped) = kind {
        self = .trapped
      } else if case .node(_, .stopped) = kind {
        self = .nodeStopped
      } else if case .node(_, .started) = kind {
        self = .started
      } else {
        return nil
      }
    }
  }

  /// The picture of the end waits for the last burst, and then appears step by step.
  private mutating func noteEnd(
    _ stir: Stir, in tree: ProcessTree, isReduced: Bool, _ frame: Int
  ) {
    guard case .ended = stir, tree.isOver else {
      fadeStart = nil
      return
    }
    let burst = isReduced ? BubbleMotion.burst : .pop(frame: 0)
    let start = frame + burst.length
    fadeStart = start
    end = max(end, start + (isReduced ? 0 : Self.fadeLength))
  }

  private mutating func begin(_ motion: BubbleMotion, _ slot: SlotID, _ frame: Int) {
    bodies[slot] = Body(motion: motion, start: frame)
    end = max(end, frame + motion.length)
  }

  private mutating func fly(from node: TreeNode, _ layout: BubbleLayout, _ frame: Int) {
    guard let parent = node.parent, layout.index(of: parent) != nil else { return }
    allSparks.append(Spark(from: node.id, to: parent, start: frame))
    if allSparks.count > Self.mostSparks { allSparks.removeFirst() }
    end = max(end, frame + Self.sparkLength)
  }

  /// Somebody of a crowd is marked for a while.
  private mutating func noteDeath(of node: TreeNode, _ layout: BubbleLayout, _ frame: Int) {
    guard let parent = node.parent, let index = layout.index(of: parent),
      layout.shapes[index].detail == .crowd
    else { return }
    allDeaths.append(Death(slot: node.id, start: frame))
    if allDeaths.count > Self.mostDeaths { allDeaths.removeFirst() }
    end = max(end, frame + Self.deathLength)
  }

  /// Once everything rests nothing needs to be remembered.
  private mutating func forget(before frame: Int) {
    guard frame >= end else { return }
    fadeStart = nil
    bodies.removeAll()
    allSparks.removeAll()
    allDeaths.removeAll()
    allBeads.removeAll { frame >= $0.start + Self.beadLength }
  }
}

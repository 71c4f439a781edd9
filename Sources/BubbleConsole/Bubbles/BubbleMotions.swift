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

  private var bodies: [SlotID: Body] = [:]
  private var allSparks: [Spark] = []
  private var allDeaths: [Death] = []
  /// The first frame in which everything rests.
  private var end = 0

  /// Frames a spark flies.
  static let sparkLength = 4
  /// Frames a death in a crowd is marked.
  static let deathLength = 48
  /// Sparks and deaths that are remembered; in a storm the oldest are forgotten.
  private static let most = 64

  package init() {}

  /// Whether anything moves in a frame.
  package func isMoving(_ frame: Int) -> Bool { frame < end }

  /// How far a slot's bubble is in its motion; nil while it rests.
  func motion(of slot: SlotID, at frame: Int) -> BubbleMotion? {
    guard frame < end, let body = bodies[slot] else { return nil }
    return body.motion.after(frame - body.start)
  }

  /// The sparks in flight.
  func sparks(at frame: Int) -> [Spark] {
    allSparks.filter { frame < $0.start + Self.sparkLength }
  }

  /// The deaths that are still marked, the latest last.
  func deaths(at frame: Int) -> [Death] {
    allDeaths.filter { frame < $0.start + Self.deathLength }
  }
}

// MARK: - Events

extension BubbleMotions {
  /// Takes in an event that `tree` has already folded.
  package mutating func note(
    _ event: Event, in tree: ProcessTree, isReduced: Bool, frame: Int
  ) {
    forget(before: frame)
    switch event.kind {
    case .processExited(let pid, _):
      guard let slot = tree.slot(of: pid), tree.contains(slot) else { return }
      noteEnd(of: tree[slot], isReduced: isReduced, frame: frame)
    case .childStarting(let supervisor, let id) where !isReduced:
      guard let parent = tree.slot(of: supervisor), let slot = tree.slot(of: id, under: parent)
      else { return }
      begin(.blow(frame: 0), slot, frame)
    case .childStarted(_, _, let pid) where !isReduced:
      guard let slot = tree.slot(of: pid) else { return }
      begin(.land(frame: 0), slot, frame)
    case .exitSignalTrapped(let pid, _, _) where !isReduced:
      guard let slot = tree.slot(of: pid), tree.contains(slot), tree[slot].kind == .worker else {
        return
      }
      begin(.shake(frame: 0), slot, frame)
    default:
      return
    }
  }

  /// A crash bursts and sends a spark up; an orderly end shrinks.
  private mutating func noteEnd(of node: TreeNode, isReduced: Bool, frame: Int) {
    switch node.state {
    case .crashed, .gaveUp, .running, .suspended, .restarting:
      begin(isReduced ? .burst : .pop(frame: 0), node.id, frame)
      allDeaths.append(Death(slot: node.id, start: frame))
      if allDeaths.count > Self.most { allDeaths.removeFirst() }
      end = max(end, frame + Self.deathLength)
      guard !isReduced, let parent = node.parent else { return }
      allSparks.append(Spark(from: node.id, to: parent, start: frame))
      if allSparks.count > Self.most { allSparks.removeFirst() }
    case .starting, .stopping, .stopped:
      if !isReduced { begin(.stop(frame: 0), node.id, frame) }
    }
  }

  private mutating func begin(_ motion: BubbleMotion, _ slot: SlotID, _ frame: Int) {
    bodies[slot] = Body(motion: motion, start: frame)
    end = max(end, frame + motion.length)
  }

  /// Once everything rests nothing needs to be remembered.
  private mutating func forget(before frame: Int) {
    guard frame >= end else { return }
    bodies.removeAll()
    allSparks.removeAll()
    allDeaths.removeAll()
  }
}

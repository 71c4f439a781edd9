import BubbleEvents
import BubbleTree

extension BubbleScene {
  /// What joins two islands.
  struct Cable: Hashable, Sendable {
    enum State: Hashable, Sendable {
      /// Both nodes take themselves for connected.
      case connected
      /// One of them does.
      case oneSided
      /// It is whole, and nobody uses it.
      case unused
      case cut
    }

    /// The shapes of its ends.
    var from: Int
    var to: Int
    var state: State
    /// Whether a preview cuts it, or makes it whole.
    var mark: Mark?
    /// The signals on it: how far each is from the first end to the other, from 0 to 1.
    var beads: [Double] = []

    /// What a preview would do to it.
    enum Mark: Hashable, Sendable {
      case cut
      case heal
    }
  }
}

extension BubbleScene.Source {
  /// The cables between the nodes that are drawn.
  func cables(in layout: BubbleLayout) -> [BubbleScene.Cable] {
    let cluster = tree.cluster
    guard cluster.nodes.count > 1 else { return [] }
    return cluster.cables.compactMap { cable in
      guard let from = cluster[cable.low].flatMap({ layout.index(of: $0.slot) }),
        let to = cluster[cable.high].flatMap({ layout.index(of: $0.slot) })
      else { return nil }
      return BubbleScene.Cable(
        from: from, to: to, state: cluster.state(of: cable), mark: mark(of: cable),
        beads: beads(on: cable))
    }
  }

  private func beads(on cable: ClusterFacts.Cable) -> [Double] {
    motions.beads(at: frame).compactMap { bead in
      guard ClusterFacts.Cable(bead.from, bead.to) == cable else { return nil }
      let share = Double(frame - bead.start) / Double(BubbleMotions.beadLength - 1)
      return bead.from == cable.low ? share : 1 - share
    }
  }

  private func mark(of cable: ClusterFacts.Cable) -> BubbleScene.Cable.Mark? {
    guard isPreview, case .network(let request)? = plan?.request, request.joins(cable) else {
      return nil
    }
    return switch request {
    case .cut: .cut
    case .heal: .heal
    }
  }
}

extension ClusterFacts {
  /// How a cable stands.
  func state(of cable: Cable) -> BubbleScene.Cable.State {
    if cuts.contains(cable) { return .cut }
    let isUp = [
      isConnected(cable.low, with: cable.high), isConnected(cable.high, with: cable.low),
    ]
    return isUp == [true, true] ? .connected : isUp.contains(true) ? .oneSided : .unused
  }
}

extension ControlRequest.NetworkRequest {
  /// Whether the cable is between two of its sides.
  func joins(_ cable: ClusterFacts.Cable) -> Bool {
    let low = sides.firstIndex { $0.contains(cable.low) }
    let high = sides.firstIndex { $0.contains(cable.high) }
    return low != nil && high != nil && low != high
  }
}

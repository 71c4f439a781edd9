package import BubbleEvents

/// What is known of one application, whether it runs or not.
package struct ApplicationFacts: Hashable, Sendable {
  /// How far it is.
  package enum Stage: Hashable, Sendable {
    case loaded
    case starting
    /// Its start has come to that phase.
    case inPhase(String)
    case running
    case stopping
    case stopped(ExitReason)
    case failed(Term)
  }

  /// Its name.
  package let name: String
  /// The node that it is on; the one without a cluster where none is known.
  package internal(set) var node = NodeID.nonode
  /// Its version; empty when nothing said it.
  package internal(set) var version = ""
  /// What its end does to the machine; nil before its first start.
  package internal(set) var restart: ApplicationRestart?
  package internal(set) var stage = Stage.loaded
  /// Its master's place; nil for a library.
  package internal(set) var slot: SlotID?
  /// How many starts or stops of any application were over before its last one.
  package internal(set) var turn = 0
}

extension ProcessTree {
  /// The applications that run, or end to, in the order in which they started; then those that are
  /// starting, then those that stopped, in the order in which they did, then the others.
  ///
  /// Those that are on `node`; nil for all.
  package func applicationsInOrder(of node: NodeID?) -> [ApplicationFacts] {
    applications.filter { node == nil || $0.node == node }.enumerated()
      .sorted { left, right in
        let first = (left.element.stage.rank, left.element.turn, left.offset)
        return first < (right.element.stage.rank, right.element.turn, right.offset)
      }
      .map(\.element)
  }

  /// The number of an application in the order of start, from 1; nil when it does not run.
  package func startNumber(ofApplicationAt slot: SlotID) -> Int? {
    guard let facts = applications.first(where: { $0.slot == slot }), facts.stage.rank == 0 else {
      return nil
    }
    return 1 + applications.count { $0.stage.rank == 0 && $0.turn < facts.turn }
  }

  /// What is known of the application whose master has its place there.
  package func application(at slot: SlotID) -> ApplicationFacts? {
    applications.first { $0.slot == slot }
  }

  /// The process that starts and stops applications, on the node around `slot`; nil when there is
  /// none.
  package func applicationController(around slot: SlotID?) -> SlotID? {
    let node = slot.flatMap(nodeSlot) ?? cluster.nodes.first?.slot
    let candidates = node.map { self[$0].children } ?? roots
    return candidates.first { Behaviour(self[$0].behaviour).isApplicationController }
  }

  mutating func noteFacts(_ step: ApplicationEvent) {
    if case .refused = step.change { return }
    let node = step.master?.node
    let index =
      applications.firstIndex {
        $0.name == step.application && ($0.node == .nonode || node == nil || $0.node == node)
      } ?? applications.endIndex
    if index == applications.endIndex {
      applications.append(ApplicationFacts(name: step.application))
    }
    var facts = applications[index]
    switch step.change {
    case .loaded(let version): facts.version = version
    case .unloaded: facts.stage = .loaded
    case .starting(let restart):
      facts.restart = restart
      facts.stage = .starting
    case .phase(let phase): facts.stage = .inPhase(phase)
    case .started: facts.move(to: .running, &applicationTurns)
    case .startFailed(let reason): facts.move(to: .failed(reason), &applicationTurns)
    case .stopping: facts.stage = .stopping
    case .stopped(let reason): facts.move(to: .stopped(reason), &applicationTurns)
    case .refused, .endsMachine: break
    }
    facts.node = node ?? facts.node
    facts.slot = step.master.flatMap { slot(of: $0) } ?? facts.slot
    applications[index] = facts
  }
}

extension ApplicationFacts {
  fileprivate mutating func move(to stage: Stage, _ turns: inout Int) {
    self.stage = stage
    turn = turns
    turns += 1
  }
}

extension ApplicationFacts.Stage {
  /// What comes first in a list.
  fileprivate var rank: Int {
    switch self {
    case .running, .stopping: 0
    case .starting, .inPhase: 1
    case .stopped, .failed: 2
    case .loaded: 3
    }
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Foundation
import Testing

/// Random clusters with random cuts, heals, stops, starts and deaths, each held against what has to
/// be true of any group.
///
/// `LEADERS=10000 SEED=n` takes that many of them, from that one on.
struct RandomLeaderTests {
  /// A seed's group and what happens to it.
  struct Story {
    var generator: SplitMix64
    var group: LeaderGroup
    let nodes: [NodeID]
    let candidates: Int
    let needsMajority: Bool

    init(seed: UInt64) {
      var generator = SplitMix64(seed: seed)
      let count = Int.random(in: 2...5, using: &generator)
      let workers = Int.random(in: 0...1, using: &generator)
      var options = ClusterOptions()
      if Bool.random(using: &generator) { options.noticing = .ticks(.seconds(4)) }
      options.latency = .milliseconds(Int.random(in: 0...80, using: &generator))
      options.setUpTime = .milliseconds(Int.random(in: 0...2000, using: &generator))
      let needsMajority = Bool.random(using: &generator)
      let informsAll = Bool.random(using: &generator)
      nodes = (1...count + workers).map { NodeID(UInt32($0)) }
      let running = nodes.filter { _ in Int.random(in: 0...3, using: &generator) > 0 }
      group = LeaderGroup(
        count + workers, candidates: count, running: running, seed: seed, cluster: options
      ) {
        $0.needsMajority = needsMajority
        $0.informsAll = informsAll
      }
      candidates = count
      self.needsMajority = needsMajority
      self.generator = generator
    }

    mutating func pick() -> NodeID { nodes[Int.random(in: nodes.indices, using: &generator)] }

    /// One thing that happens, and some time.
    mutating func goOn() {
      let (one, other) = (pick(), pick())
      switch Int.random(in: 0...9, using: &generator) {
      case 0, 1: if one != other { group.cluster.cut([[one], [other]]) }
      case 2, 3: if one != other { group.cluster.heal([[one], [other]]) }
      case 4:
        let side = Set(nodes.filter { _ in Bool.random(using: &generator) })
        group.cluster.cut([nodes.filter(side.contains), nodes.filter { !side.contains($0) }])
      case 5: group.cluster.healAll()
      case 6: group.cluster.stop(one)
      case 7: group.cluster.start(one)
      case 8: if Bool.random(using: &generator) { group.kill(one) }
      default:
        if one != other {
          let latency = Duration.milliseconds(Int.random(in: 0...80, using: &generator))
          group.cluster.setLatency(latency, between: one, and: other)
        }
      }
      if Bool.random(using: &generator) { group.order(1, at: pick()) }
      let time = [0, 0, 5, 50, 500, 3000][Int.random(in: 0...5, using: &generator)]
      group.settle(.milliseconds(time))
    }

    /// The nodes that have a process of the group, in parts between which no whole cable leads.
    var parts: [[NodeID]] {
      var left = Set(nodes.filter { group.member($0) != nil })
      var parts: [[NodeID]] = []
      while let first = left.min() {
        var part = [first]
        left.remove(first)
        var index = 0
        while index < part.count {
          for next in left.sorted() where !group.cluster.isCut(part[index], next) {
            part.append(next)
            left.remove(next)
          }
          index += 1
        }
        parts.append(part)
      }
      return parts
    }

    func isCandidate(_ node: NodeID) -> Bool { Int(node.number) <= candidates }

    func mayLead(_ node: NodeID, in part: [NodeID]) -> Bool {
      guard isCandidate(node) else { return false }
      let reached = part.filter {
        isCandidate($0) && ($0 == node || !group.cluster.isCut(node, $0))
      }
      return !needsMajority || reached.count * 2 > candidates
    }

    /// What is not as it has to be, once all is quiet.
    var faults: [String] {
      var faults: [String] = []
      let states = nodes.map { "\($0): \(group.state($0) ?? "-")" }.joined(separator: "; ")
      for part in parts {
        let leaders = part.filter { group.leaders.contains($0) }
        let expected = part.contains { mayLead($0, in: part) } ? 1 : 0
        if leaders.count != expected { faults.append("part \(part) of \(states)") }
        guard let leader = leaders.first, let pid = group.member(leader)?.pid else { continue }
        for node in part where node != leader && !group.cluster.isCut(node, leader) {
          let follows = group.state(node)?.hasPrefix("follows \(pid),") == true
          if !follows { faults.append("\(node) of \(states)") }
          if group.count(node) != group.count(leader) { faults.append("count of \(node)") }
        }
      }
      if Set(group.fences).count != group.fences.count { faults.append("\(group.fences)") }
      return faults
    }
  }

  static let seeds: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["LEADERS"].flatMap(UInt64.init) ?? 60
    let first = environment["SEED"].flatMap(UInt64.init) ?? 1
    return Array(first..<first + count)
  }()

  @Test func `random groups have one leader in each part, and none in a minority`() {
    for seed in Self.seeds {
      var story = Story(seed: seed)
      for _ in 1...12 { story.goOn() }
      story.group.settle(.seconds(30))
      let faults = story.faults
      #expect(faults == [], "SEED=\(seed) LEADERS=1")
    }
  }
}

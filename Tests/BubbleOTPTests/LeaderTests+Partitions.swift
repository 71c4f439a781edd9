import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

extension LeaderTests {
  // MARK: - Partitions

  @Test func `each side of a partition has a leader, and after a heal the smallest of all leads`() {
    var group = LeaderGroup(running: [Self.c])
    group.start(Self.b)
    group.start(Self.a)
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.cut([Self.a, Self.b], [Self.c])
    #expect(group.told(Self.a) == ["elected, alive a,b", "DOWN c"])
    #expect(group.told(Self.b) == ["surrendered {a,0}"])
    #expect(group.told(Self.c) == ["DOWN a", "DOWN b"])
    group.order(10, at: Self.a)
    group.order(20, at: Self.c)
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.heal()
    #expect(group.told(Self.a) == ["elected, alive a,b,c"])
    #expect(group.told(Self.b) == ["surrendered {a,10}"])
    #expect(group.told(Self.c) == ["resigned", "surrendered {a,10}"])
    #expect(group.leaders == [Self.a])
    #expect(Set(group.fences).count == group.fences.count)
  }

  @Test func `two against three, twice`() {
    var group = LeaderGroup(5)
    for _ in 1...2 {
      group.cut([Self.a, Self.b], [Self.c, Self.d, Self.e])
      #expect(group.leaders == [Self.a, Self.c])
      group.order(1, at: Self.b)
      group.order(100, at: Self.e)
      group.heal()
      #expect(group.leaders == [Self.a])
      #expect(Set((1...5).map { group.count(NodeID($0)) }).count == 1)
    }
    #expect(group.count(Self.c) == "2")
  }

  @Test func `nothing happens when a cable between two followers is cut`() {
    var group = LeaderGroup()
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.cut([Self.b], [Self.c])
    group.heal()
    #expect([Self.a, Self.b, Self.c].flatMap { group.told($0) } == [])
  }

  @Test func `a follower that is cut off from the leader alone waits, but not for ever`() throws {
    var group = LeaderGroup(running: [Self.c])
    group.start(Self.a)
    group.start(Self.b)
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.cut([Self.b], [Self.c])
    #expect(group.leaders == [Self.c])
    #expect(group.told(Self.c) == ["DOWN b"])
    #expect(group.state(Self.b) == "no leader: no_leader")
    let pid = try #require(group.member(Self.b)?.pid)
    group.act(at: Self.b) { context in
      try context.calling(Term.atom("who"), to: .pid(pid)).map { Term(reflecting: $0) }
    }
    group.order(1, at: Self.b)
    #expect(
      group.answers(Self.b).map { $0.drop { $0 != " " } } == [
        " {nobody,0}", " exit {no_leader,{gen_leader,leader_call,[gl,1,5000]}}",
      ])
    group.heal()
    #expect(group.told(Self.b) == ["surrendered {c,0}"])
    #expect(group.told(Self.c) == ["joined b, alive a,b,c"])
  }

  @Test func `nodes in a row have one leader, though not all of them reach it`() {
    var group = LeaderGroup(4, running: [])
    group.cluster.cut([[Self.a], [Self.c]])
    group.cluster.cut([[Self.a, Self.b], [Self.d]])
    for node in [Self.a, Self.b, Self.c, Self.d] { group.start(node) }
    #expect(group.leaders == [Self.a])
    #expect(group.state(Self.b) == "follows \(PID(1, node: Self.a)), fencing number 1")
    #expect(group.state(Self.d) == "no leader: no_leader")
  }

  // MARK: - The majority rule

  @Test func `with the majority rule a minority has no leader, and refuses orders at once`() {
    var group = LeaderGroup(5) { $0.needsMajority = true }
    #expect(group.leaders == [Self.a])
    _ = group.told(Self.a)
    group.cut([Self.a, Self.b], [Self.c, Self.d, Self.e])
    #expect(group.leaders == [Self.c])
    #expect(group.told(Self.a) == ["DOWN c", "DOWN d", "DOWN e", "resigned"])
    group.order(1, at: Self.b)
    group.order(2, at: Self.e)
    #expect(
      group.answers(Self.b) == [
        "10000 exit {no_majority,{gen_leader,leader_call,[gl,1,5000]}}"
      ])
    #expect(group.answers(Self.e) == ["10000 {ok,2}"])
    group.heal()
    #expect(group.leaders == [Self.c])
    #expect(group.told(Self.a) == ["surrendered {c,2}"])
    #expect(group.count(Self.b) == "2")
  }

  @Test func `with the majority rule half of the candidates are too few`() {
    var group = LeaderGroup(4) { $0.needsMajority = true }
    group.cut([Self.a, Self.b], [Self.c, Self.d])
    #expect(group.leaders == [])
  }

  // MARK: - Fencing numbers

  @Test func `no two leaderships have the same fencing number, whatever is lost`() {
    var group = LeaderGroup()
    for _ in 1...3 {
      group.cut([Self.a], [Self.b], [Self.c])
      for node in [Self.a, Self.b, Self.c] {
        group.stop(node)
        group.start(node)
      }
      group.heal()
    }
    #expect(group.fences.count > 12)
    #expect(Set(group.fences).count == group.fences.count)
  }

  @Test func `an order is given with the fencing number of its leader, which grows`() {
    var group = LeaderGroup()
    group.order("fence", at: Self.c)
    group.stop(Self.a)
    group.order("fence", at: Self.c)
    #expect(group.answers(Self.c) == ["5000 1", "10000 2"])
  }
}

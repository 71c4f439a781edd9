import BubbleEvents
@testable import BubbleTree
import Testing

/// Places of dynamic children, and of processes outside supervision.
@Suite struct DynamicPlaceTests {
  private static let flags = Blueprint.supervisor("conn_sup", .simpleOneForOne)

  @Test func `a dynamic child is called by its supervisor's name and its number`() {
    var story = TreeStory(Self.flags)
    for number in 0..<3 { story.add(.worker(""), as: .dynamic(number), to: story.pid("conn_sup")) }
    #expect(story.children(of: "conn_sup") == ["conn1", "conn2", "conn3"])
  }

  @Test(
    arguments: [
      ("pool_supervisor", "pool1"), ("web-sup", "web1"), ("Workers", "Workers#1"), ("sup", "sup#1"),
    ])
  func `a prefix is made from the supervisor's name`(name: String, child: String) {
    var story = TreeStory(.supervisor(name, .simpleOneForOne))
    story.add(.worker(""), as: .dynamic(0), to: story.pid(name))
    #expect(story.children(of: name) == [child])
  }

  @Test func `a hole is filled by the next one, who starts a count of lives of its own`() {
    var story = TreeStory(Self.flags)
    let supervisor = story.pid("conn_sup")
    for number in 0..<3 { story.add(.worker(""), as: .dynamic(number), to: supervisor) }
    let slot = story["conn2"].id
    let shape = story.tree.shapeVersion
    let occupancy = story.tree.occupancyVersion
    story.exit("conn2", .normal)
    story.post(.supervisor(supervisor, .childForgotten(.dynamic(1))))
    #expect(story.children(of: "conn_sup") == ["conn1", "conn3"] && !story.tree.contains(slot))
    #expect(story["conn_sup"].supervision?.occupied == 2)
    #expect(story.tree.shapeVersion == shape && story.tree.occupancyVersion > occupancy)
    story.tree.expectConsistency()
    story.add(.worker(""), as: .dynamic(1), to: supervisor)
    #expect(story["conn2"].id == slot && story["conn2"].life == 1)
    #expect(story["conn_sup"].supervision?.aliveChildren == 3)
    story.tree.expectConsistency()
  }

  @Test func `dynamic children are gone when their supervisor starts again`() {
    var story = TreeStory(.supervisor("top", .oneForOne, RestartIntensity(), [Self.flags]))
    for number in 0..<3 { story.add(.worker(""), as: .dynamic(number), to: story.pid("conn_sup")) }
    story.crash("conn_sup")
    #expect(story["conn_sup"].supervision?.occupied == 0 && story.tree.orphanCount == 3)
    #expect(story.children(of: "conn_sup") == ["conn1", "conn2", "conn3"])
    story.tree.expectConsistency()
    story.add(.worker(""), as: .dynamic(0), to: story.pid("conn_sup"))
    #expect(story.children(of: "conn_sup") == ["conn1", "conn1", "conn2", "conn3"])
    story.tree.expectConsistency()
  }

  @Test func `a number beyond belief is left out`() {
    var story = TreeStory(Self.flags)
    for number in [-1, 5_000, Int.max] {
      story.post(
        .supervisor(
          story.pid("conn_sup"),
          .childSpecified(Blueprint.worker("").description(id: .dynamic(number)), position: number))
      )
    }
    #expect(story.tree.nodes.count == 1)
    story.tree.expectConsistency()
  }

  @Test func `processes outside supervision stay behind the specified ones`() {
    var story = TreeStory(Self.flags)
    let supervisor = story.pid("conn_sup")
    let loose = story.spawn(by: supervisor)
    for number in 0..<2 { story.add(.worker(""), as: .dynamic(number), to: supervisor) }
    #expect(story.children(of: "conn_sup") == ["conn1", "conn2", "\(loose)"])
    story.post(.process(loose, .nameRegistered("probe")))
    #expect(story["probe"].state == .running && story["probe"].life == 1)
    story.tree.expectConsistency()
  }

  @Test func `ended processes outside supervision are forgotten, the oldest first`() {
    var story = TreeStory(.shop)
    let pids = (0..<20).map { _ in story.spawn(by: story.pid("cron")) }
    for pid in pids.dropLast() { story.post(.process(pid, .exited(.normal))) }
    let kept = pids.suffix(9).map { "\($0)" }
    #expect(story.children(of: "cron") == kept)
    story.tree.expectConsistency()
  }

  @Test func `processes that spawn each other make no endless chain and use no endless memory`() {
    var limits = ProcessTree.Limits()
    limits.restingPlaces = 16
    var story = TreeStory(limits: limits)
    story.start(.shop)
    var pid = story.pid("cron")
    for _ in 0..<1_000 {
      let next = story.spawn(by: pid)
      story.post(.process(pid, .exited(.normal)))
      pid = next
    }
    #expect(story.tree.slot(of: pid).map { story.tree.path(of: $0).count } == 3)
    #expect(story.tree.nodes.count < 60)
    story.tree.expectConsistency()
  }

  @Test func `what has ended names nobody else's place once that is used again`() {
    var limits = ProcessTree.Limits()
    limits.restingPlaces = 1
    var story = TreeStory(limits: limits)
    let supervisor = story.start(.shop)
    let old = story.add(.worker("job", .temporary), to: supervisor)
    for name in ["a", "b", "c", "d"] {
      story.add(.worker(name, .temporary), to: supervisor)
      story.exit(name, .normal)
      story.post(.supervisor(supervisor, .childForgotten(ChildID.named(.atom(name)))))
    }
    story.exit("job", .normal)
    story.post(.supervisor(supervisor, .childForgotten("job")))
    for name in ["e", "f", "g", "h"] { story.add(.worker(name), to: supervisor) }
    #expect(story.tree.slot(of: old).map { story.tree[$0].name } ?? "job" == "job")
    #expect(story.tree.nodes.count < 20)
    story.tree.expectConsistency()
  }
}

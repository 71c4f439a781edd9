import BubbleEvents
@testable import BubbleTree
import Testing

/// Places outlive the processes that fill them.
@Suite struct PlaceTests {
  @Test func `a place survives the restart of its child`() {
    var story = TreeStory(.shop)
    let before = story["cache"]
    story.crash("cache")
    let after = story["cache"]
    #expect(after.id == before.id && after.pid != before.pid)
    #expect(after.life == 2 && after.restarts == 1 && after.previousPID == before.pid)
    #expect(before.pid.flatMap { story.tree.slot(of: $0) } == after.id)
  }

  @Test func `places survive the restart of their supervisors`() {
    var story = TreeStory(.shop)
    let names = ["web_sup", "acceptor", "conn_sup", "c1", "c2", "c3"]
    let before = names.map { story[$0].id }
    let order = story.children(of: "conn_sup")
    story.crash("web_sup")
    #expect(names.map { story[$0].id } == before)
    #expect(names.allSatisfy { story[$0].life == 2 })
    #expect(Array(story.children(of: "conn_sup").prefix(3)) == order)
    story.tree.expectConsistency()
  }

  @Test func `lives tell when and why each process ended`() {
    var story = TreeStory(.shop)
    let first = story.pid("pool")
    story.now = RuntimeInstant(nanoseconds: 7)
    story.crash("cache")
    let second = story.pid("pool")
    #expect(story["pool"].lives.map(\.pid) == [first, second])
    let ended = story["pool"].lives[0]
    #expect(ended.number == 1 && ended.wasStopped && ended.reason == .shutdown)
    #expect(ended.end == RuntimeInstant(nanoseconds: 7))
    #expect(
      ended.endEvent.flatMap { story.tree.recent[$0]?.kind }
        == .process(first, .exited(.shutdown)))
    #expect(story["cache"].lives[0].wasStopped == false)
    #expect(story["pool"].lives[1].end == nil)
  }

  @Test func `only the last lives are remembered, and their numbers go on`() {
    var story = TreeStory(.shop)
    for _ in 0..<20 { story.crash("cron") }
    #expect(story["cron"].life == 21)
    #expect(story["cron"].lives.map(\.number) == Array(6...21))
  }

  @Test func `a failed start is not a life, however often it is tried`() {
    var story = TreeStory(.shop)
    let pid = story.pid("cron")
    story.exit("cron")
    for _ in 0..<20 { _ = story.failStart("cron", under: story.pid("shop_sup")) }
    #expect(story["cron"].life == 1 && story["cron"].lives.map(\.pid) == [pid])
    #expect(story["cron"].previousPID == pid)
    #expect(story["cron"].lastExit == .failure("no_socket"))
    story.start(.worker("cron"), under: story.pid("shop_sup"))
    #expect(story["cron"].life == 2 && story["cron"].state == .running)
    #expect(story["cron"].lives.map(\.number) == [1, 2])
    story.tree.expectConsistency()
  }

  @Test func `those whom a killed supervisor left behind lose their places and get others`() throws
  {
    var story = TreeStory(.shop)
    let old = story.pid("cache")
    let oldPool = story.pid("pool")
    story.crash("db_sup")
    #expect(story.tree.orphanCount == 2)
    #expect(story["cache"].life == 2 && story["cache"].pid != old)
    #expect(story["cache"].previousPID == old)
    #expect(story.tree.formerSlot(of: old) == story["cache"].id)
    #expect(story.children(of: "db_sup") == ["cache", "pool", "cache", "pool"])
    let refuge = try #require(story.tree.slot(of: old))
    #expect(story.tree[refuge].pid == old && story.tree[refuge].childID == nil)
    #expect(story.tree.aliveCount == 14 && story.tree[refuge].state == .running)
    story.post(.process(old, .suspended))
    #expect(story["cache"].state == .running && story.tree[refuge].state == .suspended)
    story.tree.expectConsistency()
    story.post(.process(old, .exited(.killed)))
    story.post(.process(oldPool, .exited(.killed)))
    #expect(story.tree.slot(of: old) == nil && !story.tree.contains(refuge))
    #expect(story.children(of: "db_sup") == ["cache", "pool"])
    #expect(story.tree.orphanCount == 0 && story["cache"].state == .running)
    #expect(story["cache"].lives.map(\.reason) == [.killed, nil])
    story.tree.expectConsistency()
  }

  @Test func `a trace calls an orphan by its name to its end`() throws {
    var story = TreeStory(.shop)
    let old = story.pid("cache")
    story.crash("db_sup")
    story.post(.process(old, .exited(.killed)))
    var text = EventText()
    let line = try #require(story.events.map { text.line(for: $0) }.last)
    #expect(line.contains("process exited        cache            killed"))
  }

  @Test func `children that were added at run time are gone when their supervisor starts again`() {
    var story = TreeStory(.shop)
    story.add(.worker("extra"), to: story.pid("db_sup"))
    story.add(.worker("later"), to: story.pid("db_sup"))
    #expect(story.children(of: "db_sup") == ["cache", "pool", "extra", "later"])
    #expect(story["db_sup"].supervision?.occupied == 4)
    story.crash("db_sup")
    let orphans = ["cache", "pool", "extra", "later"]
    #expect(story.children(of: "db_sup") == ["cache", "pool"] + orphans)
    #expect(story["db_sup"].supervision?.aliveChildren == 6 && story.tree.orphanCount == 4)
    story.tree.expectConsistency()
  }

  @Test func `a supervisor that starts again puts its children back into their order`() {
    var story = TreeStory(.shop)
    let supervisor = story.pid("db_sup")
    story.stop("cache")
    story.post(.supervisor(supervisor, .childForgotten("cache")))
    story.add(.worker("cache"), to: supervisor)
    #expect(story.children(of: "db_sup") == ["pool", "cache"])
    story.crash("db_sup")
    #expect(story.children(of: "db_sup").prefix(2) == ["cache", "pool"])
    story.tree.expectConsistency()
  }

  @Test func `a temporary child is forgotten, and its place found again by its id`() {
    var story = TreeStory(.shop)
    let supervisor = story.pid("shop_sup")
    let pid = story.add(.worker("job", .temporary), to: supervisor)
    let slot = story["job"].id
    story.exit("job", .normal)
    story.post(.supervisor(supervisor, .childForgotten("job")))
    #expect(!story.tree.contains(slot))
    #expect(story.children(of: "shop_sup") == ["db_sup", "web_sup", "mailer", "cron"])
    story.tree.expectConsistency()
    story.add(.worker("job", .temporary), to: supervisor)
    #expect(story["job"].id == slot && story["job"].life == 1)
    #expect(story.tree.slot(of: pid) == slot)
    story.tree.expectConsistency()
  }

  @Test func `a child that is forgotten takes all places below it along, and those who live stay`()
  {
    var story = TreeStory(.shop)
    let slot = story["c1"].id
    story.post(.supervisor(story.pid("shop_sup"), .childForgotten("web_sup")))
    #expect(!story.tree.contains(slot) && story.tree.aliveCount == 12)
    #expect(story.tree.orphanCount == 6 && story["c1"].parent == story["shop_sup"].id)
    story.tree.expectConsistency()
  }

  @Test func `a code change gives children another order and new descriptions`() {
    var story = TreeStory(.shop)
    let supervisor = story.pid("conn_sup")
    story.post(
      .supervisor(
        supervisor, .childSpecified(Blueprint.worker("c2", .transient).description(), position: 1)))
    let shape = story.tree.shapeVersion
    story.post(.supervisor(supervisor, .childrenReordered(["c3", "c1", "c3", "c9", "c2"])))
    #expect(story.children(of: "conn_sup") == ["c3", "c1", "c2"])
    #expect(story["c2"].description?.restart == .transient && story["c2"].life == 1)
    #expect(story.tree.shapeVersion == shape + 1)
    story.tree.expectConsistency()
  }

  @Test func `a partition is called by its supervisor and its number`() {
    var story = TreeStory(.shop)
    let id = ChildID.named(.integer(3))
    story.post(
      .supervisor(
        story.pid("conn_sup"),
        .childSpecified(Blueprint.worker("p").description(id: id), position: 3)))
    #expect(story.children(of: "conn_sup") == ["c1", "c2", "c3", "conn_sup/3"])
  }

  @Test func `a child whose start function spawns two is the one that it returns`() {
    var story = TreeStory(.shop)
    let supervisor = story.pid("shop_sup")
    story.exit("cron")
    story.post(.child(of: supervisor, "cron", .starting))
    let helper = story.spawn(by: supervisor)
    let child = story.spawn(by: supervisor)
    story.post(.child(of: supervisor, "cron", .started(child)))
    #expect(story["cron"].pid == child && story["cron"].life == 2)
    #expect(story.tree.formerSlot(of: helper) == story["cron"].id)
    #expect(story.children(of: "shop_sup") == ["db_sup", "web_sup", "mailer", "cron", "cron"])
    story.tree.expectConsistency()
  }

  /// The tree is over when nobody lives any more, and not before.
  @Test func `a machine whose root is gone is not over while an orphan lives`() {
    var story = TreeStory(.shop)
    let cache = story.pid("cache")
    story.crash("db_sup")
    for node in story.tree.nodes where node.pid != nil && node.pid != cache {
      if let pid = node.pid { story.post(.process(pid, .exited(.killed))) }
    }
    #expect(!story.tree.isOver && story.tree.aliveCount == 1)
    story.post(.process(cache, .exited(.killed)))
    #expect(story.tree.isOver)
    story.tree.expectConsistency()
  }
}

import BubbleEvents
@testable import BubbleTree
import Testing

/// What happened in all.
@Suite struct EpilogueTests {
  /// Folds a story as a console does.
  static func epilogue(of story: TreeStory) -> (Epilogue, ProcessTree) {
    var tree = ProcessTree()
    var epilogue = Epilogue()
    for event in story.events {
      tree.fold(event)
      epilogue.fold(event, in: tree)
    }
    return (epilogue, tree)
  }

  /// Crashes `name` and restarts it after `outage`.
  static func crash(_ name: String, for outage: Duration, in story: inout TreeStory) {
    let pid = story.pid(name)
    let exited = story.exit(name, .failure("boom"))
    let noticed = story.notice(name, pid, .failure("boom"), because: exited)
    story.wait(outage)
    story.recover(name, because: noticed)
  }

  @Test func `nothing is told of a run in which nothing happened`() {
    let (epilogue, tree) = Self.epilogue(of: TreeStory(.shop))
    #expect(epilogue.isEmpty)
    #expect(epilogue.sentences(in: tree, at: tree.now).isEmpty)
  }

  @Test func `kills, crashes, restarts and the longest outage are counted`() {
    var story = TreeStory(
      .supervisor("top", .oneForOne, RestartIntensity(), [.worker("a"), .worker("b")]))
    let killed = story.post(.requested(.process(story.pid("a"), .kill)))
    story.crash("a", because: killed)
    Self.crash("a", for: .milliseconds(250), in: &story)
    Self.crash("b", for: .milliseconds(1300), in: &story)
    Self.crash("a", for: .milliseconds(40), in: &story)
    story.post(.requested(.process(story.pid("b"), .suspend)))
    let (epilogue, tree) = Self.epilogue(of: story)
    #expect(epilogue.kills == 1)
    #expect(epilogue.crashes == 4)
    #expect(epilogue.restarts == 4)
    #expect(
      epilogue.sentences(in: tree, at: tree.now) == [
        "1 kill, 1 other action, 4 processes crashed, 4 restarts", "longest outage: b, 1.300 s",
      ])
  }

  @Test func `siblings that were stopped are restarts and no crashes`() {
    var story = TreeStory(
      .supervisor("top", .oneForAll, RestartIntensity(), [.worker("a"), .worker("b")]))
    story.crash("a")
    let (epilogue, _) = Self.epilogue(of: story)
    #expect(epilogue.crashes == 1)
    #expect(epilogue.restarts == 2)
  }

  @Test func `a supervisor that gives up is told, and so is an outage that lasts`() {
    var story = TreeStory(.supervisor("top", .oneForOne, RestartIntensity(), [.worker("a")]))
    Self.crash("a", for: .milliseconds(10), in: &story)
    story.exit("a", .failure("boom"))
    story.post(
      .supervisor(story.pid("top"), .intensityExceeded("a", used: 2, RestartIntensity())))
    let (epilogue, tree) = Self.epilogue(of: story)
    #expect(
      epilogue.sentences(in: tree, at: tree.now + .seconds(3)) == [
        "2 processes crashed, 1 restart, 1 supervisor gave up",
        "longest outage: a, 3.000 s, not over yet",
      ])
  }

  @Test func `who ended in order is not missed`() {
    var story = TreeStory(
      .supervisor("top", .oneForOne, RestartIntensity(), [.worker("a", .transient)]))
    story.exit("a", .normal)
    let (epilogue, tree) = Self.epilogue(of: story)
    #expect(epilogue.longestOutage(in: tree, at: tree.now + .seconds(9)) == nil)
  }

  @Test func `marks tell actions, crashes and who gave up`() {
    var story = TreeStory(
      .supervisor("top", .oneForAll, RestartIntensity(), [.worker("a"), .worker("b")]))
    let killed = story.post(.requested(.process(story.pid("a"), .kill)))
    story.crash("a", because: killed)
    story.post(
      .supervisor(story.pid("top"), .intensityExceeded("a", used: 2, RestartIntensity())))
    let marks = story.events.compactMap(story.tree.mark)
    #expect(marks.count == 3)
    #expect(marks.first?.hasSuffix("kill a") == true)
    #expect(marks.dropFirst().first?.contains("exited: killed") == true)
    #expect(marks.last?.hasPrefix("top gives up") == true)
  }
}

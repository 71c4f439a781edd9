import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree

/// Trees and moments that the pictures of the views show.
enum ViewsStory {
  /// Two seconds after the user killed `cache`.
  static var afterKill: ShopStory {
    var story = ShopStory.started
    story.now = RuntimeInstant(nanoseconds: 10_304_000_000)
    story.kill("cache", in: "db_sup")
    story.now = RuntimeInstant(nanoseconds: 12_400_000_000)
    return story
  }

  /// A child in every state there is.
  static var everyState: ShopStory {
    var story = afterKill
    let (db, web) = (story.pid("db_sup"), story.pid("web_sup"))
    let conn = story.pid("conn_sup")
    let intensity = RestartIntensity(3, in: 5)
    story.tell(.process(story.pid("cron"), .suspended))
    story.tell(.process(story.pid("cache"), .exited(.killed)))
    story.tell(
      .child(of: db, id("pool"), .stopping(story.pid("pool"), .timeout(5000))))
    story.tell(
      .supervisor(web, .restartDecided(id("acceptor"), .restForOne, stops: 1, starts: 2)))
    story.tell(.process(story.pid("acceptor"), .exited(.shutdown)))
    story.tell(.child(of: web, id("acceptor"), .starting))
    story.tell(
      .supervisor(conn, .intensityExceeded(id("c1"), used: 4, intensity)))
    story.tell(
      .child(of: conn, id("c1"), .stopping(story.pid("c1"), .timeout(5000))))
    story.tell(.process(story.pid("c1"), .exited(.shutdown)))
    return story
  }

  /// S over S W S W W S S W W W W W, as on the slide.
  static var slide: ShopStory {
    started(
      supervisor(
        "top", .oneForOne,
        [
          supervisor("s1", .oneForAll, workers("a", 2)), worker("w1"),
          supervisor("s2", .restForOne, workers("b", 3)), worker("w2"), worker("w3"),
          supervisor("s3", .oneForAll, workers("c", 1)),
          supervisor("s4", .oneForOne, workers("d", 2)),
        ] + (4...8).map { worker("w\($0)") }))
  }

  /// A supervisor of forty workers beside one of four.
  static var wide: ShopStory {
    started(
      supervisor(
        "top_sup", .oneForOne,
        [
          supervisor("many_sup", .oneForAll, workers("m", 40)), worker("lone"),
          supervisor("few_sup", .restForOne, workers("f", 4)), worker("other"),
        ]))
  }

  /// The first events of a supervisor with very many workers.
  static func swarm(_ count: Int) -> [Event] {
    var story = ShopStory()
    let top = story.start(supervisor("top_sup", .oneForOne, []), under: nil, cause: nil)
    let swarm = story.start(
      supervisor("swarm_sup", .simpleOneForOne, []), under: top, cause: nil)
    for number in 0..<count {
      let id = ChildID.dynamic(number)
      let pid = PID(UInt32(number + 10))
      let child = ChildDescription(
        id: id, restart: .permanent, shutdown: .brutalKill, kind: .worker, isSignificant: false)
      story.tell(.supervisor(swarm, .childSpecified(child, position: number)))
      story.tell(.child(of: swarm, id, .starting))
      story.tell(.process(pid, .spawned(parent: swarm, behaviour: "gen_server worker")))
      story.tell(.child(of: swarm, id, .started(pid)))
    }
    return story.events
  }

  static func id(_ name: String) -> ChildID { .named(.atom(name)) }

  private static func worker(_ name: String) -> ShopStory.Child { .worker(name, .permanent) }

  private static func workers(_ stem: String, _ count: Int) -> [ShopStory.Child] {
    (1...count).map { worker("\(stem)\($0)") }
  }

  private static func supervisor(
    _ name: String, _ strategy: SupervisionStrategy, _ children: [ShopStory.Child]
  ) -> ShopStory.Child {
    .supervisor(name, strategy, RestartIntensity(3, in: 5), children)
  }

  private static func started(_ tree: ShopStory.Child) -> ShopStory {
    var story = ShopStory()
    story.start(tree, under: nil, cause: nil)
    return story
  }
}

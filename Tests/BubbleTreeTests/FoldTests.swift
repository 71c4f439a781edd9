import BubbleEvents
@testable import BubbleTree
import Testing

@Suite struct FoldTests {
  @Test func `the shop comes up with its names, kinds and start order`() {
    let story = TreeStory(.shop)
    let tree = story.tree
    #expect(tree.roots.map { tree[$0].name } == ["shop_sup"])
    #expect(story.children(of: "shop_sup") == ["db_sup", "web_sup", "mailer", "cron"])
    #expect(story.children(of: "conn_sup") == ["c1", "c2", "c3"])
    #expect(tree.aliveCount == 12 && tree.count(of: .running) == 12)
    #expect(story["db_sup"].kind == .supervisor && story["cache"].kind == .worker)
    #expect(
      tree.path(of: story["c2"].id).map { tree[$0].name } == [
        "shop_sup", "web_sup", "conn_sup", "c2",
      ])
    tree.expectConsistency()
  }

  /// A few events posted to the shop, and what is seen of a place afterwards.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var place = "cache"
    var state: ProcessState
    var tell: @Sendable (inout TreeStory) -> Void

    init(
      _ description: String, _ place: String = "cache", is state: ProcessState,
      _ tell: @escaping @Sendable (inout TreeStory) -> Void
    ) {
      testDescription = description
      self.place = place
      self.state = state
      self.tell = tell
    }
  }

  static let cases: [Case] = [
    Case("killed", is: .crashed) { $0.exit("cache", .killed) },
    Case("an error", is: .crashed) { $0.exit("cache", .failure("badarg")) },
    Case("normal", is: .stopped) { $0.exit("cache", .normal) },
    Case("shutdown with a remark", is: .stopped) { $0.exit("cache", .shutdownBecause("idle")) },
    Case("told to end", is: .stopping) {
      $0.post(
        .child(of: $0.pid("db_sup"), "cache", .stopping($0.pid("cache"), .brutalKill)))
    },
    Case("told to end and killed", is: .stopped) { $0.stop("cache", .killed) },
    Case("told to end when it had just died", is: .crashed) {
      let pid = $0.pid("cache")
      $0.exit("cache", .failure("badarg"))
      $0.post(
        .child(of: $0.pid("db_sup"), "cache", .stopping(pid, .infinity)))
    },
    Case("suspended", is: .suspended) { $0.post(.process($0.pid("cache"), .suspended)) },
    Case("resumed", is: .running) {
      $0.post(.process($0.pid("cache"), .suspended))
      $0.post(.process($0.pid("cache"), .resumed))
    },
    Case("told to end while suspended, then resumed", is: .stopping) {
      $0.post(.process($0.pid("cache"), .suspended))
      $0.post(
        .child(of: $0.pid("db_sup"), "cache", .stopping($0.pid("cache"), .infinity)))
      $0.post(.process($0.pid("cache"), .resumed))
    },
    Case("killed while suspended", is: .crashed) {
      $0.post(.process($0.pid("cache"), .suspended))
      $0.exit("cache")
    },
    Case("its start function runs", is: .starting) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
    },
    Case("its init runs", is: .starting) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
      $0.spawn(by: $0.pid("db_sup"))
    },
    Case("its init has failed", is: .crashed) {
      $0.exit("cache")
      _ = $0.failStart("cache", under: $0.pid("db_sup"))
    },
    Case("its init said ignore", is: .stopped) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
      let pid = $0.spawn(by: $0.pid("db_sup"))
      $0.post(.process(pid, .exited(.normal)))
      $0.post(.child(of: $0.pid("db_sup"), "cache", .ignored))
    },
    Case("it started and died before that was noticed", is: .crashed) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
      let pid = $0.spawn(by: $0.pid("db_sup"))
      $0.post(.process(pid, .exited(.failure("late"))))
      $0.post(.child(of: $0.pid("db_sup"), "cache", .started(pid)))
    },
    Case("its supervisor was killed while its init ran", is: .crashed) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
      let pid = $0.spawn(by: $0.pid("db_sup"))
      $0.exit("db_sup")
      $0.post(.process(pid, .exited(.killed)))
    },
    Case("its supervisor was killed before it was spawned", is: .stopped) {
      $0.exit("cache")
      $0.post(.child(of: $0.pid("db_sup"), "cache", .starting))
      $0.exit("db_sup")
    },
    Case("a supervisor that decided", "db_sup", is: .restarting) {
      $0.exit("cache")
      _ = $0.decide("cache", because: 1)
    },
    Case("a supervisor that was suspended, decided and goes on", "db_sup", is: .restarting) {
      $0.post(.process($0.pid("db_sup"), .suspended))
      _ = $0.decide("cache", because: 1)
      $0.post(.process($0.pid("db_sup"), .resumed))
    },
    Case("a supervisor that is done", "db_sup", is: .running) { $0.crash("cache") },
    Case("a supervisor that gave up", "db_sup", is: .gaveUp) {
      $0.post(
        .supervisor(
          $0.pid("db_sup"), .intensityExceeded("cache", used: 4, RestartIntensity(3, in: 5))))
    },
    Case("a supervisor that gave up and ended", "db_sup", is: .gaveUp) {
      let exited = $0.exit("cache")
      _ = $0.giveUp(over: "cache", used: 4, because: exited)
    },
    Case("a supervisor that gave up and started again", "db_sup", is: .running) {
      let exited = $0.exit("cache")
      let ended = $0.giveUp(over: "cache", used: 4, because: exited)
      $0.recover("db_sup", because: ended)
    },
    Case("a supervisor that shuts itself down", "db_sup", is: .stopping) {
      $0.exit("cache")
      $0.post(
        .supervisor($0.pid("db_sup"), .autoShutdownStarted("cache", .anySignificant)))
    },
    Case("a supervisor that has shut itself down", "db_sup", is: .stopped) {
      $0.exit("cache")
      $0.post(
        .supervisor($0.pid("db_sup"), .autoShutdownStarted("cache", .anySignificant)))
      $0.stop("pool")
      $0.exit("db_sup", .shutdown)
    },
  ]

  @Test(arguments: cases)
  func `an event changes what is seen of a place`(example: Case) {
    var story = TreeStory(.shop)
    example.tell(&story)
    #expect(story[example.place].state == example.state)
    story.tree.expectConsistency()
  }

  @Test func `the loss of a handler is told, with its reason`() {
    let story = TreeStory(.shop)
    let event = Event(
      id: 9999, instant: .zero, cause: nil,
      kind: .reported(
        .handlerTerminated(manager: story.pid("cache"), handler: "pager", reason: "boom")))
    let text = story.tree.narrate(event)?.spans.map(\.text).joined()
    #expect(text?.hasSuffix(" loses its handler pager: boom") == true)
  }

  @Test func `the machine is over when nobody lives and nobody starts`() {
    var story = TreeStory(.supervisor("top", children: ["a"]))
    #expect(!story.tree.isOver && !ProcessTree().isOver)
    let exited = story.exit("a")
    #expect(!story.tree.isOver)
    _ = story.giveUp(over: "a", used: 2, because: exited)
    #expect(story.tree.isOver)
  }
}

extension Blueprint {
  static func supervisor(_ name: String, children: [String]) -> Blueprint {
    supervisor(name, .oneForOne, RestartIntensity(3, in: 5), children.map { worker($0) })
  }
}

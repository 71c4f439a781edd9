import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Changing specifications and their order from outside, while everybody runs on.
struct EditTests {
  private func settings(
    _ restart: ChildRestart, _ shutdown: ChildShutdown = .timeout(5000)
  ) -> ChildSettings {
    ChildSettings(restart: restart, shutdown: shutdown)
  }

  @Test func `another restart type keeps the process and counts from its next end on`() throws {
    var shop = try Shop(["a", "b"])
    let before = try shop.pid("a")
    shop.apply(.child(of: shop.root, .named("a"), .change(settings(.temporary))))
    #expect(try shop.pid("a") == before)
    #expect(shop.story.isEmpty)
    shop.apply(.process(try #require(before), .kill))
    #expect(shop.story == ["a ended (killed)", "a needs no restart", "a forgotten"])
    shop.apply(.process(try #require(try shop.pid("b")), .kill))
    #expect(shop.story.contains("b started"))
  }

  @Test func `another shutdown counts from the next stop on`() throws {
    var shop = try Shop(["a"])
    shop.apply(
      .child(of: shop.root, .named("a"), .change(settings(.permanent, .brutalKill))))
    shop.apply(.child(of: shop.root, .named("a"), .terminate))
    #expect(
      shop.events.contains { event in
        if case .child(_, _, .stopping(_, .brutalKill)) = event.kind { true } else { false }
      })
  }

  @Test func `another order is that of the next stops and starts`() throws {
    var shop = try Shop(["a", "b", "c"], .oneForAll)
    shop.apply(.supervisor(shop.root, .reorderChildren([.named("c"), .named("a"), .named("b")])))
    #expect(shop.story.isEmpty)
    #expect(try shop.children().map(\.id) == ["c", "a", "b"])
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    #expect(
      shop.story == [
        "a ended (killed)", "one_for_all for a: 2 stop, 3 start", "b stopped (shutdown)",
        "c stopped (shutdown)", "c started", "a started", "b started", "restart of a done",
      ])
  }

  @Test func `who is not named in an order comes last, and strangers are passed over`() throws {
    var shop = try Shop(["a", "b", "c", "d"])
    let ids: [ChildID] = [.named("d"), .named("nobody"), .named("b"), .named("d"), .dynamic(7)]
    shop.apply(.supervisor(shop.root, .reorderChildren(ids)))
    #expect(try shop.children().map(\.id) == ["d", "b", "a", "c"])
  }

  @Test func `a template's settings are those of all its children`() throws {
    var shop = try Shop(
      Supervisor(
        "shop", flags: SupervisorFlags(strategy: .simpleOneForOne),
        children: [ChildSpec(id: "t", start: .genServer { Clerk(name: "t") })]))
    for _ in 0..<2 { shop.apply(.supervisor(shop.root, .startChild([]))) }
    shop.apply(.child(of: shop.root, .dynamic(0), .change(settings(.temporary))))
    let told = shop.events.compactMap { event in
      if case .supervisor(_, .childSpecified(let child, _)) = event.kind { child } else { nil }
    }
    #expect(told.map(\.id) == [.dynamic(0), .dynamic(1)])
    #expect(told.allSatisfy { $0.restart == .temporary })
    guard case .pid(let pid)? = try shop.children().last?.child else {
      Issue.record("no child runs")
      return
    }
    shop.apply(.process(pid, .kill))
    #expect(!shop.story.contains { $0.hasSuffix("started") })
    #expect(try shop.children().count == 1)
  }

  @Test func `what a specification may not say changes nothing`() throws {
    var shop = try Shop(
      Supervisor(
        "shop", flags: SupervisorFlags(autoShutdown: .anySignificant),
        children: [
          ChildSpec(
            id: "a", start: .genServer { Clerk(name: "a") }, restart: .transient,
            isSignificant: true)
        ]))
    for (id, settings) in [
      ("a", settings(.permanent)), ("a", settings(.transient, .timeout(-1))),
      ("nobody", settings(.temporary)),
    ] {
      shop.apply(.child(of: shop.root, .named(.atom(id)), .change(settings)))
      #expect(shop.events.count == 2, "only the request and its refusal are told")
      let isRefused = shop.events.contains {
        if case .requestRefused = $0.kind { true } else { false }
      }
      #expect(isRefused)
    }
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Requests from outside that cannot be served.
@Suite struct RefusalTests {
  /// A request to a shop with the clerks `a` and `b`, and why it is refused.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reason: Term
    /// Makes the request, of the shop's root and the clerk `a`.
    var request: @Sendable (PID, PID) -> ControlRequest
  }

  private static let nobody = PID(900)
  private static let settings = ChildSettings(restart: .permanent, shutdown: .infinity)

  static let cases = [
    Case(testDescription: "kill nobody", reason: "noproc") { _, _ in .process(nobody, .kill) },
    Case(testDescription: "send to nobody", reason: "noproc") { _, _ in
      .process(nobody, .send("hello"))
    },
    Case(testDescription: "suspend nobody", reason: "noproc") { _, _ in
      .process(nobody, .suspend)
    },
    Case(testDescription: "flags of nobody", reason: "noproc") { _, _ in
      .supervisor(nobody, .changeFlags(SupervisorFlags()))
    },
    Case(testDescription: "an application of nobody", reason: "noproc") { _, _ in
      .application(controller: nobody, "shop", .stop)
    },
    Case(testDescription: "a release of nobody", reason: "noproc") { _, _ in
      .release(handler: nobody, .install, version: "2")
    },
    Case(testDescription: "a child of a worker", reason: "not_a_supervisor") { _, clerk in
      .child(of: clerk, .named("a"), .terminate)
    },
    Case(testDescription: "flags of a worker", reason: "not_a_supervisor") { _, clerk in
      .supervisor(clerk, .changeFlags(SupervisorFlags()))
    },
    Case(testDescription: "restart a child that runs", reason: "running") { root, _ in
      .child(of: root, .named("a"), .restart)
    },
    Case(testDescription: "delete a child that runs", reason: "running") { root, _ in
      .child(of: root, .named("a"), .delete)
    },
    Case(testDescription: "restart no child", reason: "not_found") { root, _ in
      .child(of: root, .named("x"), .restart)
    },
    Case(testDescription: "terminate no child", reason: "not_found") { root, _ in
      .child(of: root, .named("x"), .terminate)
    },
    Case(testDescription: "delete no child", reason: "not_found") { root, _ in
      .child(of: root, .dynamic(3), .delete)
    },
    Case(testDescription: "change no child", reason: "not_found") { root, _ in
      .child(of: root, .named("x"), .change(settings))
    },
    Case(testDescription: "inject into no child", reason: "not_found") { root, _ in
      .child(of: root, .named("x"), .injectFault(.refusedShutdown))
    },
    Case(
      testDescription: "one more child without a template",
      reason: .tuple(["invalid_child_spec", .list([1])])
    ) { root, _ in .supervisor(root, .startChild([1])) },
    Case(testDescription: "a negative intensity", reason: .tuple(["invalid_intensity", -1])) {
      root, _ in
      .supervisor(root, .changeFlags(SupervisorFlags(intensity: RestartIntensity(-1, in: 5))))
    },
    Case(testDescription: "no period", reason: .tuple(["invalid_period", 0])) { root, _ in
      .supervisor(root, .changeFlags(SupervisorFlags(intensity: RestartIntensity(1, in: 0))))
    },
  ]

  @Test(arguments: cases)
  func `what cannot be done is refused, and changes nothing`(_ refused: Case) throws {
    var shop = try Shop(["a", "b"])
    let before = try shop.children()
    let request = refused.request(shop.root, try #require(try shop.pid("a")))
    shop.apply(request)
    let asked = try #require(shop.events.first)
    #expect(asked.kind == .requested(request))
    let last = try #require(shop.events.last)
    #expect(last.kind == .requestRefused(by: request.pid, reason: refused.reason))
    #expect(last.cause == asked.id)
    #expect(try shop.children() == before)
  }

  @Test func `a template's supervisor refuses what only other supervisors do`() throws {
    let template = ChildSpec(id: "clerk", start: .genServer { Clerk() })
    var shop = try Shop(
      Supervisor("pool", flags: SupervisorFlags(strategy: .simpleOneForOne), children: [template]))
    shop.apply(.supervisor(shop.root, .startChild([])))
    for request: ControlRequest in [
      .child(of: shop.root, .dynamic(0), .restart), .child(of: shop.root, .dynamic(0), .delete),
      .supervisor(shop.root, .reorderChildren([])),
    ] {
      shop.apply(request)
      #expect(
        shop.events.last?.kind
          == .requestRefused(by: shop.root, reason: "simple_one_for_one"), "\(request)")
    }
  }

  @Test func `a start that fails is told as that, and not refused as well`() throws {
    var shop = try Shop(
      Supervisor(
        "shop",
        children: [
          ChildSpec(id: "a", start: .genServer { Clerk(name: "a", failingStarts: 2...2) })
        ]))
    shop.apply(.child(of: shop.root, .named("a"), .terminate))
    shop.apply(.child(of: shop.root, .named("a"), .restart))
    let kinds = shop.events.map(\.kind.name)
    #expect(kinds.contains("child_start_failed"))
    #expect(!kinds.contains("request_refused"))
  }

  @Test func `a state that cannot be replaced is refused with the error`() throws {
    var shop = try Shop(["a"])
    let clerk = try #require(try shop.pid("a"))
    shop.apply(.process(clerk, .replaceState(field: "name", 7)))
    let refusal = try #require(shop.events.last)
    #expect(refusal.kind.name == "request_refused")
    #expect(refusal.cause == shop.events.first?.id)
  }

  @Test func `a machine that runs an old recording again tells of no refusals`() throws {
    var shop = try Shop(["a"])
    shop.simulation.kernel.tellsRefusals = false
    shop.apply(.child(of: shop.root, .named("x"), .restart))
    #expect(shop.events.map(\.kind.name) == ["requested"])
  }
}

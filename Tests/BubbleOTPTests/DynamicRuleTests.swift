import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The rules of Elixir's DynamicSupervisor, one by one (docs/SEMANTICS.md, DS).
struct DynamicRuleTests {
  private func pool(_ supervisor: DynamicSupervisor = DynamicSupervisor()) throws -> Shop {
    try Shop(supervisor.supervisor("pool"))
  }

  private func clerk(_ id: Term, restart: ChildRestart = .permanent) -> ChildSpec {
    ChildSpec(
      id: id, start: .genServer { arguments in Clerk(name: "\(id) \(arguments)") },
      restart: restart)
  }

  private func start(_ spec: ChildSpec, in shop: inout Shop) throws -> PID {
    guard case .child(let pid?, _) = try shop.ask(.startChild(spec)) else {
      throw Shop.ShopError.notStarted
    }
    return pid
  }

  private func counts(_ shop: inout Shop) throws -> ChildCounts? {
    if case .counts(let counts) = try shop.ask(.countChildren) { counts } else { nil }
  }

  @Test func `it starts without children, and each brings its own specification`() throws {
    var shop = try pool()
    #expect(try shop.children().isEmpty)
    let first = try start(clerk("a"), in: &shop)
    let second = try start(clerk("b", restart: .temporary), in: &shop)
    shop.apply(.process(first, .kill))
    #expect(shop.story.contains("#0 started"))
    shop.apply(.process(second, .kill))
    #expect(shop.story.contains("#1 forgotten"))
    #expect(try shop.children().count == 1)
  }

  @Test func `the same id may come twice, and which_children shows none`() throws {
    var shop = try pool()
    _ = try start(clerk("a"), in: &shop)
    _ = try start(clerk("a"), in: &shop)
    #expect(try shop.children().map(\.id) == [nil, nil])
    #expect(try counts(&shop) == ChildCounts(specs: 2, active: 2, supervisors: 0, workers: 2))
  }

  @Test func `restarting children take a place too`() throws {
    var shop = try pool(
      DynamicSupervisor(intensity: RestartIntensity(9, in: 5), maximumChildren: 1))
    let spec = ChildSpec(
      id: "a", start: .genServer { Clerk(name: "a", failingStarts: 2...3) })
    let pid = try start(spec, in: &shop)
    shop.simulation.apply(.process(pid, .kill))
    let mark = shop.simulation.kernel.call(SupervisorRequest.startChild(spec), to: shop.root)
    shop.run()
    guard case .reply(let reply as SupervisorReply) = shop.simulation.kernel.answer(to: mark) else {
      Issue.record("not answered")
      return
    }
    #expect(reply.error == .maximumChildren)
    shop.apply(.child(of: shop.root, .dynamic(0), .terminate))
    _ = try start(clerk("b"), in: &shop)
  }

  @Test func `a child is ended by its process, once`() throws {
    var shop = try pool()
    let pid = try start(clerk("a"), in: &shop)
    #expect(try shop.ask(.terminateChild(.pid(pid))).error == nil)
    #expect(try shop.ask(.terminateChild(.pid(pid))).error == .notFound)
    #expect(try shop.ask(.terminateChild(.pid(shop.root))).error == .notFound)
    #expect(try shop.children().isEmpty)
  }

  @Test func `it gives up after more than three restarts in five seconds`() throws {
    var shop = try pool()
    var pid = try start(clerk("a"), in: &shop)
    for _ in 1...3 {
      shop.apply(.process(pid, .kill))
      guard case .pid(let next)? = try shop.children().first?.child else {
        Issue.record("not restarted")
        return
      }
      pid = next
    }
    let witness = shop.simulation.spawn(Listener())
    let root = shop.root
    shop.simulation.send(Listener.Order { _ = $0.monitor(root) }, to: witness)
    shop.run()
    shop.apply(.process(pid, .kill))
    #expect(shop.simulation.inspect(witness)?.state.map(\.value) == ["DOWN \(root) shutdown"])
  }

  @Test func `a restart uses the arguments of the start`() throws {
    var shop = try pool(DynamicSupervisor(extraArguments: ["x"]))
    let pid = try start(clerk("a"), in: &shop)
    shop.apply(.process(pid, .kill))
    guard case .pid(let new)? = try shop.children().first?.child else {
      Issue.record("it does not run again")
      return
    }
    #expect(shop.simulation.inspect(new)?.behaviour == "gen_server a [x]")
  }

  @Test func `a start that fails or is ignored keeps nothing`() throws {
    var shop = try pool()
    let failing = ChildSpec(id: "f", start: ProcessStart { _, _ in .finished(.error("no")) })
    let ignored = ChildSpec(id: "i", start: ProcessStart { _, _ in .finished(.ignore) })
    #expect(try shop.ask(.startChild(failing)).error?.term == "no")
    guard case .child(nil, _) = try shop.ask(.startChild(ignored)) else {
      Issue.record("not ignored")
      return
    }
    var wrong = UncheckedChildSpec()
    wrong.id = "w"
    #expect(try shop.ask(.startUnchecked(wrong)).error?.term == "missing_start")
    #expect(try counts(&shop) == ChildCounts(specs: 0, active: 0, supervisors: 0, workers: 0))
  }

  @Test func `a failed restart is tried again behind what is queued, and shows as restarting`()
    throws
  {
    var shop = try pool(DynamicSupervisor(intensity: RestartIntensity(9, in: 5)))
    let spec = ChildSpec(
      id: "a", start: .genServer { Clerk(name: "a", failingStarts: 2...2) })
    let pid = try start(spec, in: &shop)
    shop.simulation.apply(.process(pid, .kill))
    let mark = shop.simulation.kernel.call(SupervisorRequest.whichChildren, to: shop.root)
    shop.run()
    guard case .reply(let reply as SupervisorReply) = shop.simulation.kernel.answer(to: mark),
      case .children(let children) = reply
    else {
      Issue.record("not answered")
      return
    }
    #expect(children.map(\.child) == [.restarting])
    guard case .pid? = try shop.children().first?.child else {
      Issue.record("not restarted")
      return
    }
  }
}

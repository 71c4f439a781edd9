import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles
import BubbleSimulation
import Testing

/// Releases that replace each other while everything runs (OTP: RL6, RL7b-RL12).
@Suite struct ReleaseTests {
  @Test func `an upgrade and a downgrade of 1,000 processes lose no message and no state`() throws {
    var stock = try Stock(counters: 1000)
    #expect(stock.simulation.kernel.processCount > 1000)
    #expect(try stock.ask(.install("2")) == .installed(from: "1", description: "better"))
    #expect(try stock.call("c999") != .tuple(["one", 0]))
    stock.run(milliseconds: 20)
    #expect(try stock.ask(.install("1")) == .installed(from: "2", description: []))
    stock.run(milliseconds: 20)
    let sent = try stock.call("feeder", "stop")
    stock.simulation.runUntilIdle()
    let total = try stock.total()
    #expect(sent == .integer(total) && total > 5000)
    let restarts = stock.simulation.takeEvents().filter { $0.kind.name == "process_exited" }
    #expect(restarts.isEmpty)
  }

  @Test func `state comes over by the function of the later version, in both directions`() throws {
    var stock = try Stock()
    _ = try stock.call("feeder", "stop")
    let before = try #require(try stock.call("c0").elements)
    _ = try stock.ask(.install("2"))
    #expect(try stock.call("c0") == .tuple(["two", before[1], "gram"]))
    _ = try stock.ask(.install("1"))
    #expect(try stock.call("c0") == .tuple(before))
  }

  @Test func `each instruction is an event, and each process that comes over is one`() throws {
    var stock = try Stock(counters: 2)
    _ = stock.story()
    _ = try stock.ask(.install("2"))
    let change = "counter 1 → 2"
    #expect(
      stock.story() == [
        "installing", "db loaded", "web loaded",
        "{load_object_code,{db,\"2\",[counter]}}", "{load_object_code,{web,\"2\",[web_sup]}}",
        "point_of_no_return", "{suspend,[counter]}",
        "{load,{counter,brutal_purge,brutal_purge}}", "{code_change,up,[{counter,gram}]}",
        change, change, "{resume,[counter]}", "{suspend,[web_sup]}",
        "{load,{web_sup,brutal_purge,brutal_purge}}", "{code_change,up,[{web_sup,[]}]}",
        "web_sup 1 → 2", "{resume,[web_sup]}",
        "{apply,{supervisor,restart_child,[web_sup,cart]}}", "web 2: [\"port=81\"]", "installed",
      ])
  }

  @Test func `a supervisor takes its new specifications in, and a restart runs new code`() throws {
    var stock = try Stock()
    _ = try stock.ask(.install("2"))
    let web = try stock.pid("web_sup")
    let reply: SupervisorReply = try stock.simulation.call(
      SupervisorRequest.whichChildren, to: web)
    #expect(reply.children?.map(\.id) == ["cart", "home"])
    stock.simulation.apply(.process(try stock.pid("c1"), .kill))
    stock.run(milliseconds: 1)
    let parts = try #require(try stock.call("c1").elements)
    #expect(parts.first == "two")
  }

  @Test func `a release is current until it is made permanent, and old after another one`() throws {
    var stock = try Stock()
    #expect(try stock.status() == ["2 unpacked", "1 permanent"])
    _ = try stock.ask(.install("2"))
    #expect(try stock.status() == ["2 current", "1 permanent"])
    #expect(try stock.ask(.install("2")) == .error(.tuple(["already_installed", .text("2")])))
    #expect(try stock.ask(.makePermanent("2")) == .ok)
    #expect(try stock.status() == ["2 permanent", "1 old"])
    #expect(try stock.ask(.makePermanent("1")) == .error(.tuple(["bad_status", "old"])))
    #expect(try stock.ask(.remove("2")) == .error(.tuple(["permanent", .text("2")])))
    #expect(try stock.ask(.remove("1")) == .ok)
    #expect(try stock.ask(.install("1")) == .error(.tuple(["no_such_release", .text("1")])))
  }

  @Test func `without a way there is no installation`() throws {
    var stock = try Stock(up: Release.Path("0", []))
    #expect(
      try stock.ask(.install("2"))
        == .error(.tuple(["no_matching_relup", .text("2"), .text("1")])))
  }

  // MARK: - Failures

  @Test(arguments: [
    (
      ReleaseInstruction.loadObjectCode(application: "db", version: "3", modules: ["counter"]),
      "{bad_lib_vsn,db,\"2\"}"
    ),
    (.loadObjectCode(application: "db", version: "2", modules: ["x"]), "{no_such_file,\"x.beam\"}"),
    (.apply(.init("nobody", "knows")), "{EXIT,{undef,STACK}}"),
  ])
  func `a failure before the point of no return changes nothing`(
    _ instruction: ReleaseInstruction, _ reason: String
  ) throws {
    var path = Stock.up()
    path.instructions.insert(instruction, at: 0)
    var stock = try Stock(up: path)
    let before = stock.simulation.kernel.processes
    _ = stock.story()
    guard case .error(let error) = try stock.ask(.install("2")) else {
      Issue.record("it is installed")
      return
    }
    #expect(error.description == reason)
    #expect(stock.simulation.kernel.processes == before)
    #expect(stock.story().suffix(3) == ["failed", "db loaded", "web loaded"])
    #expect(try stock.status() == ["2 unpacked", "1 permanent"])
    let parts = try #require(try stock.call("c0").elements)
    #expect(parts.first == "one")
  }

  @Test func `a failure behind it restarts the machine with the permanent release`() throws {
    var stock = try Stock(up: Stock.up(extra: "refuse"))
    _ = stock.story()
    guard case .error(.tuple(let parts)) = try stock.ask(.install("2")) else {
      Issue.record("it is installed")
      return
    }
    #expect(parts.first == "code_change_failed")
    stock.run(milliseconds: 20)
    let story = stock.story()
    let end = try #require(story.firstIndex(of: "failed"))
    #expect(
      Array(story[end...]) == [
        "failed", "rebooting", "web stopping", "web stopped", "shop stopping", "shop stopped",
        "db stopping", "db stopped", "booting", "db loaded", "db starting", "db started",
        "shop loaded", "shop starting", "shop started", "web loaded", "web starting",
        "web started",
      ])
    #expect(try stock.status() == ["2 unpacked", "1 permanent"])
    let state = try #require(try stock.call("c0").elements)
    #expect(state.first == "one")
    // The way is open again.
    #expect(try stock.ask(.check("2")) == .installed(from: "1", description: "better"))
  }

  @Test func `who does not answer in time is left out, and purged when it is permanent`() throws {
    var stock = try Stock()
    stock.simulation.cast(Term.atom("wait"), to: try stock.pid("c1"))
    stock.run(milliseconds: 1)
    let waiting = try stock.pid("c1")
    #expect(try stock.ask(.install("2")) == .installed(from: "1", description: "better"))
    #expect(stock.story().contains("left_out"))
    #expect(stock.simulation.kernel.inspect(waiting, mailboxLimit: 0)?.isSuspended == false)
    #expect(try stock.ask(.makePermanent("2")) == .ok)
    #expect(stock.simulation.inspect(waiting) == nil)
  }

  @Test(arguments: [ReleaseInstruction.Purge.brutal, .soft])
  func `a third version kills who still runs the first, or is refused`(
    _ purge: ReleaseInstruction.Purge
  ) throws {
    var stock = try Stock(down: Stock.down(prePurge: purge))
    stock.simulation.cast(Term.atom("wait"), to: try stock.pid("c1"))
    stock.run(milliseconds: 1)
    let waiting = try stock.pid("c1")
    #expect(try stock.ask(.install("2")) == .installed(from: "1", description: "better"))
    #expect(stock.simulation.inspect(waiting) != nil)
    let reply = try stock.ask(.install("1"))
    switch purge {
    case .brutal:
      #expect(reply == .installed(from: "2", description: []))
      #expect(stock.simulation.inspect(waiting) == nil)
    case .soft:
      #expect(reply == .error(.tuple(["old_processes", "counter"])))
      #expect(stock.simulation.inspect(waiting) != nil)
    }
  }

  @Test func `a module without processes changes over with each instruction executed once`() throws
  {
    var path = Stock.up()
    path.instructions.insert(
      contentsOf: [
        .suspend([.init("idle")]), .codeChange(.up, [.init("idle")]), .resume(["idle"]),
      ],
      at: 3)
    var stock = try Stock(counters: 2, up: path)
    _ = stock.story()
    #expect(try stock.ask(.install("2")) == .installed(from: "1", description: "better"))
    let executed = stock.story().filter { $0.hasPrefix("{") || $0 == "point_of_no_return" }
    #expect(executed == path.instructions.map(\.term.description))
  }

  @Test func `functions of the release are called, and theirs is the failure`() throws {
    let call = ReleaseInstruction.apply(.init("shop", "note", [1]))
    var stock = try Stock(
      up: Stock.up(between: [call]),
      functions: [
        "shop:note": { arguments, context in
          context.post(.limitReached(pid: nil, limit: "noted \(arguments)"))
        }
      ])
    _ = try stock.ask(.install("2"))
    #expect(stock.story().contains("noted [1]"))
  }

  @Test func `a soft update has a process come over with its next message`() throws {
    var path = Stock.up()
    path.instructions.removeAll { instruction in
      if case .codeChange(_, let changes) = instruction {
        changes[0].module == "counter"
      } else {
        false
      }
    }
    var stock = try Stock(up: path)
    _ = try stock.ask(.install("2"))
    let parts = try #require(try stock.call("c0").elements)
    #expect(parts.first == "two" && parts.last == "undefined")
  }

  @Test func `a machine that reboots an old release starts anew with it`() throws {
    var stock = try Stock()
    _ = try stock.ask(.install("2"))
    _ = try stock.ask(.makePermanent("2"))
    #expect(
      try stock.ask(.rebootOldRelease("2")) == .error(.tuple(["bad_status", "permanent"])))
    #expect(try stock.ask(.rebootOldRelease("1")) == .ok)
    stock.run(milliseconds: 20)
    #expect(try stock.status() == ["2 old", "1 permanent"])
  }

  @Test func `a permanent application that ends takes the machine and its handler down`() throws {
    var stock = try Stock()
    stock.simulation.apply(.process(try stock.pid("db_sup"), .kill))
    stock.run(milliseconds: 20)
    #expect(stock.simulation.inspect(stock.root) == nil)
    #expect(stock.simulation.kernel.processCount == 0)
  }
}

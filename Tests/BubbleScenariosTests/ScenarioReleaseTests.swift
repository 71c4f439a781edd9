import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Scenarios of releases: the way between them is made of appups, and workers come over.
@Suite struct ScenarioReleaseTests {
  /// Two releases of a shop with a till, which is `workers` in the second.
  private static func shop(
    _ workers: String, up: String = "{update, till, {advanced, []}}",
    down: String = "{update, till, {advanced, []}}", steps: String
  ) -> String {
    """
    release: "1.0"
    applications:
      - application: shop
        version: "1"
        tree:
          supervisor: shop_sup
          children: [{worker: till1, module: till, tick: 100 ms, state: {sold: +1}}]
    upgrades:
      - release: "1.1"
        applications:
          - application: shop
            version: "2"
            appup: '{"2", [{"1", [\(up)]}], [{"1", [\(down)]}]}.'
            tree: {supervisor: shop_sup, children: [\(workers)]}
    faults: \(steps)
    """
  }

  private static let faster =
    "{worker: till1, module: till, tick: 10 ms, state: {sold: +1, vat: 7}}"

  private func state(_ run: ScenarioRun, of name: String) -> [String] {
    run.inspection(of: name)?.state.map { "\($0.name)=\($0.value)" } ?? []
  }

  private func releases(_ run: ScenarioRun) -> [String] {
    run.events.compactMap { event in
      guard case .release(let step) = event.kind else { return nil }
      return "\(event.instant.nanoseconds / 1_000_000) \(step.version) \(step.change.name)"
    }.filter { !$0.hasSuffix("instruction") }
  }

  @Test func `a worker comes over with what it has counted, and goes back with it`() throws {
    let up = try ScenarioRun(
      yaml: Self.shop(Self.faster, steps: "[{at: 1050 ms, install: 1.1}]"), seconds: 2)
    #expect(releases(up) == ["0 1.0 booting", "1050 1.1 installing", "1050 1.1 installed"])
    // The tick that was on its way counts; from then on it is ten times as fast.
    #expect(state(up, of: "till1") == ["sold=101", "vat=7", "messages=101"])
    let back = try ScenarioRun(
      yaml: Self.shop(
        Self.faster, steps: "[{at: 1050 ms, install: 1.1}, {at: 1055 ms, install: 1.0}]"),
      seconds: 2)
    #expect(state(back, of: "till1") == ["sold=20", "messages=20"])
  }

  @Test func `a supervisor takes in what its new version says`() throws {
    let run = try ScenarioRun(
      yaml: Self.shop(
        Self.faster + ", {worker: clock}",
        up: "{add_module, clock}, {update, shop_sup, supervisor}, {apply, {supervisor, "
          + "restart_child, [shop_sup, clock]}}", down: "",
        steps: "[{at: 1 s, install: 1.1}]"), seconds: 2)
    #expect(state(run, of: "clock") == ["messages=0"])
    #expect(releases(run).last == "1000 1.1 installed")
  }

  @Test func `a worker that refuses restarts the machine with the old release`() throws {
    let run = try ScenarioRun(
      yaml: Self.shop(
        "{worker: till1, module: till, code_change: {fails: no_vat}}",
        steps: "[{at: 1050 ms, install: 1.1}]"), seconds: 2)
    #expect(
      releases(run) == [
        "0 1.0 booting", "1050 1.1 installing", "1050 1.1 failed", "1050 1.0 rebooting",
        "1050 1.0 booting",
      ])
    #expect(state(run, of: "till1") == ["sold=9", "messages=9"])
  }

  @Test func `what cannot be is refused, and the machine goes on`() throws {
    let run = try ScenarioRun(
      yaml: Self.shop(
        Self.faster,
        steps: "[{at: 1 s, make_permanent: 1.1}, {at: 1 s, reboot: 1.1}, {at: 1 s, install: 1.0}]"),
      seconds: 2)
    #expect(
      releases(run) == [
        "0 1.0 booting", "1000 1.1 refused", "1000 1.1 refused", "1000 1.0 refused",
      ])
  }

  @Test(arguments: ["state machine", "event manager"])
  func `every kind of worker comes over`(_ kind: String) throws {
    let worker =
      kind == "state machine"
      ? "{worker: till1, module: till, states: {shut: {on: {key: open}}, open: {on: {key: stay}}}}"
      : "{worker: till1, module: till, handlers: [{handler: log}]}"
    let old = Self.shop(
      worker, steps: "[{at: 1 s, send: till1, message: key}, {at: 2 s, install: 1.1}]"
    ).replacing(
      "{worker: till1, module: till, tick: 100 ms, state: {sold: +1}}",
      with: worker.replacing("open: {on: {key: stay}}", with: "open: {on: {key: shut}}")
        .replacing("log}", with: "log, fails: 9}"))
    let run = try ScenarioRun(yaml: old, seconds: 3)
    #expect(releases(run).last == "2000 1.1 installed")
    if kind == "state machine" { #expect(state(run, of: "till1").first == "state=open") }
  }

  /// Instructions about a module that no process is of, up and down.
  @Test(arguments: [
    ("{load_module, till_tax}", "{load_module, till_tax}"),
    ("{add_module, till_tax}", "{delete_module, till_tax}"),
    ("{delete_module, till_tax}", "{add_module, till_tax}"),
    ("{load_module, till_tax, [till]}", "{load_module, till_tax}"),
    ("{apply, {till_tax, pause, []}}, {load_module, till_tax}", "{load_module, till_tax}"),
  ])
  func `a module that is code only needs no .app file`(up: String, down: String) throws {
    let run = try ScenarioRun(
      yaml: Self.shop(
        Self.faster, up: "\(up), {update, till, {advanced, []}}",
        down: "{update, till, {advanced, []}}, \(down)",
        steps: "[{at: 1050 ms, install: 1.1}, {at: 1055 ms, install: 1.0}]"), seconds: 2)
    #expect(
      releases(run) == [
        "0 1.0 booting", "1050 1.1 installing", "1050 1.1 installed", "1055 1.0 installing",
        "1055 1.0 installed",
      ])
    #expect(state(run, of: "till1") == ["sold=20", "messages=20"])
  }

  @Test func `a way that cannot be made is told with its place`() throws {
    let file = Self.shop(Self.faster, up: "{update, nobody, soft}", steps: "[]")
    #expect {
      try Scenario(yaml: file, file: "my.yaml")
    } throws: { error in
      let text = "\(error)"
      return text.contains("my.yaml:9:5") && text.contains("nobody")
    }
  }
}

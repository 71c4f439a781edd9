import BubbleEvents
import BubbleReleaseFiles
@testable import BubbleScenarios
import BubbleSimulation
import Testing

/// Scenarios whose applications are described by real `.app` files.
@Suite struct ApplicationFileTests {
  private static let app = """
    %% As Erlang has it.
    {application, shop, [
      {description, "A shop"}, {vsn, "1.2.3"}, {registered, [shop_sup]},
      {applications, [kernel, db]}, {optional_applications, [db]},
      {env, [{port, 8080}]}, {start_phases, [{open, []}]}, {mod, {shop_app, [blue]}}
    ]}.
    """

  private static let yaml = """
    applications:
      - application: shop
        file: ebin/shop.app
        phases: [{phase: open, takes: 200 ms}]
        tree: {supervisor: shop_sup, children: [{worker: till}]}
      - application: kernel
    """

  private func scenario(
    _ yaml: String = yaml, _ app: String = app, path: String = "ebin/shop.app"
  ) throws -> Scenario {
    try Scenario(yaml: yaml, file: "my.yaml", with: ScenarioFiles([path: app]))
  }

  private func answer(_ yaml: String = yaml, _ app: String = app, path: String = "ebin/shop.app")
    -> String
  {
    do {
      _ = try scenario(yaml, app, path: path)
      return "it was read"
    } catch {
      return "\(error)"
    }
  }

  @Test func `the file describes, and the scenario has the tree`() throws {
    let scenario = try scenario()
    let shop = try #require(scenario.applications.first)
    #expect(shop.resource.version == "1.2.3" && shop.resource.description == "A shop")
    #expect(shop.resource.environment.first?.value == 8080)
    #expect(shop.phases["open"]?.takes == .init(.milliseconds(200)))
    #expect(scenario.files == ["ebin/shop.app": Self.app])
    var machine = scenario.machine()
    machine.run(until: .zero + .seconds(1))
    let started = machine.takeEvents().compactMap { event -> String? in
      guard case .application(let step) = event.kind, case .started = step.change else {
        return nil
      }
      return "\(event.instant.nanoseconds / 1_000_000) \(step.application)"
    }
    #expect(started == ["0 kernel", "200 shop"])
  }

  @Test(arguments: [
    (
      "{application, shop, [{vsn, 1}]}.",
      "ebin/shop.app:1:28: vsn: found the number 1 where a string was expected"
    ),
    ("{application, shp, []}.", "\"ebin/shop.app\" describes \"shp\", not \"shop\""),
    (
      "{application, shop, [{applications, [kernal]}, {mod, {m, []}}]}.",
      "\"shop\" needs \"kernal\"; no application is called that; did you mean \"kernel\"?"
    ),
  ])
  func `what is wrong with the file is told at its name`(app: String, complaint: String) {
    #expect(answer(Self.yaml, app).contains("my.yaml:3:11: \(complaint)"))
  }

  @Test func `a file that is not there, and keys that it has, are told`() {
    #expect(
      answer(path: "other.app")
        == "my.yaml:3:11: cannot read \"ebin/shop.app\": there is no such file here")
    let twice = Self.yaml.replacing("    phases", with: "    version: 2\n    phases")
    #expect(
      answer(twice)
        == "my.yaml:4:14: the .app file says the version of \"shop\"; leave it out here")
    let phase = Self.yaml.replacing("phase: open", with: "phase: opne")
    #expect(answer(phase) == "my.yaml:4:22: unknown phase \"opne\"; did you mean \"open\"?")
  }

  @Test func `a start module wants a tree, and a library has none`() {
    let treeless = Self.yaml.split(separator: "\n").filter { !$0.contains("tree") }
      .joined(separator: "\n")
    #expect(
      answer(treeless).hasPrefix(
        "my.yaml:3:11: \"ebin/shop.app\" names the start module \"shop_app\", so \"shop\" wants"))
    #expect(
      answer(Self.yaml, "{application, shop, [{start_phases, [{open, []}]}]}.")
        == "my.yaml:5:11: \"ebin/shop.app\" names no start module, so \"shop\" is a library "
        + "without a tree")
  }
}

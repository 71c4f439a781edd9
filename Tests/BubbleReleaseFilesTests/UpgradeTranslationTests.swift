import BubbleEvents
import BubbleReleaseFiles
import Testing

/// Low-level instructions made of high-level ones.
///
/// That systools makes the same is checked in BubbleOracleTests, over many more scripts.
@Suite struct UpgradeTranslationTests {
  private static func component(
    _ name: String, _ version: String, _ modules: [String],
    type: ReleaseResource.StartType = .permanent
  ) -> CheckedRelease.Component {
    var resource = ApplicationResource(name, version: version)
    resource.modules = modules
    return .init(resource: resource, type: type)
  }

  private static func lowLevel(
    _ direction: ReleaseInstruction.Direction, _ script: String, modules: [String]? = nil
  ) throws -> String {
    let file = try TermFile(
      text: "{\"2\",[{\"1\",[\(script)]}],[]}.", name: "shop.appup")
    let instructions = try ApplicationUpgrade(file).upgrades.first?.instructions ?? []
    let all = modules ?? ["a", "b", "c"]
    let old = [component("shop", "1", ["a", "b", "c"]), component("gone", "1", ["g"])]
    let new = [
      component("shop", "2", all), component("more", "1", ["x", "y"], type: .temporary),
    ]
    let translation = UpgradeTranslation(direction, from: old, to: new)
    return try translation.lowLevel([instructions]).map(\.term.description)
      .joined(separator: " ").replacing("brutal_purge", with: "bp")
      .replacing("point_of_no_return", with: "|")
  }

  @Test(arguments: [
    ("", "|", "|"),
    (
      "{update,a}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {load,{a,bp,bp}} {resume,[a]}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {load,{a,bp,bp}} {resume,[a]}"
    ),
    (
      "{update,a,{advanced,x}}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {load,{a,bp,bp}} "
        + "{code_change,up,[{a,x}]} {resume,[a]}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {code_change,down,[{a,x}]} "
        + "{load,{a,bp,bp}} {resume,[a]}"
    ),
    (
      "{update,a,supervisor}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {load,{a,bp,bp}} "
        + "{code_change,up,[{a,[]}]} {resume,[a]}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[a]} {load,{a,bp,bp}} "
        + "{code_change,down,[{a,[]}]} {resume,[a]}"
    ),
    (
      "{update,b},{apply,{m,f,[]}},{update,a,[b,c]},{load_module,c}",
      "{load_object_code,{shop,\"2\",[a,b,c]}} | {suspend,[a,b]} {load,{c,bp,bp}} "
        + "{load,{b,bp,bp}} {load,{a,bp,bp}} {resume,[b,a]} {apply,{m,f,[]}}",
      "{load_object_code,{shop,\"2\",[a,b,c]}} | {suspend,[a,b]} {load,{a,bp,bp}} "
        + "{load,{b,bp,bp}} {load,{c,bp,bp}} {resume,[b,a]} {apply,{m,f,[]}}"
    ),
    (
      "{update,a,9,soft,brutal_purge,brutal_purge,[b]},{delete_module,b}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[{a,9}]} {remove,{b,bp,bp}} {purge,[b]} "
        + "{load,{a,bp,bp}} {resume,[a]}",
      "{load_object_code,{shop,\"2\",[a]}} | {suspend,[{a,9}]} {load,{a,bp,bp}} "
        + "{remove,{b,bp,bp}} {purge,[b]} {resume,[a]}"
    ),
    (
      "{add_application,more,transient}",
      "{load_object_code,{more,\"1\",[x,y]}} | {load,{x,bp,bp}} {load,{y,bp,bp}} "
        + "{apply,{application,start,[more,transient]}}",
      "{load_object_code,{more,\"1\",[x,y]}} | {load,{x,bp,bp}} {load,{y,bp,bp}} "
        + "{apply,{application,start,[more,transient]}}"
    ),
    (
      "{remove_application,gone}",
      "| {apply,{application,stop,[gone]}} {remove,{g,bp,bp}} {purge,[g]} "
        + "{apply,{application,unload,[gone]}}",
      "| {apply,{application,stop,[gone]}} {remove,{g,bp,bp}} {purge,[g]} "
        + "{apply,{application,unload,[gone]}}"
    ),
    (
      "restart_emulator,restart_new_emulator,{load_module,a}",
      "restart_new_emulator {load_object_code,{shop,\"2\",[a]}} | {load,{a,bp,bp}} restart_emulator",
      "{load_object_code,{shop,\"2\",[a]}} | {load,{a,bp,bp}} restart_emulator"
    ),
  ])
  func `modules change in the order of their dependencies`(
    script: String, up: String, down: String
  ) throws {
    #expect(try Self.lowLevel(.up, script) == up)
    #expect(try Self.lowLevel(.down, script) == down)
  }

  @Test(arguments: [
    ("point_of_no_return,point_of_no_return", "there is more than one point_of_no_return"),
    (
      "{update,a},point_of_no_return",
      "update cannot come before point_of_no_return; only load_object_code and apply can"
    ),
    (
      "{purge,[a]},point_of_no_return",
      "purge cannot come before point_of_no_return; only load_object_code and apply can"
    ),
    (
      "{load,{a,brutal_purge,brutal_purge}}",
      "module \"a\" is loaded without a load_object_code before"
    ),
    ("{suspend,[a,b]},{resume,[]}", "modules \"a\", \"b\" are suspended and not resumed"),
    ("{resume,[a]}", "module \"a\" is resumed and not suspended"),
    ("{start,[a]}", "module \"a\" is started and not stopped"),
    ("{stop,[a]}", "module \"a\" is stopped and not started"),
    ("{add_application,nil}", "there is no application \"nil\" in the release"),
    ("{remove_application,shop}", "application \"shop\" is removed, and the release has it"),
    ("{remove_application,none}", "there is no application \"none\" in the release"),
    ("{restart_application,more}", "there is no application \"more\" in the release"),
    ("{update,a},{load_module,a}", "two instructions are about module \"a\"; there can be one"),
    (
      "{update,a,[z]}",
      "module \"a\" depends on \"z\", which no instruction is about"
    ),
    ("{add_module,z}", "no application of the release has module \"z\""),
    (
      "{load_object_code,{shop,\"1\",[a]}},{update,a}",
      "application \"shop\" is wanted in two versions, \"1\" and \"2\""
    ),
  ])
  func `instructions that do not go together are refused in a line`(
    script: String, expected: String
  ) {
    let error = #expect(throws: UpgradeProblem.self) { try Self.lowLevel(.up, script) }
    #expect(error?.description == expected)
  }

  @Test func `each application's script has a point of no return of its own`() throws {
    let shop = Self.component("shop", "2", ["a", "b"])
    let first: [UpgradeInstruction] = [.update(.init("a"))]
    let second: [UpgradeInstruction] = [
      .low(.apply(.init("m", "f"))), .low(.pointOfNoReturn), .loadModule(.init("b")),
    ]
    let low = try UpgradeTranslation(.up, from: [shop], to: [shop]).lowLevel([first, second])
    #expect(
      low == [
        .loadObjectCode(application: "shop", version: "2", modules: ["a", "b"]),
        .apply(.init("m", "f")), .pointOfNoReturn, .suspend([.init("a")]), .load(.init("a")),
        .resume(["a"]), .load(.init("b")),
      ])
  }

  @Test func `a chain of ten thousand modules changes in order`() throws {
    let names = (0..<10_000).map { "m\($0)" }
    let script = names.indices.map { index in
      index == names.count - 1
        ? "{load_module,m\(index)}" : "{load_module,m\(index),[m\(index + 1)]}"
    }
    let text = try Self.lowLevel(.up, script.joined(separator: ","), modules: names)
    #expect(text.hasSuffix("{load,{m1,bp,bp}} {load,{m0,bp,bp}}"))
    #expect(text.contains("| {load,{m9999,bp,bp}} {load,{m9998,bp,bp}}"))
  }

  @Test func `among modules that do not depend on each other an order can be preferred`() throws {
    let shop = Self.component("shop", "2", ["a", "b", "c", "d"])
    func order(_ preferred: [String]) throws -> [ReleaseInstruction] {
      try UpgradeTranslation(.down, from: [shop], to: [shop], preferredOrder: preferred)
        .lowLevel([
          ["a", "b", "c"].map { .loadModule(.init($0), dependencies: ["d"]) }
            + [.loadModule(.init("d"))]
        ])
    }
    let loads: ([String]) -> [ReleaseInstruction] = { names in names.map { .load(.init($0)) } }
    #expect(try order([]).suffix(4) == loads(["a", "b", "c", "d"])[...])
    #expect(try order(["c", "d", "a"]).suffix(4) == loads(["c", "a", "b", "d"])[...])
  }
}

import BubbleEvents
import BubbleReleaseFiles
import Testing

/// Reading `.appup` files.
@Suite struct ApplicationUpgradeTests {
  private typealias Update = UpgradeInstruction.Update

  private static func upgrade(_ instructions: String) throws(ResourceError) -> ApplicationUpgrade {
    try ApplicationUpgrade(
      TermFile(text: "{\"2\",[{\"1\",[\(instructions)]}],[]}.", name: "shop.appup"))
  }

  private static let high: [(String, UpgradeInstruction)] = [
    ("{update,m}", .update(.init("m"))),
    ("{update,m,supervisor}", .update(.supervisor("m"))),
    ("{update,m,soft}", .update(.init("m"))),
    ("{update,m,{advanced,[1]}}", .update(.init("m", change: .advanced([1])))),
    ("{update,m,[a,b]}", .update(.init("m", dependencies: ["a", "b"]))),
    (
      "{update,m,{advanced,x},[a]}",
      .update(.init("m", change: .advanced("x"), dependencies: ["a"]))
    ),
    (
      "{update,m,soft,soft_purge,brutal_purge,[]}", .update(.init("m", prePurge: .soft))
    ),
    (
      "{update,m,7,soft,brutal_purge,soft_purge,[a]}",
      .update(
        .init("m", timeout: .milliseconds(7), postPurge: .soft, dependencies: ["a"]))
    ),
    (
      "{update,m,static,infinity,{advanced,[]},brutal_purge,brutal_purge,[]}",
      .update(.init("m", type: .static, timeout: .infinity, change: .advanced([])))
    ),
    (
      "{update,m,dynamic,default,soft,brutal_purge,brutal_purge,[]}", .update(.init("m"))
    ),
    ("{load_module,m}", .loadModule(.init("m"))),
    ("{load_module,m,[a]}", .loadModule(.init("m"), dependencies: ["a"])),
    (
      "{load_module,m,soft_purge,soft_purge,[a]}",
      .loadModule(.init("m", prePurge: .soft, postPurge: .soft), dependencies: ["a"])
    ),
    ("{add_module,m}", .addModule("m")),
    ("{add_module,m,[a]}", .addModule("m", dependencies: ["a"])),
    ("{delete_module,m}", .deleteModule("m")),
    ("{delete_module,m,[a]}", .deleteModule("m", dependencies: ["a"])),
    ("{add_application,a}", .addApplication("a")),
    ("{add_application,a,load}", .addApplication("a", .load)),
    ("{remove_application,a}", .removeApplication("a")),
    ("{restart_application,a}", .restartApplication("a")),
  ]

  private static let low: [(String, ReleaseInstruction)] = [
    (
      "{load_object_code,{a,\"2\",[m,n]}}",
      .loadObjectCode(application: "a", version: "2", modules: ["m", "n"])
    ),
    ("point_of_no_return", .pointOfNoReturn),
    ("{load,{m,brutal_purge,soft_purge}}", .load(.init("m", postPurge: .soft))),
    ("{remove,{m,soft_purge,brutal_purge}}", .remove(.init("m", prePurge: .soft))),
    ("{purge,[m,n]}", .purge(["m", "n"])),
    (
      "{suspend,[m,{n,5},{o,infinity},{p,default}]}",
      .suspend([
        .init("m"), .init("n", timeout: .milliseconds(5)), .init("o", timeout: .infinity),
        .init("p"),
      ])
    ),
    ("{resume,[m]}", .resume(["m"])),
    ("{code_change,[{m,1}]}", .codeChange(.up, [.init("m", extra: 1)])),
    ("{code_change,up,[{m,[]}]}", .codeChange(.up, [.init("m")])),
    (
      "{code_change,down,[{m,x},{n,y}]}",
      .codeChange(.down, [.init("m", extra: "x"), .init("n", extra: "y")])
    ),
    ("{stop,[m]}", .stop(["m"])), ("{start,[m]}", .start(["m"])),
    ("{sync_nodes,id,[n@h]}", .syncNodes(id: "id", nodes: ["n@h"])),
    (
      "{sync_nodes,1,{m,f,[x]}}",
      .syncNodes(id: 1, nodes: .tuple(["m", "f", ["x"]]))
    ),
    ("{apply,{m,f,[1,\"x\"]}}", .apply(.init("m", "f", [1, .text("x")]))),
    ("restart_new_emulator", .restartNewEmulator), ("restart_emulator", .restartEmulator),
  ]

  @Test(arguments: high)
  func `every form of a high-level instruction is read`(
    text: String, expected: UpgradeInstruction
  ) throws {
    #expect(try Self.upgrade(text).upgrades.first?.instructions == [expected])
  }

  @Test(arguments: low)
  func `every low-level instruction is read from both kinds of files`(
    text: String, expected: ReleaseInstruction
  ) throws {
    #expect(try Self.upgrade(text).upgrades.first?.instructions == [.low(expected)])
    let file = try TermFile(text: "{\"2\",[],[{\"1\",\"why\",[\(text)]}]}.", name: "relup")
    let read = try ReleaseUpgrade(file)
    #expect(
      read == ReleaseUpgrade("2", downgrades: [.init("1", description: .text("why"), [expected])]))
    let written = try TermFile(text: read.fileText(), name: "relup")
    #expect(try ReleaseUpgrade(written) == read)
  }

  @Test(arguments: [
    ("foo", "1:13: there is no instruction \"foo\""),
    ("{updat,m}", "1:13: there is no instruction \"updat\"; did you mean update?"),
    ("{lod_module,m}", "1:13: there is no instruction \"lod_module\"; did you mean load_module?"),
    ("{\"x\"}", "1:13: found a tuple of 1 where an instruction was expected"),
    (
      "{update,m,soft,soft_purge,soft_purge}",
      "1:13: the instruction \"update\" has no form with 4 values"
    ),
    ("{update}", "1:13: the instruction \"update\" has no form with 0 values"),
    (
      "{update,m,a,b,c,d,e,f,g}",
      "1:13: the instruction \"update\" has no form with 8 values"
    ),
    (
      "{update,\"m\"}",
      "1:21: update: the module: found the string \"m\" where an atom was expected"
    ),
    (
      "{update,m,supervisr}",
      "1:23: update: found the atom \"supervisr\" where soft or {advanced, Extra} was expected; "
        + "did you mean supervisor?"
    ),
    (
      "{update,m,{advanced}}",
      "1:23: update: found a tuple of 1 where soft or {advanced, Extra} was expected"
    ),
    (
      "{update,m,0,soft,soft_purge,soft_purge,[]}",
      "1:23: the time-out: found the number 0 where milliseconds from 1, infinity or default was "
        + "expected"
    ),
    (
      "{update,m,dynamc,default,soft,soft_purge,soft_purge,[]}",
      "1:23: update: found the atom \"dynamc\" where dynamic or static was expected; did you mean "
        + "dynamic?"
    ),
    (
      "{load_module,m,brutal,soft_purge,[]}",
      "1:28: the purge method: found the atom \"brutal\" where brutal_purge or soft_purge was expected"
    ),
    (
      "{add_application,a,permanant}",
      "1:32: add_application: found the atom \"permanant\" where permanent, transient, temporary, "
        + "load or none was expected; did you mean permanent?"
    ),
    (
      "{suspend,m}",
      "1:22: suspend: found the atom \"m\" where a list was expected"
    ),
    (
      "{code_change,sideways,[]}",
      "1:26: code_change: found the atom \"sideways\" where up or down was expected"
    ),
    (
      "{apply,{m,f}}",
      "1:20: apply: found a tuple of 2 where {Module, Function, Arguments} was expected"
    ),
    (
      "{load_object_code,{a,2,[m]}}",
      "1:34: load_object_code: the version: found the number 2 where a string was expected"
    ),
  ])
  func `a malformed instruction is refused with the place and the nearest word`(
    text: String, expected: String
  ) {
    let error = #expect(throws: ResourceError.self) { try Self.upgrade(text) }
    #expect(error?.description == "shop.appup:" + expected)
  }

  private static let form = "{Vsn, [{UpFromVsn, Instructions}], [{DownToVsn, Instructions}]}"

  @Test(arguments: [
    ("{\"2\",[]}.", "1:1: found a tuple of 2 where \(form) was expected"),
    ("{2,[],[]}.", "1:2: the version: found the number 2 where a string was expected"),
    ("{\"2\",a,[]}.", "1:6: the upgrades: found the atom \"a\" where a list was expected"),
    (
      "{\"2\",[],[{\"1\"}]}.",
      "1:10: the downgrades: found a tuple of 1 where {Vsn, Instructions} was expected"
    ),
    (
      "{\"2\",[{1,[]}],[]}.",
      "1:8: the other version: found the number 1 where a version, or a binary with a regular "
        + "expression, was expected"
    ),
    (
      "{\"2\",[{<<\"[\">>,[]}],[]}.",
      "1:8: the other version: \"[\" is not a regular expression that is understood here, of at "
        + "most 200 bytes"
    ),
    (
      "{\"2\",[{\"1\",a}],[]}.",
      "1:12: the instructions: found the atom \"a\" where a list was expected"
    ),
  ])
  func `a malformed appup is refused with the place`(text: String, expected: String) {
    let error = #expect(throws: ResourceError.self) {
      try ApplicationUpgrade(TermFile(text: text, name: "shop.appup"))
    }
    #expect(error?.description == "shop.appup:" + expected)
  }

  @Test(arguments: [
    ("1", "1", true), ("1", "11", false), (".", "1", true), ("1|1.1", "1.1", false),
    ("1.1|1", "1.1", true), ("1\\.[0-9]+", "1.12", true), ("1\\.[0-9]+", "1a12", false),
    ("", "1", false), ("[01](\\.[0-9])*", "1.0.3", true), ("1(?:\\.\\d+){2}", "1.0.3", true),
    ("^1$", "1", true), (".*", "a version", true), ("rc[12]", "rc2", true),
  ])
  func `a regular expression must match the whole version`(
    expression: String, version: String, matches: Bool
  ) throws {
    #expect(VersionPattern.expression(expression).matches(version) == matches)
    let bytes = Array("{\"2\",[{<<\"".utf8) + expression.replacing("\\", with: "\\\\").utf8
    let upgrade = try ApplicationUpgrade(
      TermFile(bytes + Array("\">>,[]}],[]}.".utf8), name: "a.appup"))
    #expect((upgrade.instructions(.up, other: version) != nil) == matches)
    #expect(upgrade.instructions(.down, other: version) == nil)
  }

  @Test(arguments: [
    "((((){1000}){1000}){1000})", "((()?){1000}){1000}", "(((a|){100}){100}){100}",
  ])
  func `an expression that would be laid out without end is refused`(expression: String) {
    let text = "{\"2\",[{<<\"\(expression)\">>,[]}],[]}."
    let error = #expect(throws: ResourceError.self) {
      try ApplicationUpgrade(TermFile(text: text, name: "a.appup"))
    }
    #expect(error?.description.contains("not a regular expression that is understood here") == true)
  }

  @Test func `a version that is too long is matched only when it is written out`() {
    let long = String(repeating: "1", count: VersionPattern.lengthLimit + 1)
    #expect(!VersionPattern.expression(".*").matches(long))
    #expect(VersionPattern.exact(long).matches(long))
    #expect(VersionPattern.expression(".*").matches(String(long.dropLast())))
  }

  @Test func `of several scripts for a version the first one holds`() {
    let upgrade = ApplicationUpgrade(
      "2",
      upgrades: [
        .init(.exact("0"), []), .init(.expression("."), [.addModule("first")]),
        .init(.exact("1"), [.addModule("second")]),
      ])
    #expect(upgrade.instructions(.up, other: "1") == [.addModule("first")])
    #expect(upgrade.instructions(.up, other: "1.1") == nil)
  }
}

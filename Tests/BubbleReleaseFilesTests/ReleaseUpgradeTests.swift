import BubbleEvents
import BubbleReleaseFiles
import Testing

/// relup files: made, written and read.
@Suite struct ReleaseUpgradeTests {
  private static func release(
    _ version: String, _ applications: [(name: String, version: String)], runtime: String = "1"
  ) throws -> CheckedRelease {
    let resources = applications.map { entry in
      var resource = ApplicationResource(entry.name, version: entry.version)
      resource.modules = [entry.name]
      return resource
    }
    return try CheckedRelease(
      ReleaseResource(
        "shop", version, runtimeVersion: runtime,
        applications: applications.map { .init($0.name, $0.version) }),
      applications: resources, base: .machine)
  }

  private static let upgrade = ApplicationUpgrade(
    "2", upgrades: [.init(.exact("1"), [.update(.init("shop"))])],
    downgrades: [.init(.exact("1"), [.loadModule(.init("shop"))])])

  @Test func `what comes, changes and goes is told for each other release`() throws {
    let new = try Self.release("2", [("shop", "2"), ("till", "1")])
    let maker = ReleaseUpgradeMaker(
      new, applicationUpgrades: [.init("shop", "2"): Self.upgrade])
    let first = try Self.release("1", [("shop", "1"), ("log", "1")])
    let second = try Self.release("1.5", [("shop", "2"), ("till", "1")], runtime: "0")
    let made = try maker.make(
      upFrom: [.init(first, description: .text("why")), .init(second)], downTo: [.init(first)])
    #expect(
      made.warnings.map(\.description) == [
        "the runtime system changes from version \"0\" to \"1\": the emulator restarts"
      ])
    #expect(
      made.upgrade.upgrades.map(\.version) == ["1.5", "1"])
    #expect(made.upgrade.upgrades[0].instructions == [.restartNewEmulator, .pointOfNoReturn])
    #expect(made.upgrade.script(.up, other: "1")?.description == .text("why"))
    #expect(
      made.upgrade.script(.up, other: "1")?.instructions == [
        .loadObjectCode(application: "till", version: "1", modules: ["till"]),
        .loadObjectCode(application: "shop", version: "2", modules: ["shop"]), .pointOfNoReturn,
        .load(.init("till")), .apply(.init("application", "start", ["till", "permanent"])),
        .suspend([.init("shop")]), .load(.init("shop")), .resume(["shop"]),
        .apply(.init("application", "stop", ["log"])), .remove(.init("log")), .purge(["log"]),
        .apply(.init("application", "unload", ["log"])),
      ])
    #expect(
      made.upgrade.script(.down, other: "1")?.instructions == [
        .loadObjectCode(application: "log", version: "1", modules: ["log"]),
        .loadObjectCode(application: "shop", version: "1", modules: ["shop"]), .pointOfNoReturn,
        .load(.init("log")), .apply(.init("application", "start", ["log", "permanent"])),
        .load(.init("shop")), .apply(.init("application", "stop", ["till"])),
        .remove(.init("till")), .purge(["till"]),
        .apply(.init("application", "unload", ["till"])),
      ])
    #expect(made.upgrade.script(.down, other: "1.5") == nil)
  }

  @Test func `why there is no relup is told with the other release`() throws {
    let new = try Self.release("2", [("shop", "2")])
    func failure(
      _ upgrades: [ReleaseUpgradeMaker.ApplicationVersion: ApplicationUpgrade], from: String
    ) throws -> String? {
      let maker = ReleaseUpgradeMaker(new, applicationUpgrades: upgrades)
      let other = try Self.release("old", [("shop", from)])
      do {
        _ = try maker.make(upFrom: [], downTo: [.init(other)])
        return nil
      } catch {
        return error.description
      }
    }
    #expect(
      try failure([:], from: "1")
        == "downgrade to release \"old\": application \"shop\" changes, and there is no .appup for its "
        + "version \"2\"")
    #expect(
      try failure([.init("shop", "2"): Self.upgrade], from: "0")
        == "downgrade to release \"old\": the .appup of application \"shop\" says nothing about "
        + "version \"0\"")
    #expect(try failure([.init("shop", "2"): Self.upgrade], from: "1") == nil)
    let erlang = try CheckedRelease(
      ReleaseResource("e", "1", applications: [.init("kernel", "1"), .init("stdlib", "1")]),
      applications: [
        ApplicationResource("kernel", version: "1"), ApplicationResource("stdlib", version: "1"),
      ])
    #expect(!erlang.canBeUpgraded)
    let error = #expect(throws: ReleaseUpgradeMaker.Failure.self) {
      try ReleaseUpgradeMaker(erlang, applicationUpgrades: [:]).make(
        upFrom: [.init(erlang)], downTo: [])
    }
    #expect(error?.problem == .noUpgrader("sasl", release: "1"))
  }

  @Test func `a file is read as it was written, whatever it holds`() throws {
    let odd = Term.tuple([
      "an Atom", "div", "été", "it's", "", .text("line\n\"\\\u{1B}☃"), .float(1e-30), .float(-2),
      .float(1e300), -5, [], .list([.list([]), .tuple([])]), .opaque("<<1,2>>"),
      .opaque("#{a=>'B c'}"), "new\nline",
    ])
    let upgrade = ReleaseUpgrade(
      "2 \"b\"",
      upgrades: [
        .init("1", description: odd, [.codeChange(.up, [.init("My Mod", extra: odd)])]),
        .init("0", [.apply(.init("m", "f", [odd])), .syncNodes(id: odd, nodes: ["n@h"])]),
      ], downgrades: [.init("1", [.restartEmulator])])
    let text = try upgrade.fileText()
    #expect(try ReleaseUpgrade(TermFile(text: text, name: "relup")) == upgrade, "\(text)")
  }

  @Test(arguments: [
    Term.pid(PID(7)), .reference(1), .stack, .opaque("Shop(open: true)"), .opaque("a. b"),
    .float(.infinity), .list([.tuple([.opaque("")])]),
  ])
  func `what no file can hold is not written`(term: Term) {
    let upgrade = ReleaseUpgrade("2", upgrades: [.init("1", description: term, [])])
    #expect(throws: TermText.Unwritable.self) { try upgrade.fileText() }
  }

  @Test(arguments: [
    (
      "{\"2\",[]}.",
      "1:1: found a tuple of 2 where {Vsn, [{UpFromVsn, Descr, Instructions}], [{DownToVsn, Descr, Instructions}]} was expected"
    ),
    (
      "{\"2\",[{\"1\",[]}],[]}.",
      "1:7: the upgrades: found a tuple of 2 where {Vsn, Descr, Instructions} was expected"
    ),
    (
      "{\"2\",[],[{1,[],[]}]}.",
      "1:11: the other version: found the number 1 where a string was expected"
    ),
    (
      "{\"2\",[{\"1\",[],[{update,m}]}],[]}.",
      "1:16: the instruction \"update\" is for .appup files only"
    ),
    (
      "{\"2\",[{\"1\",[],[{lod,m}]}],[]}.",
      "1:16: there is no instruction \"lod\"; did you mean load?"
    ),
  ])
  func `a malformed relup is refused with the place`(text: String, expected: String) {
    let error = #expect(throws: ResourceError.self) {
      try ReleaseUpgrade(TermFile(text: text, name: "relup"))
    }
    #expect(error?.description == "relup:" + expected)
  }
}

/// Files that are none.
@Suite struct GarbageTests {
  private static let good = [
    "{release,{\"r\",\"1\"},{erts,\"1\"},[{kernel,\"1\"},{a,\"1\",load,[b]}]}.",
    "{\"2\",[{\"1\",[{update,a,static,5,{advanced,x},soft_purge,brutal_purge,[b]},{load_module,b}]},"
      + "{<<\"1\\\\.[0-9]+\">>,[{suspend,[{a,5}]},{apply,{m,f,[1]}}]}],[]}.",
    "{\"2\",[{\"1\",\"d\",[{load_object_code,{a,\"2\",[b]}},point_of_no_return,{code_change,up,"
      + "[{a,[]}]},{sync_nodes,1,[n]}]}],[{\"1\",[],[restart_emulator]}]}.",
  ]

  /// Whether any reader takes it; none of them may trap.
  private static func read(_ text: String) -> Int {
    var taken = 0
    do {
      _ = try ReleaseResource(TermFile(text: text, name: "garbage"))
      taken += 1
    } catch {}
    do {
      let upgrade = try ApplicationUpgrade(TermFile(text: text, name: "garbage"))
      _ = upgrade.instructions(.up, other: "1.2")
      taken += 1
    } catch {}
    do {
      _ = try ReleaseUpgrade(TermFile(text: text, name: "garbage")).fileText()
      taken += 1
    } catch {}
    return taken
  }

  @Test(arguments: 1...40)
  func `mutilated files are read or refused, and never trap`(seed: UInt64) {
    var generator = Mutilator(state: seed)
    for text in Self.good {
      #expect(Self.read(text) > 0)
      for _ in 0..<100 { _ = Self.read(generator.mutilated(text)) }
    }
  }

  @Test(arguments: [
    "(", ")", "[", "(?", "(?<", "(?<a", "\\", "\\p{", "{", "a{2,1}", "a{99999999999}", "*", "+",
    "(?P<n>a)",
    "(a)\\2", "\\x{110000}", "[z-a]", "[[:alpha:]", "(?#", "(?i", "\u{0}", "a**", "(?=a)*", "\\Q",
    "((((((((((a?){9}){9}){9}", "((((){1000}){1000}){1000})",
    "(((()|()){999}){999}){999}", "((((^{1000}){1000}){1000})", "\\k<a>", "(?R)", "(*UTF8)a", "[^",
    "\\c", "\\u{", "é+", "🔥",
  ])
  func `an odd regular expression is used or refused, and never traps`(text: String) {
    _ = VersionPattern.expression(text).matches("1.2.3")
    _ = VersionPattern.expression(text).matches("")
  }
}

/// Changes to texts by chance, from a seed.
private struct Mutilator {
  var state: UInt64

  private mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(truncatingIfNeeded: (state >> 33) % UInt64(max(count, 1)))
  }

  mutating func mutilated(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0...next(3) {
      let place = next(scalars.count)
      switch next(5) {
      case 0: scalars.remove(at: place)
      case 1:
        scalars.insert(
          contentsOf: "{}[],\"<>.aA1\\$#|(*+?".unicodeScalars.shuffledOnce(next(20)), at: place)
      case 2: scalars.removeSubrange(place...)
      case 3: scalars.swapAt(place, next(scalars.count))
      default: scalars[place] = Unicode.Scalar(UInt8(next(256)))
      }
      if scalars.isEmpty { break }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension String.UnicodeScalarView {
  /// One of them.
  fileprivate func shuffledOnce(_ index: Int) -> [Unicode.Scalar] {
    Array(dropFirst(index % count).prefix(1))
  }
}

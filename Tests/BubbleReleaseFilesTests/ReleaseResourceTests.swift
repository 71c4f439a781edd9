import BubbleEvents
import BubbleReleaseFiles
import Testing

/// Reading `.rel` files.
@Suite struct ReleaseResourceTests {
  private func release(_ text: String) throws(ResourceError) -> ReleaseResource {
    try ReleaseResource(TermFile(text: text, name: "shop.rel"))
  }

  @Test func `a release is read with every form of an application`() throws {
    let read = try release(
      """
      {release, {"shop", "1.2"}, {erts, "13.1"},
       [{kernel, "8.5"}, {db, "1", transient}, {web, "2", load, [cart]}, {till, "1", [drawer]},
        {tools, "1", none}, {log, "1", temporary, []}]}.
      """)
    #expect(
      read
        == ReleaseResource(
          "shop", "1.2", runtimeVersion: "13.1",
          applications: [
            .init("kernel", "8.5"), .init("db", "1", type: .transient),
            .init("web", "2", type: .load, includedApplications: ["cart"]),
            .init("till", "1", includedApplications: ["drawer"]),
            .init("tools", "1", type: .none),
            .init("log", "1", type: .temporary, includedApplications: []),
          ]))
  }

  private static let form = "{release, {Name, Vsn}, {erts, Vsn}, Applications}"

  @Test(arguments: [
    ("", "1:1: found no term where \(form) was expected"),
    ("a. b.", "1:4: found a second term behind \(form)"),
    ("{release, {\"r\", \"1\"}, []}.", "1:1: found a tuple of 3 where \(form) was expected"),
    (
      "{release, {\"r\", \"1\"}, {otp, \"1\"}, []}.",
      "1:1: found a tuple of 4 where \(form) was expected"
    ),
    (
      "{release, {r, \"1\"}, {erts, \"1\"}, []}.",
      "1:12: the name of the release: found the atom \"r\" where a string was expected"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, 1}, []}.",
      "1:30: the version of erts: found the number 1 where a string was expected"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, \"1\"}, a}.",
      "1:36: the applications of the release: found the atom \"a\" where a list was expected"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, \"1\"}, [{a, 1}]}.",
      "1:41: the version of a: found the number 1 where a string was expected"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, \"1\"}, [\n{a, \"1\", permanant}]}.",
      "2:10: the type of a: found the atom \"permanant\" where permanent, transient, temporary, "
        + "load or none was expected; did you mean permanent?"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, \"1\"}, [{a, \"1\", load, b}]}.",
      "1:52: the included applications of a: found the atom \"b\" where a list was expected"
    ),
    (
      "{release, {\"r\", \"1\"}, {erts, \"1\"}, [a]}.",
      "1:37: found the atom \"a\" where {App, Vsn}, {App, Vsn, Type} or {App, Vsn, Type, Included} "
        + "was expected"
    ),
  ])
  func `a malformed release is refused with the place`(text: String, expected: String) {
    let error = #expect(throws: ResourceError.self) { try release(text) }
    #expect(error?.description == "shop.rel:" + expected)
  }
}

/// Which applications make a release, and how it boots.
@Suite struct CheckedReleaseTests {
  private static func resource(
    _ name: String, _ version: String = "1", needs: [String] = [], includes: [String] = [],
    modules: [String] = [], registered: [String] = []
  ) -> ApplicationResource {
    var resource = ApplicationResource(name, version: version, applications: needs)
    resource.includedApplications = includes
    resource.modules = modules
    resource.registered = registered
    return resource
  }

  private func problems(
    _ listed: [ReleaseResource.Component], _ resources: [ApplicationResource],
    base: CheckedRelease.Base = .machine
  ) -> String? {
    do {
      _ = try CheckedRelease(
        ReleaseResource("shop", "1", applications: listed), applications: resources, base: base)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `what is wrong with a release is told in a line each`() {
    func listed(_ names: String...) -> [ReleaseResource.Component] { names.map { .init($0, "1") } }
    func resource(
      _ name: String, _ version: String, _ needs: [String], _ includes: [String],
      _ modules: [String], _ registered: [String]
    ) -> ApplicationResource {
      Self.resource(
        name, version, needs: needs, includes: includes, modules: modules, registered: registered)
    }
    let a = resource("a", "1", [], [], ["m", "n"], ["x"])
    let b = resource("b", "1", ["a"], [], ["n", "o", "m"], ["x"])
    let rows: [([ReleaseResource.Component], [ApplicationResource], String)] = [
      (listed("a", "a"), [a], "the release lists application \"a\" twice"),
      (
        listed("q", "b", "z"), [b],
        "the release lists application \"q\", and there is no such application\n"
          + "the release lists application \"z\", and there is no such application"
      ),
      (
        listed("a"), [resource("a", "2", [], [], [], []), resource("a", "3", [], [], [], [])],
        "the release lists application \"a\" in version \"1\", and there is only \"2\", \"3\""
      ),
      (
        [.init("a", "1", includedApplications: ["b"])], [a],
        "the release says that application \"a\" includes \"b\", and its description does not"
      ),
      (listed("b"), [b], "application \"b\" needs \"a\", which is not in the release"),
      (
        listed("a", "c"), [a, resource("c", "1", ["a"], ["a"], [], [])],
        "application \"c\" needs \"a\", which it includes"
      ),
      (
        listed("a", "b"), [a, b], "the registered name \"x\" is there twice: in \"a\" and in \"b\""
      ),
      (
        listed("a", "c", "d"),
        [a, resource("c", "1", [], ["a"], [], []), resource("d", "1", [], ["a"], [], [])],
        "the included application \"a\" is there twice: in \"c\" and in \"d\""
      ),
      (
        listed("a", "c"), [a, resource("c", "1", [], [], ["n", "o", "m"], [])],
        "module \"n\" is there twice: in \"a\" and in \"c\"\n"
          + "module \"m\" is there twice: in \"a\" and in \"c\""
      ),
      (
        listed("c", "d"),
        [resource("c", "1", ["d"], [], [], []), resource("d", "1", ["c"], [], [], [])],
        "applications need each other in a circle: c → d → c"
      ),
      (
        listed("c"), [resource("c", "1", ["c"], [], [], [])],
        "applications need each other in a circle: c → c"
      ),
      (
        listed("c", "d"),
        [resource("c", "1", [], ["d"], [], []), resource("d", "1", [], ["c"], [], [])],
        "applications need each other in a circle: c → d → c"
      ),
    ]
    for (components, resources, expected) in rows {
      #expect(problems(components, resources) == expected)
    }
  }

  @Test func `a release of Erlang's needs kernel and stdlib, permanent`() {
    let resources = [Self.resource("kernel"), Self.resource("stdlib")]
    #expect(
      problems([.init("stdlib", "1")], resources, base: .erlang)
        == "the release lacks application \"kernel\", which every release needs")
    #expect(
      problems(
        [.init("kernel", "1"), .init("stdlib", "1", type: .load)], resources, base: .erlang)
        == "application \"stdlib\" must be permanent in a release, not load")
    #expect(
      problems([.init("kernel", "1"), .init("stdlib", "1")], resources, base: .erlang) == nil)
  }

  @Test func `a boot loads and starts applications after what they need`() throws {
    let release = ReleaseResource(
      "shop", "1",
      applications: [
        .init("shop", "1"), .init("cart", "1"), .init("db", "2", type: .transient),
        .init("tools", "1", type: .none), .init("docs", "1", type: .load),
      ])
    let checked = try CheckedRelease(
      release,
      applications: [
        Self.resource("shop", needs: ["db"], includes: ["cart"], modules: ["shop"]),
        Self.resource("cart", modules: ["cart"]), Self.resource("db", "1"),
        Self.resource("db", "2", modules: ["db"]), Self.resource("tools", modules: ["tools"]),
        Self.resource("docs"),
      ], base: .machine)
    #expect(checked.applications.map(\.resource.name) == ["db", "cart", "shop", "tools", "docs"])
    #expect(checked.startOrder.map(\.resource.name) == ["db", "shop"])
    let steps = checked.bootCommands.compactMap { step -> String? in
      switch step {
      case .progress(let progress): progress.rawValue
      case .loadModules(let name, let version, let modules): "\(name)-\(version) \(modules)"
      case .load(let resource): "load \(resource.name)"
      case .start(let name, let type): "start \(name) \(type.rawValue)"
      case .loadKernel: nil
      case .kernelProcess(let name, _): "process \(name)"
      }
    }
    #expect(
      steps == [
        "preloaded", "kernel_load_completed", "db-2 [\"db\"]", "cart-1 [\"cart\"]",
        "shop-1 [\"shop\"]", "tools-1 [\"tools\"]", "docs-1 []", "modules_loaded",
        "process heart", "process logger", "process application_controller",
        "init_kernel_started", "load db", "load cart", "load shop", "load docs",
        "applications_loaded", "start db transient", "start shop permanent", "started",
      ])
  }
}

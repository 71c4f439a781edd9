import BubbleEvents
import BubbleReleaseFiles
import Testing

/// Reading `.app` files.
@Suite struct ApplicationResourceTests {
  private func resource(_ text: String) throws(ResourceError) -> ApplicationResource {
    try ApplicationResource(TermFile(text: text, name: "shop.app"))
  }

  @Test func `every key is read`() throws {
    let read = try resource(
      """
      {application, shop,
       [{description, "a shop"}, {vsn, "1.2"}, {id, "SH-1"},
        {modules, [shop_app, shop_sup]}, {maxP, infinity}, {maxT, 5000},
        {registered, [shop_sup]}, {included_applications, [cart]},
        {applications, [kernel, stdlib, db]}, {optional_applications, [db]},
        {env, [{port, 80}, {names, ["a", b]}]}, {mod, {shop_app, [x]}},
        {start_phases, [{open, []}, {greet, "hi"}]},
        {runtime_dependencies, ["kernel-8.0"]}, {licenses, ["MIT"]}, {port, 1}]}.
      """)
    var expected = ApplicationResource(
      "shop", version: "1.2", applications: ["kernel", "stdlib", "db"],
      startModule: .init("shop_app", arguments: ["x"]))
    expected.description = "a shop"
    expected.identifier = "SH-1"
    expected.modules = ["shop_app", "shop_sup"]
    expected.timeLimit = 5000
    expected.registered = ["shop_sup"]
    expected.includedApplications = ["cart"]
    expected.optionalApplications = ["db"]
    expected.environment = [.init("port", 80), .init("names", [.text("a"), "b"])]
    expected.startPhases = [.init("open"), .init("greet", arguments: .text("hi"))]
    expected.runtimeDependencies = ["kernel-8.0"]
    expected.unknownKeys = ["licenses", "port"]
    #expect(read == expected)
  }

  @Test func `without keys an application is a library without needs`() throws {
    let read = try resource("{application, empty, []}.")
    #expect(read == ApplicationResource("empty"))
    #expect(read.startModule == nil && read.startPhases == nil)
    #expect(try resource("{application, e, [{mod, []}, {start_phases, []}]}.").startPhases == [])
  }

  @Test func `of a key that is there twice the first holds`() throws {
    #expect(try resource("{application, a, [{vsn, \"1\"}, {vsn, \"2\"}]}.").version == "1")
  }

  @Test(arguments: [
    ("", "1:1: found no term where {application, Name, Keys} was expected"),
    ("{application, a}.", "1:1: found a tuple of 2 where {application, Name, Keys} was expected"),
    ("{release, a, []}.", "1:1: found a tuple of 3 where {application, Name, Keys} was expected"),
    ("{application, a, []}.\nb.", "2:1: found a second term behind {application, Name, Keys}"),
    (
      "{application, \"a\", []}.",
      "1:15: the name of the application: found the string \"a\" where an atom was expected"
    ),
    ("{application, a, [b]}.", "1:19: found the atom \"b\" where {Key, Value} was expected"),
    (
      "{application, a, [{vsn, 1}]}.",
      "1:25: vsn: found the number 1 where a string was expected"
    ),
    (
      "{application, a, [{modules, m}]}.",
      "1:29: modules: found the atom \"m\" where a list was expected"
    ),
    (
      "{application, a, [{applications, [\"k\"]}]}.",
      "1:35: applications: found the string \"k\" where an atom was expected"
    ),
    (
      "{application, a, [{maxT, 0}]}.",
      "1:26: maxT: found the number 0 where a number from 1 or infinity was expected"
    ),
    (
      "{application, a, [{env, [port]}]}.",
      "1:26: env: found the atom \"port\" where {Name, Value} was expected"
    ),
    (
      "{application, a, [{mod, shop}]}.",
      "1:25: mod: found the atom \"shop\" where {Name, Value} was expected"
    ),
  ])
  func `a malformed file is refused with the place`(text: String, expected: String) {
    let error = #expect(throws: ResourceError.self) { try resource(text) }
    #expect(error?.description == "shop.app:" + expected)
  }
}

/// In which order applications start.
@Suite struct StartOrderTests {
  private static let resources: [ApplicationResource] = {
    var shop = ApplicationResource("shop", applications: ["kernel", "db", "web", "metrics"])
    shop.optionalApplications = ["metrics"]
    shop.includedApplications = ["cart"]
    return [
      shop, ApplicationResource("web", applications: ["kernel", "ssl"]),
      ApplicationResource("db", applications: ["kernel"]), ApplicationResource("kernel"),
      ApplicationResource("ssl", applications: ["crypto"]), ApplicationResource("crypto"),
      ApplicationResource("cart"), ApplicationResource("lost", applications: ["nowhere"]),
      ApplicationResource("a", applications: ["kernel", "b"]),
      ApplicationResource("b", applications: ["c"]), ApplicationResource("c", applications: ["b"]),
    ]
  }()
  private let order = StartOrder(Self.resources)

  @Test func `dependencies start first, depth first in the order of the list`() throws {
    #expect(
      try order.ensuringStarted("shop") == ["kernel", "db", "crypto", "ssl", "web", "shop"])
    #expect(
      try order.ensuringStarted("shop", running: ["kernel", "ssl"]) == ["db", "web", "shop"])
    #expect(try order.ensuringStarted("shop", running: ["shop"]) == [])
  }

  @Test func `a boot script has the included ones too`() throws {
    #expect(
      try order.boot(["kernel", "shop", "crypto", "web"])
        == ["kernel", "db", "crypto", "ssl", "web", "cart", "shop"])
  }

  @Test(arguments: [
    ("lost", "application \"lost\" needs \"nowhere\", and there is no such application"),
    ("none", "there is no application \"none\""),
    ("a", "applications need each other in a circle: b → c → b"),
  ])
  func `what is missing or circular is named`(name: String, expected: String) {
    let error = #expect(throws: StartOrder.Failure.self) { try order.ensuringStarted(name) }
    #expect(error?.description == expected)
  }

  @Test func `a chain of a hundred thousand applications has an order`() throws {
    let chain = (0..<100_000).map {
      ApplicationResource("a\($0)", applications: $0 == 99_999 ? [] : ["a\($0 + 1)"])
    }
    let order = try StartOrder(chain).ensuringStarted("a0")
    #expect(order.count == 100_000 && order.first == "a99999")
  }
}

import BubbleDemos
import BubbleEvents
import struct BubbleKernel.NodeNames
@testable import BubbleScenarios
import BubbleScripts
import BubbleTestSupport
import Testing

/// What is written as a script is what is read from it.
@Suite struct ScriptWriterTests {
  /// Everything that a reader of YAML, a terminal or a grammar could stumble over.
  static let hostile: [String] = [
    "plain", "*a *b", "- ?*x", "key: value", "# no comment", "'", "\"", "\\", "{[,]}", "~", "null",
    "\u{0}\u{1}\u{1B}[31m", "\t\n\r", "\u{7F}\u{80}\u{85}\u{9F}", "\u{A0}\u{AD}",
    "\u{2028}\u{2029}",
    "\u{202E}\u{2066}", "\u{FEFF}", "\u{FFFD}\u{FFFE}\u{FFFF}", "\u{1F4A3}\u{10FFFF}", "\u{E000}",
    "1", "true", "a".padding(to: 190),
  ]

  /// A tree in which every hostile text is the id of a worker.
  static let yaml = """
    tree:
      supervisor: top
      children:
        - worker: a
        - {supervisor: crowd, template: {worker: w}, count: 2}
        - {supervisor: shelves, partitions: 2, template: {worker: shelf}}

    """
    + hostile.map { "    - worker: \(yamlScalar("id " + $0))\n" }.joined()

  static func scenario() throws -> Scenario { try Scenario(yaml: yaml, file: "my.yaml") }

  /// What is read of a cue that was written.
  static func readBack(_ cue: Script.Cue) throws -> Script.Cue {
    let text = try scenario().text(yaml, withScript: SavedScript([.cue(cue)]))
    var read = try #require(try Scenario(yaml: text, file: "my.yaml").script.cues.first, "\(text)")
    read.line = cue.line
    return read
  }

  // MARK: - Texts

  @Test(arguments: hostile)
  func `any text is read back as it was`(text: String) throws {
    var cue = Script.Cue(line: 1)
    cue.caption = "caption " + text + "."
    cue.question = Script.Question(
      text: "q" + text + "?", answers: ["yes", "a" + text + "b"], right: 2)
    cue.request = .send(ChildPath([.named(.atom("id " + text))]), .text(text))
    #expect(try Self.readBack(cue) == cue)
    cue.request = .set(ChildPath([.named("a")]), field: "x" + text, .atom(text))
    #expect(try Self.readBack(cue) == cue)
  }

  @Test func `a caption that is too long is cut`() throws {
    var cue = Script.Cue(line: 1)
    cue.caption = "x".padding(to: 3000)
    let read = try Self.readBack(cue)
    #expect(read.caption == "x".padding(to: Scenario.Limits.textLength - 1) + "…")
  }

  @Test(arguments: hostile)
  func `a remark stays a comment`(text: String) throws {
    var cue = Script.Cue(line: 1)
    cue.caption = "said"
    let script = SavedScript([.remark(text), .cue(cue), .remark(text)])
    let written = try Self.scenario().text(Self.yaml, withScript: script)
    #expect(try Scenario(yaml: written, file: "my.yaml").script.cues.map(\.caption) == ["said"])
  }

  // MARK: - Cues

  @Test(arguments: UInt64(0)..<200)
  func `any cue is read back as it was`(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let cue = Self.cue(&chance)
    #expect(try Self.readBack(cue) == cue)
  }

  private static func cue(_ chance: inout SplitMix64) -> Script.Cue {
    func flip() -> Bool { Bool.random(using: &chance) }
    func path() -> ChildPath {
      let paths: [[ChildID]] = [
        [.named("a")], [.named("crowd")], [.named("crowd"), .dynamic(1)],
        [.named("shelves"), .named(1)], [.named(.atom("id " + Self.hostile[7]))],
      ]
      return ChildPath(paths[Int.random(in: 0..<paths.count, using: &chance)])
    }
    func span() -> Duration { .milliseconds(Int.random(in: 1...90_000, using: &chance)) }
    var cue = Script.Cue(line: 1)
    cue.caption = "said"
    if flip() { cue.selection = path() }
    if flip() { cue.view = Script.View.allCases.randomElement(using: &chance) }
    if flip() { cue.preview = path() } else if flip() { cue.request = .kill(path()) }
    if flip() {
      let happenings = Script.Happening.allCases.filter { $0 != .gaveUp }
      cue.wait = .happening(
        happenings.randomElement(using: &chance) ?? .started, path(), within: span())
    } else if flip() {
      cue.wait = flip() ? .time(span()) : .happening(.gaveUp, ChildPath(), within: span())
    }
    if flip() { cue.wait = .state(ChildPath([.named("a")]), "open", within: span()) }
    if flip() { cue.expectations.append(.running(path())) }
    if flip() { cue.expectations += [.down(path()), .down(path())] }
    if flip() { cue.expectations.append(.state(ChildPath([.named("a")]), Self.hostile[7])) }
    if flip() { cue.expectations.append(.life(path(), Int.random(in: 0...9, using: &chance))) }
    if flip() { cue.expectations.append(.budget(ChildPath(), 3)) }
    return cue
  }

  // MARK: - Requests

  private static let flags = SupervisorFlags(
    strategy: .oneForAll, intensity: RestartIntensity(3, in: 7), autoShutdown: .anySignificant)

  /// Every request, and whether a script can say it; 1 is the root, 2 a worker, 3 a dynamic
  /// supervisor.
  private static let requests: [(request: ControlRequest, isSayable: Bool)] = [
    (.process(PID(2), .kill), true),
    (.process(PID(2), .exit(.failure(.text("a\u{FFFE}")))), true),
    (.process(PID(2), .suspend), true), (.process(PID(2), .resume), true),
    (.process(PID(2), .send(.tuple(["hello", 1]))), true),
    (.process(PID(2), .replaceState(field: "hits", 7)), true),
    (.child(of: PID(1), .named("a"), .restart), true),
    (.child(of: PID(1), .named("a"), .terminate), true),
    (.child(of: PID(1), .named("a"), .delete), true),
    (.child(of: PID(1), .named("a"), .injectFault(.refusedShutdown)), false),
    (
      .child(
        of: PID(1), .named("a"),
        .change(ChildSettings(restart: .permanent, shutdown: .infinity))), false
    ),
    (.supervisor(PID(3), .startChild([])), true), (.supervisor(PID(3), .startChild([1])), false),
    (.supervisor(PID(1), .changeFlags(flags)), true),
    (.supervisor(PID(1), .reorderChildren([.named("a")])), false),
    (.application(controller: PID(1), "web", .start(.transient)), true),
    (.application(controller: PID(1), "web", .stop), true),
    (.release(handler: PID(4), .install, version: "1.1"), true),
    (.release(handler: PID(4), .makePermanent, version: "1.1"), true),
    (.release(handler: PID(4), .reboot, version: "1.1"), true),
    (.process(PID(9), .kill), false), (.node(NodeID(1), .stop), true),
    (.node(NodeID(1), .start), true), (.network(.cut([[NodeID(1)], [NodeID(2)]])), true),
    (.network(.heal([[NodeID(1)], [NodeID(2)]])), true),
    (.node(NodeID(3), .stop), false), (.network(.cut([[NodeID(1)], [NodeID(3)]])), false),
  ]

  private static let nodes = NodeNames(["a@shop", "b@shop"])

  private static func name(of node: NodeID) -> String? {
    nodes.names.indices.contains(Int(node.number) - 1) ? nodes[node] : nil
  }

  private static func said(_ request: ControlRequest) -> ScriptedRequest? {
    ScriptedRequest(request, path: { paths[$0] }, node: name)
  }

  private static let paths: [PID: ChildPath] = [
    PID(1): ChildPath(), PID(2): ChildPath([.named("a")]), PID(3): ChildPath([.named("crowd")]),
    PID(4): .releaseHandler,
  ]

  /// A new request has to be put into the table, and here.
  private static func number(_ request: ControlRequest) -> Int {
    switch request {
    case .process(_, .kill): 1
    case .process(_, .exit): 2
    case .process(_, .suspend): 3
    case .process(_, .resume): 4
    case .process(_, .send): 5
    case .process(_, .replaceState): 6
    case .child(_, _, .restart): 7
    case .child(_, _, .terminate): 8
    case .child(_, _, .delete): 9
    case .child(_, _, .injectFault): 10
    case .child(_, _, .change): 11
    case .supervisor(_, .startChild): 12
    case .supervisor(_, .changeFlags): 13
    case .supervisor(_, .reorderChildren): 14
    case .application(_, _, .start): 15
    case .application(_, _, .stop): 16
    case .release: 17
    case .node(_, .stop): 18
    case .node(_, .start): 19
    case .network(.cut): 20
    case .network(.heal): 21
    }
  }

  @Test func `every request is in the table`() {
    #expect(Set(Self.requests.map { Self.number($0.request) }) == Set(1...21))
  }

  @Test(arguments: requests.indices.filter { !requests[$0].isSayable })
  func `a request that a script has no words for is not said`(index: Int) {
    #expect(Self.said(Self.requests[index].request) == nil)
  }

  @Test(arguments: requests.indices.filter { requests[$0].isSayable })
  func `a request is read back as it was`(index: Int) throws {
    let request = Self.requests[index].request
    let said = try #require(Self.said(request))
    var cue = Script.Cue(line: 1)
    cue.request = said
    let yaml =
      switch request {
      case .application, .release: try #require(Demo.named("upgrade")).text
      case .node, .network: "nodes: [a@shop, b@shop]\n" + Self.yaml
      case .process, .child, .supervisor: Self.yaml
      }
    let scenario = try Scenario(yaml: yaml, file: "my.yaml")
    let text = scenario.text(yaml, withScript: SavedScript([.cue(cue)]))
    let read = try #require(try Scenario(yaml: text, file: "my.yaml").script.cues.first?.request)
    let pids = Dictionary(uniqueKeysWithValues: Self.paths.map { ($1, $0) })
    let again = read.request(
      pid: { pids[$0] }, flags: { _ in nil }, node: { Self.nodes.node(named: $0) })
    #expect(again == request)
  }
}

extension String {
  /// The text again and again, `count` characters of it.
  fileprivate func padding(to count: Int) -> String {
    String(String(repeating: self, count: count).prefix(count))
  }
}

import BubbleEvents
@testable import BubbleTree
import Testing

/// The tree as source text of Mermaid and Graphviz.
@Suite struct DiagramTests {
  static let crashed: TreeStory = {
    var story = TreeStory(
      .supervisor(
        "top", .restForOne, RestartIntensity(2, in: 7),
        [.worker("db"), .worker("web", .transient), .supervisor("jobs", .oneForAll)]))
    story.crash("web")
    story.exit("db", .failure("boom"))
    return story
  }()

  @Test func `Mermaid shows strategies, intensities, states and restarts`() {
    let expected = """
      ---
      title: "shop"
      ---
      flowchart TB
        p0["top<br/>rest_for_one, 2 in 7 s"]
        p1(["db<br/>crashed"])
        p2(["web<br/>transient<br/>restarted 1 time"])
        p3["jobs<br/>one_for_all, 3 in 5 s<br/>restarted 1 time"]
        p0 --> p1
        p0 --> p2
        p0 --> p3
        classDef running stroke:#2e7d32,stroke-width:2px
        class p0,p2,p3 running
        classDef crashed stroke:#c62828,stroke-width:3px,stroke-dasharray:5 3
        class p1 crashed

      """
    #expect(mermaid(of: Self.crashed.tree, title: "shop") == expected)
  }

  @Test func `Graphviz shows the same`() {
    let expected = #"""
      digraph "shop" {
        label="shop"
        ordering=out
        node [fontname="monospace" fontsize=11]
        edge [arrowsize=0.6]
        p0 [label="top\nrest_for_one, 2 in 7 s" shape=box color="#2e7d32" style=solid]
        p1 [label="db\ncrashed" shape=ellipse color="#c62828" style=dashed]
        p2 [label="web\ntransient\nrestarted 1 time" shape=ellipse color="#2e7d32" style=solid]
        p3 [label="jobs\none_for_all, 3 in 5 s\nrestarted 1 time" shape=box color="#2e7d32" style=solid]
        p0 -> p1
        p0 -> p2
        p0 -> p3
      }

      """#
    #expect(graphviz(of: Self.crashed.tree, title: "shop") == expected)
  }

  @Test func `a hostile name is text and nothing else`() {
    let name = "a\"]; x --> y\n%%{init}%% `\\N` &lt; <b> \u{1B}[31m \u{202E}z#35;"
    let story = TreeStory(.supervisor("top", .oneForOne, RestartIntensity(), [.worker(name)]))
    let flowchart = mermaid(of: story.tree, title: name)
    let graph = graphviz(of: story.tree, title: name)
    #expect(
      flowchart.contains(
        "p1([\"a#34;#93;#59; x --#62; y␊#37;#37;#123;init#125;#37;#37; #96;#92;N#96; #38;lt#59; "
          + "#60;b#62; ␛#91;31m \u{FFFD}z#35;35#59;\"])"))
    #expect(flowchart.contains("title: \"a\\\"]; x --> y␊%%{init}%% `\\\\N` &lt; <b> "))
    #expect(
      graph.contains(
        #"p1 [label="a\"]; x --> y␊%%{init}%% `\\N` &amp;lt; <b> ␛[31m \#u{FFFD}z#35;" shape=ellipse"#
      ))
    for text in [flowchart, graph] {
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test func `a crowd is counted instead of drawn`() {
    var story = TreeStory(
      .supervisor("pool", .oneForOne, RestartIntensity(), (1...30).map { .worker("w\($0)") }))
    story.exit("w30", .failure("boom"))
    let boxes = Diagram(story.tree, limits: DiagramLimits(children: 10, places: 400)).boxes
    #expect(boxes.count == 12)
    #expect(
      boxes.filter { $0.content == .rest }.map(\.lines) == [
        ["and 20 more", "19 running", "1 crashed"]
      ])
  }

  @Test(arguments: [1, 2, 5, 11, 40])
  func `no more places are drawn than allowed, the upper ones first`(places: Int) {
    let story = TreeStory(.shop)
    let limits = DiagramLimits(children: 24, places: places)
    let boxes = Diagram(story.tree, limits: limits).boxes
    let drawn = boxes.filter { $0.content != .rest }
    #expect(drawn.count <= places + 1)
    #expect(drawn.first?.lines.first == "shop_sup")
    let known = Set(boxes.map(\.id))
    #expect(known.count == boxes.count)
    #expect(boxes.allSatisfy { box in box.parent.map(known.contains) ?? true })
  }

  @Test func `a tree of nobody is a diagram of nothing`() {
    #expect(mermaid(of: ProcessTree(), title: "empty").hasSuffix("flowchart TB\n"))
    #expect(graphviz(of: ProcessTree(), title: "empty").hasSuffix("]\n}\n"))
  }
}

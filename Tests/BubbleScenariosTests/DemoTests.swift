import BubbleDemos
import BubbleScenarios
import Testing

/// The scenarios that the program brings along.
@Suite struct DemoTests {
  @Test(arguments: Demo.all.map(\.name))
  func `a demo says in one line and in a comment what it shows`(name: String) throws {
    let demo = try #require(Demo.named(name))
    let scenario = try demo.scenario()
    #expect(scenario.name == demo.name)
    #expect(scenario.summary == demo.summary)
    #expect((20...64).contains(demo.summary.count))
    #expect(demo.text.hasPrefix("# "))
    let comment = demo.text.split(separator: "\n").prefix { $0.hasPrefix("#") }
    #expect(comment.count >= 5)
    #expect(comment.allSatisfy { $0.count <= 100 })
  }

  @Test func `demos have names of their own, and a wrong one leads to the right one`() {
    #expect(Set(Demo.all.map(\.name)).count == Demo.all.count)
    #expect(Demo.named("shop")?.name == "shop")
    #expect(Demo.named("shp") == nil)
    #expect(Demo.nearestName(to: "shp") == "shop")
    #expect(Demo.nearestName(to: "restforone") == "rest-for-one")
    #expect(Demo.nearestName(to: "elephant") == nil)
  }
}

import BubbleCells
import BubbleConsole
import BubbleDemos
@testable import BubbleSession
import BubbleTree
import Testing

/// Whatever the screen shows of a machine is written as Erlang writes it.
@Suite struct ErlangTermTests {
  /// What only Swift writes: its optionals, its functions, its modules.
  private static let foreign = [
    "Optional(", "(Function)", "Swift.", "BubbleEvents", "BubbleKernel", "BubbleOTP",
    "BubbleScenarios",
  ]

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "swarm" })
  func `every view and inspector of a demo is told in Erlang's terms`(name: String) throws {
    var session = try SessionUnderTest(demo: name, seed: 7)
    session.press("6v")
    session.run(.seconds(5))
    var pictures: [String] = []
    for view in ["1", "2", "3", "4", "6"] {
      session.press(view)
      pictures.append(render(session.session.model).text())
    }
    session.press("3")
    for place in session.places.prefix(30) where place.pid != nil {
      session.command("select \(place.name)")
      session.run(.milliseconds(100))
      pictures.append(render(session.session.model).text())
    }
    #expect(pictures.count > 6)
    for picture in pictures {
      for word in Self.foreign { #expect(!picture.contains(word), "\(word) in\n\(picture)") }
    }
  }
}

import BubbleCells
import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Foundation
import Testing

/// Whatever is pressed, in whatever size: nothing traps, and the screen says what the model holds.
@Suite struct AnyKeysTests {
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] }
    ?? (1...24).filter { Sample.chosen.takes(Int($0) / 6, oneIn: 4) }
  static let demos = [
    "one-for-one", "rest-for-one", "one-for-all", "dynamic", "escalation", "applications",
  ]
  static let sizes = [
    (1, 1), (20, 3), (39, 11), (40, 12), (71, 17), (80, 24), (120, 40), (200, 60),
  ]
  .map { Size(columns: $0, rows: $1) }

  static let named: [Key] = [
    .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    .insert, .backspace, .delete, .function(1), .control("c"), .control("z"),
    .character("\u{1B}"), .character("作"), .character("e\u{301}"),
  ]
  static let printable: [Key] = (0x20...0x7E).compactMap {
    Unicode.Scalar($0).map { .character(Character($0)) }
  }
  /// What leads somewhere is pressed more often than chance would.
  static let leading: [Key] = "xxXrdzsi12236cef/:.,uUR ?".map { .character($0) } + [.enter, .tab]

  @Test(arguments: seeds)
  func `any keys in any size leave a screen that is true`(seed: UInt64) throws {
    var test = try SessionUnderTest(demo: Self.demos[Int(seed) % Self.demos.count], seed: seed)
    test.session.send(.resize(Size(columns: 80, rows: 24)))
    for step in 0..<150 {
      doAnything(to: &test)
      let problem = problem(of: test.session.model)
      try #require(
        problem == nil, "step \(step); reproduce with SEED=\(seed) swift test --filter AnyKeys")
    }
    test.session.send(.resize(Size(columns: 80, rows: 24)))
    for _ in 0..<6 { test.session.handle(.key(.escape)) }
    #expect(test.session.model.overlay == nil)
    #expect(!test.session.model.isPreviewing)
    test.session.handle(.key(.control("c")))
    #expect(test.session.isOver)
  }

  private func doAnything(to test: inout SessionUnderTest) {
    func any<Element>(_ choices: [Element]) -> Element {
      choices[Int.random(in: 0..<choices.count, using: &test.chance)]
    }
    switch Int.random(in: 0..<20, using: &test.chance) {
    case 0: test.session.send(.resize(any(Self.sizes)))
    case 1...3: test.session.play(for: .milliseconds(Int.random(in: 1...600, using: &test.chance)))
    case 4:
      let size = test.session.model.size
      let point = Point(
        column: Int.random(in: 0...size.columns, using: &test.chance),
        row: Int.random(in: 0...size.rows, using: &test.chance))
      let kind = any([
        MouseEvent.Kind.press(.left), .press(.right), .release, .scrollUp, .scrollDown,
      ])
      test.session.send(.mouse(MouseEvent(kind, at: point)))
    case 5...7: test.session.handle(.key(any(Self.named)))
    case 8...10: test.session.handle(.key(any(Self.printable)))
    default: test.session.handle(.key(any(Self.leading)))
    }
    _ = test.session.takeOutgoing()
  }

  /// The first thing that is not as it must be.
  private func problem(of model: ConsoleModel) -> String? {
    let grid = render(model)
    if grid.size != model.size { return "a picture of \(grid.size) for a screen of \(model.size)" }
    let text = grid.text()
    if let scalar = text.unicodeScalars.first(where: { $0.value < 0x20 && $0 != "\n" }) {
      return "the control character \(scalar.value) on the screen"
    }
    if let row = text.split(separator: "\n").first(where: { displayWidth($0) > model.size.columns })
    {
      return "too wide: \(row)"
    }
    if let selection = model.selection, !model.tree.contains(selection) {
      return "somebody who is gone is selected"
    }
    if let pid = model.inspection?.pid, pid != model.selectedNode?.pid {
      return "\(pid) is looked into, but another one is selected"
    }
    if model.isPreviewing, !model.pace.isPaused { return "time passes while a kill is only shown" }
    if model.overlay != nil, model.size.columns >= 40, model.size.rows >= 12,
      text.allSatisfy(\.isWhitespace)
    {
      return "an empty screen"
    }
    return nil
  }
}

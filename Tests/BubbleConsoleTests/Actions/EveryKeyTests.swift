import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import Testing

/// No key traps in any context, and the screen can be drawn after it.
@Suite struct EveryKeyTests {
  static let keys: [Key] =
    [
      .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
      .insert, .backspace, .delete,
    ] + (1...12).map { .function($0) }
    + (0x20...0x7E).compactMap { Unicode.Scalar($0).map { .character(Character($0)) } }
    + (0x61...0x7A).compactMap { Unicode.Scalar($0).map { .control(Character($0)) } }
    + ["é", "作", "🔥", "\u{1B}", "\u{0}", "\u{202E}"].map { .character($0) }

  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 60, rows: 16), Size(columns: 120, rows: 40),
    Size(columns: 40, rows: 12), Size(columns: 39, rows: 11), Size(columns: 1, rows: 1),
    Size(columns: 0, rows: 0),
  ]

  /// Which keys are pressed in `view`; each is, in one of them.
  private static func sample(in view: ViewKind) throws -> [Key] {
    let views = ViewKind.allCases
    let turn = try #require(views.firstIndex(of: view))
    return keys.enumerated().filter { Sample.chosen.takes($0.offset + turn, oneIn: views.count) }
      .map(\.element)
  }

  @Test(arguments: KeyContext.allCases, ViewKind.allCases)
  func `any key in any context is handled and the screen can be drawn`(
    context: KeyContext, view: ViewKind
  ) throws {
    let console = Console(in: context, view: view)
    #expect(console.model.keyContext == context)
    let before = render(console.model)
    for key in try Self.sample(in: view) {
      var console = console
      let commands = console.press(key)
      let after = render(console.model)
      #expect(after.size == console.model.size)
      let action = ActionTable.action(for: key, in: context, view: console.model.view)
      let isText = if case .character = key { context.takesText } else { false }
      if action == nil, !isText, context != .small {
        #expect(console.model.notice?.hasPrefix("\(key.shown) does nothing here") == true)
      } else if action.map({ !Self.leadNowhere.contains($0.id) }) ?? isText {
        #expect(
          after != before || !commands.isEmpty || console.model.notice != nil,
          "\(key.shown) is not answered")
      }
      console.press(key, .escape)
    }
  }

  /// The rows that go somewhere or take something back, which is no change where there is nothing.
  static let leadNowhere: Set<String> = [
    "move", "lane", "scroll", "other", "ends", "endsThen", "match", "look", "page", "history",
    "eraseWord", "eraseAll", "fold", "view",
  ]

  /// Packing bubbles anew for each size takes long, so they are drawn in one context; they have
  /// tests of their own.
  static let contexts: [(KeyContext, ViewKind)] = KeyContext.allCases.flatMap { context in
    ViewKind.allCases.filter { $0 != .bubbles || context == .browse }.map { (context, $0) }
  }

  @Test(arguments: contexts)
  func `any context can be drawn in any size`(context: KeyContext, view: ViewKind) {
    var console = Console(in: context, view: view)
    for size in Self.sizes {
      console.send(.resize(size))
      #expect(render(console.model).size == size)
      console.press(.down, .tab)
      _ = render(console.model)
    }
  }

  @Test(arguments: ViewKind.allCases)
  func `any key is handled before anything has happened`(view: ViewKind) {
    for key in Self.keys {
      var model = ConsoleModel(scenario: "", size: Size(columns: 80, rows: 24), view: view)
      _ = update(&model, .key(key))
      _ = render(model)
    }
  }

  @Test(
    arguments: ViewKind.allCases.enumerated()
      .filter { Sample.chosen.takes($0.offset, oneIn: 3) }.map(\.element))
  func `a thousand keys at random leave a console that still answers`(view: ViewKind) {
    var state: UInt64 = 4711
    var console = Console(view: view)
    for _ in 0..<1000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      console.press(Self.keys[Int(state >> 33) % Self.keys.count])
    }
    _ = render(console.model)
    console.press(.escape, .escape, .escape, .escape)
    #expect(console.press(.control("c")) == [.quit])
  }
}

import BubbleCells
import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Foundation
import Testing

/// What is highlighted on the drawn screen is what the keys act on, whatever was pressed before.
///
/// `KEYS=10000 SEED=4711 swift test --filter HighlightTests` presses more keys, from that seed.
@Suite struct HighlightTests {
  static let environment = ProcessInfo.processInfo.environment
  static let seeds: [UInt64] =
    environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 2, 3, 4]
  static let keysPerSeed = environment["KEYS"].flatMap(Int.init) ?? 120
  static let demos = ["shop", "dynamic", "applications", "escalation", "elixir"]
  static let sizes = [(80, 24), (80, 24), (120, 40), (60, 20), (72, 14), (200, 60)]
    .map { Size(columns: $0, rows: $1) }
  /// What moves the selection, or narrows, folds, travels, kills; some keys more often than others.
  static let keys: [Key] =
    [
      .up, .down, .left, .right, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
      .enter, .enter, .escape, .escape, .tab, .backspace,
    ]
    + "1234561236hjklgGfffce()()mowvtnNxxxzdEsiau,.[]  UR".map { .character($0) }
  static let searches = ["c", "m", "sup", "#", "1", "<", "<1", "zz", "guest", "cache", ""]

  @Test(arguments: seeds)
  func `what is highlighted is what acts, whatever was pressed`(seed: UInt64) throws {
    var test = try SessionUnderTest(demo: Self.demos[Int(seed) % Self.demos.count], seed: seed)
    for step in 0..<Self.keysPerSeed {
      let done = doAnything(to: &test)
      let problem = problem(of: test.session.model)
      let model = test.session.model
      if problem != nil, Self.environment["SHOW"] != nil { print(render(model).text()) }
      try #require(
        problem == nil,
        """
        step \(step), after \(done), in \(model.view.name), \(model.keyContext), \(model.size); \
        reproduce with KEYS=\(step + 1) SEED=\(seed) swift test --filter HighlightTests
        """)
      guard !test.session.isOver else { break }
    }
  }

  private func doAnything(to test: inout SessionUnderTest) -> String {
    func any<Element>(_ choices: [Element]) -> Element {
      choices[Int.random(in: 0..<choices.count, using: &test.chance)]
    }
    defer { _ = test.session.takeOutgoing() }
    switch Int.random(in: 0..<40, using: &test.chance) {
    case 0:
      let size = any(Self.sizes)
      test.session.send(.resize(size))
      return "\(size)"
    case 1...6:
      let span = Int.random(in: 1...900, using: &test.chance)
      test.session.play(for: .milliseconds(span))
      return "\(span) ms"
    case 7...9:
      let size = test.session.model.size
      let point = Point(
        column: Int.random(in: 0..<size.columns, using: &test.chance),
        row: Int.random(in: 0..<size.rows, using: &test.chance))
      let kind = any([MouseEvent.Kind.press(.left), .press(.left), .scrollUp, .scrollDown])
      test.session.send(.mouse(MouseEvent(kind, at: point)))
      return "\(kind) at \(point)"
    case 10...11:
      let text = any(Self.searches)
      let end = any([Key.enter, .escape, .down])
      test.session.handle(.key(.character("/")))
      test.press(text)
      test.session.handle(.key(end))
      return "/\(text) \(end)"
    case 12:
      let command = any(["find c", "find sup", "select #1", "chaos 2/s together", "chaos off"])
      test.session.handle(.key(.character(":")))
      test.press(command)
      test.session.handle(.key(.enter))
      return command
    default:
      let key = any(Self.keys)
      test.session.handle(.key(key))
      return "\(key)"
    }
  }

  // MARK: - What is drawn, and what acts

  /// What differs between the drawn screen and what a key would act on.
  private func problem(of model: ConsoleModel) -> String? {
    guard model.overlay == nil, !(model.view == .bubbles && model.tree.isOver) else { return nil }
    guard model.view != .lab || model.isLabShown else { return nil }
    let drawn = highlights(in: model)
    guard let target = target(of: model) else {
      // A row of the log may tell of nobody who is there.
      return drawn.isEmpty || model.view == .log
        ? nil : "\(drawn) is highlighted, but nothing acts on it"
    }
    if drawn.isEmpty { return mayBeHidden(model) ? nil : "\(target) is not highlighted" }
    let wrong = drawn.first { !isName($0, of: target) }
    return wrong.map { "\($0) is highlighted, but \(target) is acted on" }
  }

  /// Whether the view with the highlight may not be on the screen.
  private func mayBeHidden(_ model: ConsoleModel) -> Bool {
    let body = Regions(model).body
    return body.columns < 20 || body.rows < 6 || (model.isLabShown && model.size.columns < 120)
  }

  /// Who a key would act on: the target of what is shown, or else of `z` and `x`.
  private func target(of model: ConsoleModel) -> String? {
    if model.isLabShown {
      return model.lab?.highlighted.flatMap { model.lab?.activeColumn.tree[$0].name }
    }
    if let preview = model.preview {
      // A filter may hide whom the panel names.
      guard let standing = model.highlighted else { return nil }
      guard model.tree.path(of: preview.target).contains(standing) else {
        return "\(model.tree[preview.target].name) of the preview"
      }
      return model.tree[standing].name
    }
    guard let node = model.selectedNode else {
      return pid(from: "x", model) ?? pid(from: "z", model)
    }
    for key: Character in ["x", "z"] {
      if let other = pid(from: key, model), other != node.name { return other }
    }
    return node.name
  }

  /// The name of whom the key asks something of.
  private func pid(from key: Character, _ model: ConsoleModel) -> String? {
    var copy = model
    for command in update(&copy, .key(.character(key))) {
      switch command {
      case .preview(.process(let pid, _)), .request(.process(let pid, _), by: _):
        return model.tree.slot(of: pid).map { model.tree[$0].name } ?? "\(pid)"
      default: continue
      }
    }
    return nil
  }

  /// The texts on the screen that are drawn as selected, outside of header, panel and strip.
  private func highlights(in model: ConsoleModel) -> [String] {
    let grid = render(model)
    let body = Regions(model).body
    var found: [String] = []
    for row in body.row..<max(body.row, body.endRow) {
      var text = ""
      for column in body.column..<max(body.column, body.endColumn) {
        let cell = grid[column, row]
        let isSelected =
          cell.role == .selectionName || cell.role == .selectedRow
          || isDeadSelection(column, row, of: grid)
        if isSelected { text.unicodeScalars.append(cell.glyph.base) }
        if !isSelected || column == body.endColumn - 1, !text.isEmpty {
          found.append(text)
          text = ""
        }
      }
    }
    return found.filter { text in text.contains { $0.isLetter || $0 == "#" } }
  }

  /// Whether a cell belongs to the red name of somebody dead, between the arrows of the selection.
  private func isDeadSelection(_ column: Int, _ row: Int, of grid: CellGrid) -> Bool {
    let dead: Set<Role> = [.crashed, .gaveUp]
    let letter = Character(grid[column, row].glyph.base)
    guard dead.contains(grid[column, row].role), letter.isLetter || letter.isNumber || letter == "#"
    else { return false }
    let end = (column + 1..<grid.size.columns).first { !dead.contains(grid[$0, row].role) }
    return end.map { grid[$0, row].role == .selectionArrow } ?? false
  }

  /// Whether a drawn text tells of that name, which may be cut or shortened.
  private func isName(_ text: String, of name: String) -> Bool {
    if text.contains(name) { return true }
    if text.trimmingCharacters(in: .whitespaces).count <= 2 { return true }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "│" })
    return words.contains { word in
      let letters = word.drop { !$0.isLetter && $0 != "#" }.prefix { $0 != "…" && $0 != "×" }
      return !letters.isEmpty && (name.hasPrefix(letters) || name.hasSuffix(letters))
    }
  }
}

import BubbleCells
import BubbleConsole
import Foundation
import Testing

/// The table of actions: one meaning a key, and everything said from one place.
@Suite struct ActionTableTests {
  @Test(arguments: KeyContext.allCases, ViewKind.allCases)
  func `a key has at most one meaning in one place`(context: KeyContext, view: ViewKind) {
    var meanings: [Key: String] = [:]
    for action in ActionTable.all where action.applies(in: context, view: view) {
      for key in action.keys {
        #expect(meanings[key] == nil, "\(key.shown) is \(meanings[key] ?? "") and \(action.id)")
        meanings[key] = action.id
      }
    }
  }

  @Test func `ids and commands are unique`() {
    let ids = ActionTable.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ActionTable.commands).count == ActionTable.commands.count)
  }

  @Test func `every row can be reached and says what it does`() {
    for action in ActionTable.all {
      #expect(!action.help.isEmpty, "\(action.id)")
      #expect(!action.keys.isEmpty || action.command != nil, "\(action.id)")
      #expect(action.keys.isEmpty == action.contexts.isEmpty, "\(action.id)")
      #expect(action.places.isEmpty == action.word.isEmpty || action.id == "help", "\(action.id)")
      #expect(Set(action.places.keys).isSubset(of: action.contexts), "\(action.id)")
    }
  }

  @Test func `k is up and never kill`() {
    for context in KeyContext.allCases {
      for view in ViewKind.allCases {
        let action = ActionTable.action(for: .character("k"), in: context, view: view)
        #expect(action?.id != "kill")
      }
    }
  }

  @Test(arguments: KeyContext.allCases)
  func `every context has a way out and a way to quit`(context: KeyContext) {
    for view in ViewKind.allCases {
      let out: Key = context == .small ? .character("q") : .escape
      #expect(ActionTable.action(for: out, in: context, view: view) != nil)
      #expect(ActionTable.action(for: .control("c"), in: context, view: view)?.id == "interrupt")
    }
  }

  @Test func `the keys page is what the table says`() throws {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/KEYS.md")
    #expect(try String(contentsOf: file, encoding: .utf8) == keysDocument())
  }

  @Test func `the keys page names every key and every command`() {
    let page = keysDocument()
    for action in ActionTable.all {
      #expect(page.contains(action.help), "\(action.id)")
      if let command = action.command { #expect(page.contains("`:\(command)"), "\(action.id)") }
    }
  }
}

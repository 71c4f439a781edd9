import BubbleCells
@testable import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import BubbleTree
import Testing

/// The form of all settings: what keys do in it, and what it asks of the machine.
@Suite struct EditFormTests {
  private func console(editing name: String, columns: Int = 80) -> Console {
    var console = Console(columns: columns, view: .bubbles)
    console.select(name)
    console.press(.character("E"))
    return console
  }

  private func fields(_ console: Console) -> [EditForm.Field] {
    guard case .form(let form) = console.model.overlay else { return [] }
    return form.fields
  }

  @Test(arguments: [
    ("cache", [EditForm.Field.restart, .shutdown, .place, .strategy, .intensity, .period]),
    ("web_sup", [.strategy, .intensity, .period, .restart, .shutdown, .place]),
    ("shop_sup", [.strategy, .intensity, .period]),
  ])
  func `a supervisor's flags come first in its own form`(name: String, expected: [EditForm.Field]) {
    #expect(fields(console(editing: name)) == expected)
  }

  @Test func `one changed setting is one request`() {
    var console = console(editing: "cache")
    console.press(.right)
    let settings = ChildSettings(restart: .transient, shutdown: .timeout(5000))
    #expect(
      console.press(.enter) == [
        .request(
          .child(of: console.story.pid("db_sup"), .named("cache"), .change(settings)), by: .key("E")
        )
      ])
    #expect(fields(console).isEmpty)
  }

  @Test func `all that was changed is asked for at once`() {
    var console = console(editing: "web_sup")
    console.press(.right, .down)
    console.type("7")
    console.press(.tab, .left, .down, .right, .down)
    console.type("infinity")
    console.press(.down, .left)
    let root = console.story.pid("shop_sup")
    let flags = SupervisorFlags(strategy: .oneForAll, intensity: RestartIntensity(7, in: 4))
    #expect(
      console.press(.enter) == [
        .requests(
          [
            .supervisor(console.story.pid("web_sup"), .changeFlags(flags)),
            .child(
              of: root, .named("web_sup"),
              .change(ChildSettings(restart: .transient, shutdown: .infinity))),
            .supervisor(
              root,
              .reorderChildren([
                .named("web_sup"), .named("db_sup"), .named("mailer"), .named("cron"),
              ])),
          ], by: .key("E"))
      ])
  }

  @Test(arguments: [
    (EditForm.Field.strategy, "all_for_one", "there is no strategy 'all_for_one'"),
    (.intensity, "-1", "'-1' is not an intensity"), (.period, "0", "'0' is not a period"),
    (.restart, "never", "there is no restart type 'never'"),
    (.shutdown, "soon", "'soon' is not a shutdown"), (.place, "9", "'9' is not a place"),
  ])
  func `a wrong value is told and stays to be mended`(
    field: EditForm.Field, text: String, objection: String
  ) {
    var console = console(editing: "web_sup")
    while case .form(let form) = console.model.overlay, form.field != field { console.press(.down) }
    console.type(text)
    #expect(console.press(.enter) == [])
    guard case .form(let form) = console.model.overlay else {
      Issue.record("the form is gone")
      return
    }
    #expect(form.objection?.hasPrefix(objection) == true, "\(form.objection ?? "")")
    #expect(form.text == text)
    console.press(.control("u"))
    #expect(console.press(.enter) == [])
    #expect(console.model.notice == "nothing was changed")
  }

  @Test(arguments: [
    ("250", ChildShutdown.timeout(250)), ("2s", .timeout(2000)), ("brutal_kill", .brutalKill),
  ])
  func `a shutdown can be written in several ways`(text: String, shutdown: ChildShutdown) {
    var console = console(editing: "mailer")
    console.press(.down)
    console.type(text)
    #expect(
      console.press(.enter) == [
        .request(
          .child(
            of: console.story.pid("shop_sup"), .named("mailer"),
            .change(ChildSettings(restart: .permanent, shutdown: shutdown))), by: .key("E"))
      ])
  }

  @Test func `values stay in their range and lists go round`() {
    var console = console(editing: "shop_sup")
    console.press(.left, .down)
    for _ in 0..<9 { console.press(.left) }
    console.press(.down)
    for _ in 0..<9 { console.press(.left) }
    let flags = SupervisorFlags(strategy: .oneForOne, intensity: RestartIntensity(0, in: 1))
    #expect(
      console.press(.enter)
        == [
          .request(.supervisor(console.story.pid("shop_sup"), .changeFlags(flags)), by: .key("E"))
        ])
  }

  @Test func `leaving changes nothing`() {
    var console = console(editing: "cache")
    console.press(.right)
    #expect(console.press(.escape) == [])
    #expect(fields(console).isEmpty)
  }

  @Test func `the form says what would be changed`() {
    var console = console(editing: "web_sup")
    console.press(.right, .down, .right)
    expectSnapshot(of: console.shell, named: "form-80x24")
    #expect(console.screen.contains("strategy → one_for_all"))
  }
}

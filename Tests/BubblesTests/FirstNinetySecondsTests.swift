import Foundation
import Testing

/// README's first ninety seconds, done with its own keys: what it promises is on the screen.
@Suite struct FirstNinetySecondsTests {
  /// A promise of a step of README: its words, the keys since the program began, and what the
  /// screen must say then.
  struct Promise: Sendable, CustomTestStringConvertible {
    var step: Int
    var words: String
    var keys: String
    var screen: [String]
    var testDescription: String { "step \(step): \(words)" }
  }

  private static let kill = "xx<6s>"
  private static let spent = "<Right>" + String(repeating: kill, count: 3) + "x"

  static let promises = [
    Promise(step: 0, words: "within ten seconds", keys: "", screen: ["shop_sup ···", "►cache◄"]),
    Promise(step: 1, words: "now `►acceptor◄` is", keys: "<Right>", screen: ["►acceptor◄", "<6>"]),
    Promise(
      step: 2, words: "(`1`, `2`, `3`, `4`)", keys: "<Right>x",
      screen: ["if you kill acceptor", "1 c3  2 c2  3 c1", "4 conn_sup", "5 acceptor", "9 c3"]),
    Promise(step: 2, words: "`··· → ▌··`", keys: "<Right>x", screen: ["··· → ▌··"]),
    Promise(step: 3, words: "until it says `done`", keys: "<Right>" + kill, screen: ["● done"]),
    Promise(
      step: 4, words: "that kill is undone", keys: "<Right>" + kill + "u",
      screen: ["undone: kill acceptor"]),
    Promise(
      step: 4, words: "the budget is spent", keys: spent,
      screen: ["its budget is spent", "web_sup gives up", "cron stays down"]),
    Promise(
      step: 4, words: "only `cron` would stay down", keys: spent + "x<9s>",
      screen: ["shop_sup restarted web_sup", "cron stays down"]),
    Promise(step: 5, words: "Press `space` to pause", keys: "<Space>", screen: ["paused"]),
    Promise(
      step: 5, words: "`.` steps forward one event at a time", keys: "<Space>xx..",
      screen: ["killed", "decides one_for_all"]),
    Promise(
      step: 5, words: "`,` back", keys: "<Space>xx..,", screen: ["ago", "in the past"]),
    Promise(step: 5, words: "change the speed", keys: "<lt>", screen: ["►1/2x"]),
    Promise(step: 6, words: "Press `2` for the tree", keys: "2", screen: ["▐2 tree▌"]),
    Promise(step: 6, words: "`3` for a table", keys: "3/mail", screen: ["▐3 table▌", "1 match"]),
    Promise(step: 6, words: "`6` for the log", keys: "6", screen: ["▐6 log▌"]),
    Promise(step: 6, words: "`v` adds the messages", keys: "6v<2s>", screen: ["request"]),
    Promise(
      step: 6, words: "`:set port 80`", keys: "<Right>:set port 80<Enter><1s>", screen: ["port: 80"]
    ),
    Promise(step: 7, words: "Press `4` for the timeline", keys: "4", screen: ["▐4 time▌"]),
    Promise(step: 7, words: "`←` goes back", keys: kill + "4<Left>", screen: ["ago"]),
    Promise(
      step: 8, words: "press `5` for the lab", keys: ":select mailer<Enter>5x<9s>",
      screen: ["the same kill in three machines", "one_for_all stops 10 others"]),
    Promise(
      step: 9, words: "Press `n` for a guided tour", keys: "n", screen: ["step 1 of"]),
    Promise(step: 9, words: "Press `C` for chaos", keys: "C<9s>", screen: ["seed"]),
    Promise(
      step: 9, words: "`u` again all of it", keys: "C<9s>Cuu<1s>", screen: ["00:02", "●12"]),
    Promise(step: 10, words: "`?` shows all keys", keys: "?", screen: ["keys"]),
  ]

  @Test(arguments: promises)
  func `what a step promises is on the screen`(promise: Promise) throws {
    let readme = TerminalUnderTest.repository.appendingPathComponent("README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(promise.words))
    let frame = try Command.run(
      TerminalUnderTest.program, ["frame", "shop", "--keys", promise.keys])
    #expect(frame.exitCode == 0)
    for words in promise.screen {
      #expect(frame.standardOutput.contains(words), "\(frame.standardOutput)")
    }
  }
}

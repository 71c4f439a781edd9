import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree

extension ShopStory {
  /// What the pictures of the timeline tell: `cache` is killed, and then `acceptor` twice.
  static var threeKills: ShopStory {
    var story = ShopStory.started
    story.wait(milliseconds: 10_304)
    story.kill("cache", in: "db_sup")
    story.wait(milliseconds: 2_796)
    story.kill("acceptor", in: "web_sup")
    story.wait(milliseconds: 1_500)
    story.kill("acceptor", in: "web_sup", restartsInWindow: 2)
    return story
  }

  /// Some kills with some time between them, by chance.
  static func random(_ chance: inout some RandomNumberGenerator) -> ShopStory {
    let children = [
      ("cache", "db_sup"), ("pool", "db_sup"), ("acceptor", "web_sup"), ("c1", "conn_sup"),
      ("c2", "conn_sup"), ("mailer", "shop_sup"),
    ]
    var story = ShopStory.started
    for _ in 0..<Int.random(in: 1...12, using: &chance) {
      if Bool.random(using: &chance) {
        story.wait(milliseconds: Int64.random(in: 1...20_000, using: &chance))
      }
      let (name, supervisor) = children.randomElement(using: &chance) ?? ("cache", "db_sup")
      story.kill(name, in: supervisor)
    }
    return story
  }
}

extension Console {
  /// The timeline of a story, as it is shown when `event` was the last that had happened; by
  /// default at the end.
  init(
    timeline story: ShopStory, columns: Int = 80, rows: Int = 24, at event: Event.ID? = nil,
    options: ConsoleOptions = ConsoleOptions(motion: .none)
  ) {
    self.init(columns: columns, rows: rows, view: .time, story: story, options: options)
    select("c2")
    if let event { goBack(to: event) }
  }

  /// Shows an earlier moment, as a session does.
  mutating func goBack(to event: Event.ID) {
    let end = end
    let before = story.events.filter { $0.id <= event }
    var then = Told()
    then.fold(before)
    travel { $0.end = end }
    send(.revisited(then))
    send(.paused(true))
    send(.clock(before.last?.instant ?? .zero))
  }

  /// The events of the timeline's columns, in their order.
  var columnEvents: [Event.ID] { model.knownTimeline.columns.map(\.event) }
}

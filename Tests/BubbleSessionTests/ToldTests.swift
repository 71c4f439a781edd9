import BubbleConsole
import BubbleEvents
import Testing

/// What the console makes of the events of a machine that is acted on at random.
@Suite struct ToldTests {
  private func told(_ events: [Event], inBatchesOf size: Int) -> Told {
    var told = Told()
    for start in stride(from: 0, to: events.count, by: size) {
      told.fold(Array(events[start..<min(start + size, events.count)]))
    }
    return told
  }

  @Test(arguments: ["shop", "rest-for-one", "applications", "elixir"], [1, 2] as [UInt64])
  func `the same events tell the same in batches of any size`(demo: String, seed: UInt64) throws {
    var session = try SessionUnderTest(demo: demo, seed: seed)
    session.press("v")
    var lived = 0
    while session.eventCount <= 200, lived < 400 {
      session.live()
      lived += 1
    }
    let events = session.account.events
    try #require(events.count > 25)
    let one = told(events, inBatchesOf: 1)
    for size in [7, 25, 100, events.count] {
      let other = told(events, inBatchesOf: size)
      #expect(other.log.rows == one.log.rows, "in batches of \(size)")
      #expect(other.timeline.columns == one.timeline.columns, "in batches of \(size)")
      #expect(other.recentEvents.epilogue == one.recentEvents.epilogue, "in batches of \(size)")
    }
  }
}

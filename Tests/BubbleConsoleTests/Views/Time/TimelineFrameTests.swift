import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import Testing

/// The timeline as it looks, kept as pictures.
@Suite struct TimelineFrameTests {
  /// Of the third kill the third event has happened: `c2` has stopped.
  static func past(columns: Int = 80, rows: Int = 24, _ glyphs: GlyphSet = .unicode) -> Console {
    let story = ShopStory.threeKills
    let events = Console(timeline: story).columnEvents
    return Console(
      timeline: story, columns: columns, rows: rows, at: events[events.count - 8],
      options: ConsoleOptions(glyphs: glyphs, motion: .none))
  }

  @Test(arguments: [(80, 24), (120, 40), (60, 16), (40, 12)])
  func `in the past`(columns: Int, rows: Int) {
    let console = Self.past(columns: columns, rows: rows)
    expectSnapshot(of: render(console.model), named: "timeline-past-\(columns)x\(rows)")
  }

  @Test func `in ASCII`() {
    let console = Self.past(.ascii)
    expectSnapshot(of: render(console.model), named: "timeline-ascii-80x24")
  }

  @Test func `now, some time after the last event`() {
    var console = Console(timeline: .threeKills)
    console.tell { $0.wait(milliseconds: 2_200) }
    expectSnapshot(of: render(console.model), named: "timeline-now-80x24")
  }

  @Test func `the start of the machine, in start order`() {
    let console = Console(timeline: .started)
    expectSnapshot(of: render(console.model), named: "timeline-start-80x24")
  }

  @Test func `to scale`() {
    var console = Self.past()
    console.type("t")
    expectSnapshot(of: render(console.model), named: "timeline-true-80x24")
  }

  @Test func `why the event at the playhead happened`() {
    var console = Self.past()
    console.type("w")
    expectSnapshot(of: render(console.model), named: "timeline-why-80x24")
  }
}

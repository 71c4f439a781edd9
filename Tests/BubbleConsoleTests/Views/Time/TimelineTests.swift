import BubbleCells
@testable import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import BubbleTree
import Testing

/// The order that the timeline tells, its axis, and the ways through time in it.
@Suite struct TimelineTests {
  @Test func `the last column of the session line is its end, at the end of time too`() {
    let end = RuntimeInstant(nanoseconds: .max)
    let line = SessionLine(here: .zero, end: end, crashes: [], pointer: "^", title: "end")
    let area = Rect(column: 0, row: 0, columns: 60, rows: 1)
    let instants = (0..<60).compactMap { line.instant(at: Point(column: $0, row: 0), in: area) }
    #expect(instants.first == .zero && instants.last == end)
    #expect(instants == instants.sorted())
  }

  // MARK: - Order

  @Test(arguments: [
    (SupervisionStrategy.oneForOne, "1 b crashed, 2 b started"),
    (.restForOne, "1 b crashed, 2 c stopped, 3 b started, 4 c started"),
    (
      .oneForAll,
      "1 b crashed, 2 c stopped, 3 a stopped, 4 a started, 5 b started, 6 c started"
    ),
  ])
  func `stops and starts of a restart are numbered in their order`(
    strategy: SupervisionStrategy, expected: String
  ) {
    var story = ShopStory()
    let workers = ["a", "b", "c"].map { ShopStory.Child.worker($0, .permanent) }
    _ = story.start(
      .supervisor("top", strategy, RestartIntensity(3, in: 5), workers), under: nil, cause: nil)
    story.wait(milliseconds: 1_000)
    story.kill("b", in: "top")
    let model = Console(view: .time, story: story).model
    let book = model.told.timeline
    let course = book.columns.last?.course
    var told: [Int: String] = [:]
    for slot in model.tree.inOrder() {
      for mark in book.marks(of: slot) where mark.kind.ownsColumn {
        let column = book[column: mark.column]
        guard column.course == course else { continue }
        told[column.number] = "\(column.number) \(model.tree[slot].name) \(mark.kind)"
      }
    }
    #expect(told.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ") == expected)
  }

  @Test func `each cause counts its own events`() {
    let book = Console(timeline: .threeKills).model.told.timeline
    let courses = Set(book.columns.map(\.course)).sorted()
    let counts = courses.map { course in book.columns.filter { $0.course == course }.map(\.number) }
    #expect(counts == [Array(1...12), Array(1...4), Array(1...10), Array(1...10)])
  }

  // MARK: - The axis

  @Test(arguments: UInt64(0)..<50)
  func `every start and every end has a column of its own, in their order`(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let story = ShopStory.random(&chance)
    let book = Console(timeline: story).model.told.timeline
    let expected = story.events.filter { event in
      switch event.kind {
      case .process(_, .spawned), .process(_, .exited): true
      default: false
      }
    }
    #expect(book.columns.map(\.event) == expected.map(\.id), "seed \(seed)")
    for (one, other) in zip(book.columns, book.columns.dropFirst()) {
      let isFolded = other.instant - one.instant >= .milliseconds(50)
      #expect(other.cell == one.cell + (isFolded ? 7 : 2), "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(0)..<50, [false, true])
  func `on the screen the order stays, and no two events share a column`(
    seed: UInt64, isTrueToTime: Bool
  ) {
    var chance = SplitMix64(seed: seed)
    let story = ShopStory.random(&chance)
    var console = Console(
      timeline: story, columns: Int.random(in: 40...200, using: &chance),
      at: UInt64.random(in: 1...UInt64(story.events.count), using: &chance))
    if isTrueToTime { console.type("t") }
    let layout = TimelineLayout(console.model, in: Regions(console.model).body)
    let axis = TimelineAxis(console.model, width: layout.axisWidth)
    let cells = axis.columns.map { axis.cell(of: $0) }
    #expect(cells == cells.sorted(), "seed \(seed)")
    if !axis.isTrueToTime { #expect(Set(cells).count == cells.count, "seed \(seed)") }
    #expect((0..<axis.width).contains(axis.playhead), "seed \(seed): the playhead is not shown")
    for number in axis.columns where !axis.isTrueToTime && axis.cell(of: number) >= 0 {
      #expect(axis.column(at: axis.cell(of: number)) == number, "seed \(seed)")
    }
  }

  @Test(arguments: [
    (0, "0.0"), (49, "0.0"), (50, "0.1"), (2_796, "2.8"), (9_949, "9.9"), (9_950, "10s"),
    (99_000, "99s"), (100_000, "1m"), (5_999_000, "99m"), (6_000_000, "1h"), (360_000_000, "4d"),
  ])
  func `folded time is told in three letters`(milliseconds: Int64, expected: String) {
    #expect(TimelineHeader.short(.milliseconds(milliseconds)) == expected)
  }

  // MARK: - The past

  @Test func `what is to come is thin`() {
    let console = TimelineFrameTests.past()
    let layout = TimelineLayout(console.model, in: Regions(console.model).body)
    let axis = TimelineAxis(console.model, width: layout.axisWidth)
    let grid = render(console.model)
    for row in layout.lanes.row..<layout.lanes.endRow {
      for column in layout.axisColumn..<layout.axisColumn + axis.width {
        let cell = grid[column, row]
        if column > layout.axisColumn + axis.playhead {
          #expect(!"━╍┣░┃".contains(String(cell.glyph.base)), "\(cell) in row \(row)")
          #expect(cell.role == .dim || cell.glyph.isBlank, "\(cell) in row \(row)")
        } else {
          #expect(!"─├╌".contains(String(cell.glyph.base)), "\(cell) in row \(row)")
        }
      }
    }
  }

  @Test func `the same columns are known at any moment`() {
    let story = ShopStory.threeKills
    let all = Console(timeline: story)
    for event in all.columnEvents {
      let then = Console(timeline: story, at: event)
      #expect(then.model.knownTimeline.columns == all.model.told.timeline.columns)
      let book = then.model.told.timeline
      #expect(book.columns.map(\.event) == all.columnEvents.filter { $0 <= event })
    }
  }

  // MARK: - Going

  @Test func `left and right lead from column to column`() {
    var console = Console(timeline: .threeKills)
    let events = console.columnEvents
    let last = events.count - 1
    // The last event of the story is not one of those that have a column.
    #expect(travels(console.press(.left)) == [.seek(events[last])])
    console.goBack(to: events[last])
    #expect(travels(console.press(.left)) == [.seek(events[last - 1])])
    #expect(travels(console.press(.right)) == [.seekEnd])
    console = Console(timeline: .threeKills, at: events[3])
    #expect(travels(console.press(.character("h"))) == [.seek(events[2])])
    #expect(travels(console.press(.character("l"))) == [.seek(events[4])])
  }

  @Test func `home and end lead to the beginning and to now`() {
    var console = Console(timeline: .threeKills)
    console.travel { $0.beginning = 3 }
    #expect(travels(console.press(.home)) == [.seek(3)])
    #expect(travels(console.press(.end)) == [])
    #expect(console.model.notice == "this is now")
    console.goBack(to: 3)
    #expect(travels(console.press(.character("G"))) == [.seekEnd])
    #expect(travels(console.press(.character("g"))) == [])
    #expect(console.model.notice == "this is the beginning")
    #expect(travels(console.press(.left)) == [])
  }

  @Test func `right at the end lets one more event happen`() {
    var console = Console(timeline: .threeKills)
    #expect(travels(console.press(.right)) == [.step])
  }

  @Test func `a click goes to the column under it`() {
    let console = TimelineFrameTests.past()
    let area = Regions(console.model).body
    let layout = TimelineLayout(console.model, in: area)
    let axis = TimelineAxis(console.model, width: layout.axisWidth)
    for number in axis.columns where axis.cell(of: number) >= 0 && number != axis.current {
      var console = console
      let point = Point(
        column: layout.axisColumn + axis.cell(of: number), row: layout.lanes.row + 3)
      let commands = console.send(.mouse(MouseEvent(.press(.left), at: point)))
      #expect(travels(commands) == [.seek(axis.book[column: number].event)])
      #expect(console.model.selectedNode?.name == "pool")
    }
  }

  @Test func `a click on the line of the session goes to that moment`() {
    var console = TimelineFrameTests.past()
    let row = Regions(console.model).body.endRow - 1
    let click = MouseEvent(.press(.left), at: Point(column: 6, row: row))
    guard case .seek(let event)? = travels(console.send(.mouse(click))).first else {
      Issue.record("the click led nowhere")
      return
    }
    let found = console.model.travel.end?.tree.recent[event]
    #expect(found.map { $0.instant < RuntimeInstant(nanoseconds: 1_000_000_000) } == true)
  }

  @Test func `up and down lead from lane to lane`() {
    var console = Console(timeline: .threeKills)
    console.press(.down, .down)
    #expect(console.model.selectedNode?.name == "mailer")
    console.press(.pageUp)
    #expect(console.model.selectedNode?.name == "shop_sup")
  }

  /// What of `commands` is about time.
  private func travels(_ commands: [ConsoleCommand]) -> [ConsoleCommand] {
    commands.filter { command in
      switch command {
      case .observe, .inspect: false
      default: true
      }
    }
  }

  // MARK: - Much

  @Test func `the oldest columns are forgotten, and who lived then still does`() {
    var tree = ProcessTree()
    var book = TimelineBook(limit: 8)
    var story = ShopStory.started
    for _ in 0..<40 {
      story.wait(milliseconds: 100)
      story.kill("c2", in: "conn_sup")
    }
    for event in story.events {
      tree.fold(event)
      book.fold(event, in: tree)
    }
    #expect(book.columns.count <= 16)
    #expect(book.numbers.upperBound == 12 + 80)
    let mailer = tree.slot(of: story.pid("mailer"))
    #expect(mailer.map { book.marks(of: $0).last?.kind } == .started)
    let c2 = tree.slot(of: story.pid("c2"))
    #expect(c2.map { book.marks(of: $0).last?.life } == 41)
    #expect(c2.map { book.marks(of: $0).count <= 17 } == true)
    #expect(book.overview.crashes.count == 40)
  }

  @Test func `crashes of a long session stay where they were, roughly`() {
    var overview = TimelineOverview()
    let instants = (0..<200).map { RuntimeInstant(nanoseconds: Int64($0) * 77_000_000_000) }
    for instant in instants { overview.add(instant) }
    let length = Double(instants[199].nanoseconds)
    for (kept, instant) in zip(overview.crashes, instants) {
      #expect(abs(Double(kept.nanoseconds - instant.nanoseconds)) < length / 400)
    }
    #expect(overview.crashes.count == 200)
  }

  @Test(arguments: UInt64(0)..<30)
  func `no key and no click at any size trips it`(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let story = ShopStory.random(&chance)
    var console = Console(timeline: story)
    let keys: [Key] = [
      .left, .right, .up, .down, .home, .end, .pageUp, .pageDown, .enter, .escape, .tab,
      .character("t"), .character("w"), .character("c"), .character("e"), .character("m"),
      .character("/"), .character("c"), .character("4"), .character("3"),
    ]
    for _ in 0..<60 {
      switch Int.random(in: 0..<5, using: &chance) {
      case 0:
        console.send(
          .resize(
            Size(
              columns: Int.random(in: 0...130, using: &chance),
              rows: Int.random(in: 0...45, using: &chance))))
      case 1:
        let point = Point(
          column: Int.random(in: -1...130, using: &chance),
          row: Int.random(in: -1...45, using: &chance))
        console.send(.mouse(MouseEvent(.press(.left), at: point)))
      case 2:
        console.travel { $0.end = nil }
        console = Console(
          timeline: story, at: UInt64.random(in: 0...UInt64(story.events.count), using: &chance))
      default:
        console.press(keys.randomElement(using: &chance) ?? .left)
      }
      #expect(render(console.model).size == console.model.size)
    }
  }
}

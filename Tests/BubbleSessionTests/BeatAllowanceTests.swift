@testable import BubbleSession
import Testing

/// How beats are given out to few events, to many, and in a storm.
@Suite struct BeatAllowanceTests {
  private static let beat = Duration.milliseconds(300)
  private static let frame = Duration.nanoseconds(1_000_000_000 / 24)

  /// How many events each picture of an incident shows, and how long it stays.
  private static func pictures(
    of count: Int, isFollowed: Bool = true, _ allowance: inout BeatAllowance
  ) -> [(events: Int, hold: Duration)] {
    var pictures: [(events: Int, hold: Duration)] = []
    var left = count
    while left > 0 {
      let known = isFollowed ? left : 1
      let outlook = BeatAllowance.Outlook(events: known, isFollowed: isFollowed)
      let share = min(left, allowance.share(of: outlook, beat: beat, frame: frame))
      left -= share
      pictures.append((share, allowance.hold(after: share, of: outlook, beat: beat)))
    }
    return pictures
  }

  private static func length(of pictures: [(events: Int, hold: Duration)]) -> Duration {
    pictures.reduce(.zero) { $0 + $1.hold }
  }

  @Test(arguments: [1, 4, 15, 26])
  func `few events get a full beat each`(count: Int) {
    var allowance = BeatAllowance()
    let pictures = Self.pictures(of: count, &allowance)
    #expect(pictures.map(\.events) == Array(repeating: 1, count: count))
    #expect(pictures.allSatisfy { $0.hold == Self.beat })
  }

  @Test(arguments: [27, 40, 100, 1_000, 10_000, 100_000, 1_000_000])
  func `many take about eight seconds, whatever their number`(count: Int) {
    var allowance = BeatAllowance()
    let pictures = Self.pictures(of: count, &allowance)
    #expect(pictures.map(\.events).reduce(0, +) == count)
    let length = Self.length(of: pictures)
    #expect(length > .seconds(6) && length < .milliseconds(8_200), "\(length)")
    #expect(pictures.allSatisfy { 10 * $0.events <= max(10, count) }, "one takes more than a tenth")
    #expect(pictures.last?.events == 1, "the last one is seen by itself")
  }

  @Test(arguments: [100, 1_000, 10_000])
  func `a wave whose size is not known grows by a twelfth a frame`(count: Int) {
    var allowance = BeatAllowance()
    let pictures = Self.pictures(of: count, isFollowed: false, &allowance)
    #expect(Self.length(of: pictures) < .seconds(11))
    var shown = 0
    for picture in pictures {
      #expect(picture.events <= max(1, shown / 12))
      shown += picture.events
    }
    #expect(pictures.prefix(15).allSatisfy { $0.hold == Self.beat })
  }

  /// What is left after ten minutes with a failure of four events, again and again.
  private static func allowance(afterFailuresEvery span: Duration) -> BeatAllowance {
    var allowance = BeatAllowance()
    for _ in 0..<Int(Duration.seconds(600) / span) {
      _ = pictures(of: 4, isFollowed: false, &allowance)
      allowance.pass(span, beat: beat)
    }
    return allowance
  }

  @Test(arguments: [Duration.seconds(10), .seconds(3)])
  func `failures that come now and then keep their beats`(every: Duration) {
    var allowance = Self.allowance(afterFailuresEvery: every)
    #expect(!allowance.isShed)
    let pictures = Self.pictures(of: 4, isFollowed: false, &allowance)
    #expect(pictures.allSatisfy { $0.hold == Self.beat })
  }

  @Test(arguments: [Duration.seconds(1), .milliseconds(100)])
  func `failures that come too fast get no beats, what somebody asks for does`(every: Duration) {
    var allowance = Self.allowance(afterFailuresEvery: every)
    #expect(allowance.isShed)
    let failures = Self.pictures(of: 4, isFollowed: false, &allowance)
    #expect(failures.allSatisfy { $0.hold == .zero })
    allowance.begin()
    let asked = Self.pictures(of: 4, &allowance)
    #expect(asked.allSatisfy { $0.hold == Self.beat })
    allowance.pass(.seconds(60), beat: Self.beat)
    #expect(!allowance.isShed, "after a calm minute all is shown again")
  }

  @Test func `without beats nothing holds`() {
    var allowance = BeatAllowance()
    let outlook = BeatAllowance.Outlook(events: 1_000, isFollowed: true)
    for _ in 0..<1_000 {
      let share = allowance.share(of: outlook, beat: .zero, frame: Self.frame)
      #expect(allowance.hold(after: share, of: outlook, beat: .zero) == .zero)
    }
    #expect(!allowance.isShed)
  }
}

import BubbleEvents
import BubbleNet
import Testing

/// How fast lines are read.
@Suite struct LineRateTests {
  @Test func `a burst passes, then lines come at the rate`() {
    var rate = LineRate(perSecond: 10, burst: 3)
    let pauses = (0..<5).map { _ in rate.pause(afterLineAt: .zero) }
    #expect(pauses == [0, 0, 100, 200, 300].map { .milliseconds($0) })
  }

  @Test func `a pause earns the burst again, and no more than that`() {
    var rate = LineRate(perSecond: 10, burst: 3)
    for _ in 0..<5 { _ = rate.pause(afterLineAt: .zero) }
    let later = RuntimeInstant.zero + .seconds(100)
    let pauses = (0..<4).map { _ in rate.pause(afterLineAt: later) }
    #expect(pauses == [0, 0, 100, 200].map { .milliseconds($0) })
  }

  @Test func `who keeps to the pauses is read at the rate`() {
    var rate = LineRate(perSecond: 10, burst: 3)
    var now = RuntimeInstant.zero
    for _ in 0..<102 { now = now + rate.pause(afterLineAt: now) }
    // The first three at once, the other 99 and the next one to come a tenth of a second apart.
    #expect(now == .zero + .seconds(10))
  }
}

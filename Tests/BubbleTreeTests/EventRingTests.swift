import BubbleEvents
@testable import BubbleTree
import Testing

@Suite struct EventRingTests {
  private func ring(limit: Int, events: Int, cause: (Int) -> Event.ID?) -> EventRing {
    var ring = EventRing(limit: limit)
    for number in 1...events {
      ring.append(
        Event(
          id: Event.ID(number), instant: .zero, cause: cause(number),
          kind: .process(PID(UInt32(number)), .suspended)))
    }
    return ring
  }

  @Test func `the last events are kept, and those that are gone are counted`() {
    let ring = ring(limit: 4, events: 10) { _ in nil }
    #expect(ring.count == 4 && ring.goneCount == 6)
    #expect((0..<4).map { ring[offset: $0].id } == [7, 8, 9, 10])
    #expect(ring[6] == nil && ring[7]?.id == 7 && ring[10]?.id == 10 && ring[11] == nil)
    #expect(ring.last?.id == 10 && EventRing(limit: 1).last == nil)
  }

  @Test func `why follows the causes back as far as they are remembered`() {
    var limits = ProcessTree.Limits()
    limits.events = 4
    var tree = ProcessTree(limits: limits)
    for number in 1...6 {
      tree.fold(
        Event(
          id: Event.ID(number), instant: .zero, cause: number == 1 ? nil : Event.ID(number - 1),
          kind: .process(PID(1), .suspended)))
    }
    #expect(tree.why(6).map(\.id) == [6, 5, 4, 3])
    #expect(tree.why(1).isEmpty && tree.why(99).isEmpty)
  }

  @Test func `causes that lead in circles end`() {
    let ring = ring(limit: 8, events: 4) { $0 == 2 ? 4 : Event.ID($0) }
    #expect(ring[2].map { Array(ring.causes(of: $0)).isEmpty } == true)
    #expect(ring[3].map { Array(ring.causes(of: $0)).isEmpty } == true)
  }
}

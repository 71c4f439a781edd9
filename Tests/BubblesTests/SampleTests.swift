import BubbleTestSupport
import Testing

/// Tests with very many cases run a part of them, and each case in one of the parts.
@Suite struct SampleTests {
  @Test func `the seeds together take every case once`() {
    for parts in 1...6 {
      for number in 0..<40 {
        let takers = (1...parts).count { Sample(["SEED": "\($0)"]).takes(number, oneIn: parts) }
        #expect(takers == 1, "\(number), one in \(parts)")
      }
    }
  }

  @Test func `without a seed it is always the same sample`() {
    let taken = (0..<9).filter { Sample([:]).takes($0, oneIn: 3) }
    #expect(taken == [1, 4, 7])
  }

  @Test func `all can be asked for`() {
    let sample = Sample(["SAMPLE": "all", "SEED": "2"])
    #expect((0..<9).allSatisfy { sample.takes($0, oneIn: 3) })
  }
}

import BubbleKernel

/// The runtime's seeded generator, for property tests; the same seed gives the same test.
package struct SplitMix64: RandomNumberGenerator {
  private var generator: BubbleKernel.SplitMix64

  package init(seed: UInt64) { generator = .init(seed: seed) }

  package mutating func next() -> UInt64 { generator.next() }
}

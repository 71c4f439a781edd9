import BubbleCopyOnWrite
import Testing

private struct Machine: Sendable { var turns = 0 }

private struct Moment {
  @Boxed var machine: Machine
}

/// What the example of the doc comment of `Boxed` does, line by line; a test of the repository
/// holds the two together.
@Suite struct ExampleTests {
  @Test func `a moment holds a machine of its own`() {
    let first = Moment(machine: Machine())
    var second = first
    second.machine.turns = 1
    #expect(first.machine.turns == 0)
    #expect(second.machine.turns == 1)
  }
}

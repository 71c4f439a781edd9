import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// The event that a program may post.
struct NoteTests {
  @Test func `a process notes something, because of what it is doing`() throws {
    var probes = Probes()
    let pid = probes.spawn()
    probes.apply(.process(pid, .kill))
    let other = probes.spawn()
    probes.order(other) { $0.note("half of it is done") }
    let note = try #require(probes.events.last)
    #expect(note.kind == .process(other, .noted("half of it is done")))
    #expect(note.cause == nil)
  }

  @Test func `outside of a turn nothing is noted`() {
    var simulation = Simulation(seed: 1)
    _ = simulation.begin(
      ProcessStart { context, _ in
        context.note("nobody says so")
        return .finished(.ignore)
      })
    #expect(simulation.takeEvents().isEmpty)
  }
}

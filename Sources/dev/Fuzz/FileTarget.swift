import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import BubbleTree

/// Takes scenario files, and runs for a while what it could read.
struct FileTarget: FuzzTarget {
  /// Turns that a scenario which was read is run for.
  private static let turns = 1000

  func input(seed: UInt64) -> [UInt8] {
    var mutation = Mutation(seed: seed)
    return mutation.damage(Array(mutation.one(of: Demo.all).text.utf8), places: 6)
  }

  func problem(with input: [UInt8]) -> String? {
    do {
      return problem(of: try Scenario(bytes: input, file: "fuzz.yaml").machine(seed: 1))
    } catch {
      return controlProblem(in: error.description, of: "what is said of a file")
    }
  }

  private func problem(of machine: SimulatedMachine) -> String? {
    var machine = machine
    var tree = ProcessTree()
    var lastEvent: Event.ID = 0
    for _ in 0..<Self.turns {
      let progress = machine.advance(to: RuntimeInstant(nanoseconds: .max))
      for event in machine.takeEvents() {
        guard event.id == lastEvent + 1 else { return "event \(event.id) follows \(lastEvent)" }
        lastEvent = event.id
        tree.fold(event)
      }
      if progress == .idle { break }
    }
    return nil
  }
}

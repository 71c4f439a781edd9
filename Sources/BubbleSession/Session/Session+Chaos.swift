import BubbleConsole
import BubbleEvents
import BubbleSimulation
import BubbleTree

extension Session {
  /// Lets faults arrive by chance, or no more; both can be undone.
  mutating func setChaos(_ status: ChaosStatus?) {
    showPending()
    let count = subject.chaos.faultCount
    guard let status else {
      act(named: "end of chaos") { $0.stopChaos() }
      return send(.notice("no more chaos; it struck \(count) \(noun(for: count, "time"))"))
    }
    act(named: "chaos \(status.plan.rate)") { subject in
      subject.startChaos(status.plan, seed: status.seed)
    }
    send(.notice("chaos: \(status.plan.rate), seed \(status.seed); C ends it, u undoes it all"))
  }

  /// Tells the console whether faults arrive by chance, which an act that is done again may change.
  mutating func tellChaos() {
    let chaos = subject.chaos
    let status = chaos.plan.map { ChaosStatus(plan: $0, seed: chaos.seed) }
    if status != model.chaos { send(.chaos(status)) }
  }
}

// A program of your own with the bubble machine inside: a tree built with the library, and the
// console opened on it. Run it with `swift run EmbeddingDemo`, kill something with x, leave with q.

import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSession
import BubbleSimulation

// Two servers of our own: a till that keeps the sum, and a customer who pays now and then.
let shop = Supervisor(
  "shop_sup", name: "shop_sup",
  flags: SupervisorFlags(strategy: .restForOne, intensity: RestartIntensity(3, in: 5)),
  children: [
    ChildSpec(id: "till", start: .genServer(name: "till") { Till() }),
    ChildSpec(
      id: "customer", start: .genServer(name: "customer") { Customer() }, restart: .transient),
  ])

// A machine with a seed, the tree in it, and ten seconds behind it. Try it without a screen first:
var machine = Simulation(seed: 2026)
machine.start(shop.start)
machine.run(until: .zero + .seconds(10))
for event in machine.takeEvents().suffix(3) { print(event.instant, event.kind) }

// The same machine on the screen, from where it stands.
do {
  try openConsole(on: machine, named: "embedded shop")
} catch {
  print(error)
}

// A program of your own with the bubble machine inside: a tree built with the library, and the
// console opened on it. Run it with `swift run EmbeddingDemo`, kill something with x, leave with q.

import BubbleEvents
import BubbleKernel
import BubbleLogging
import BubbleOTP
import BubbleSession
import BubbleSimulation
import Logging

// Two servers of our own: a till that keeps the sum, and a customer who pays now and then.
let shop = Supervisor(
  "shop_sup", name: "shop_sup",
  flags: SupervisorFlags(strategy: .restForOne, intensity: RestartIntensity(3, in: 5)),
  children: [
    ChildSpec(id: "till", start: .genServer(name: "till") { Till() }),
    ChildSpec(
      id: "customer", start: .genServer(name: "customer") { Customer() }, restart: .transient),
  ])

// A machine with a seed, the tree in it, and ten seconds behind it.
var machine = Simulation(seed: 2026)
machine.start(shop.start)
machine.run(until: .zero + .seconds(10))

// It is a value: a copy can be looked into, run ahead and thrown away.
var copy = machine
let events = copy.takeEvents()
let exits = events.count { event in
  if case .process(_, .exited) = event.kind { true } else { false }
}

// What supervisors and servers have reported goes to swift-log: here to its own handler, which
// writes lines on standard output.
var reports = ReportLogger(Logger(label: "shop"))
reports.log(events)
print("\(machine.kernel.processCount) processes live after 10 s, \(exits) have ended")

// The machine on the screen, with all that has happened in it. What happens meanwhile is logged
// after the user has left, since the screen is the console's until then.
var later: [Event] = []
do {
  try openConsole(on: machine, named: "embedded shop") { later += $0 }
  reports.log(later.drop { $0.id <= events.last?.id ?? 0 })
} catch {
  print(error)
}

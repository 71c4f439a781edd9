import BubbleDemos
import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Foundation
import Testing

/// The demos run by themselves: calm, alive, and each time the same.
@Suite struct DemoRunTests {
  private func run(_ name: String, seconds: Int64, seed: UInt64 = 1) throws -> SimulatedMachine {
    let demo = try #require(Demo.named(name))
    var machine = try demo.scenario().machine(seed: seed)
    machine.run(until: .zero + .seconds(seconds))
    return machine
  }

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "escalation" })
  func `a demo runs for a minute, and no supervisor gives up`(name: String) throws {
    var machine = try run(name, seconds: name == "swarm" ? 20 : 60)
    let events = machine.takeEvents()
    for event in events {
      if case .supervisor(_, .intensityExceeded) = event.kind { Issue.record("\(event)") }
      if case .limitReached = event.kind { Issue.record("\(event)") }
    }
    let pids = machine.processes
    #expect(pids.count > 1)
    let turns = machine.metrics(of: pids).map(\.turns).reduce(0, +)
    #expect(turns > 50, "hardly anything happens")
  }

  @Test(arguments: ["first-bubble", "one-for-one", "rest-for-one", "one-for-all", "philly", "shop"])
  func `nobody fails in a calm demo`(name: String) throws {
    var machine = try run(name, seconds: 60)
    for event in machine.takeEvents() {
      if case .process(_, .exited) = event.kind { Issue.record("\(event)") }
    }
  }

  @Test func `in escalation one supervisor after the other gives up`() throws {
    var machine = try run("escalation", seconds: 60)
    let givenUp = machine.takeEvents().compactMap { event in
      if case .supervisor(_, .intensityExceeded(let id, _, _)) = event.kind {
        "\(event.instant.wholeSeconds) \(id)"
      } else {
        nil
      }
    }
    #expect(
      givenUp == [
        "3 parser", "6 parser", "6 leaf_sup", "9 parser", "13 parser", "13 leaf_sup", "13 mid_sup",
      ])
    #expect(machine.processCount == 0)
  }

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "swarm" })
  func `the same seed gives the same events`(name: String) throws {
    var first = try run(name, seconds: 20, seed: 42)
    var second = try run(name, seconds: 20, seed: 42)
    #expect(first.takeEvents() == second.takeEvents())
  }

  @Test func `messages flow in the shop`() throws {
    let machine = try run("shop", seconds: 30)
    for inspection in machine.processes.compactMap({ machine.inspect($0) })
    where inspection.behaviour.hasPrefix("gen_server") {
      #expect(inspection.turns > 5, "\(inspection.name ?? "?") sleeps")
      #expect(inspection.mailboxLength < 30, "\(inspection.name ?? "?") drowns")
    }
  }

  /// What only Swift writes: its optionals, its functions, its modules.
  private static let foreign = ["Optional(", "(Function)", "Swift.", "BubbleEvents", "BubbleOTP"]

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "swarm" })
  func `messages and states of a demo are told as Erlang's terms`(name: String) throws {
    let demo = try #require(Demo.named(name))
    var machine = try demo.scenario().machine(seed: 1)
    machine.tellMessages(true)
    machine.run(until: .zero + .seconds(10))
    let encoder = JSONEncoder()
    var texts = try machine.takeEvents().map { event in
      String(decoding: try encoder.encode(event), as: UTF8.self)
    }
    for inspection in machine.processes.compactMap({ machine.inspect($0) }) {
      texts += inspection.state.map(\.value) + inspection.mailbox
      texts += [inspection.lastMessage ?? ""]
    }
    #expect(texts.count > 1)
    for text in texts {
      #expect(!Self.foreign.contains { text.contains($0) }, "\(text)")
    }
  }
}

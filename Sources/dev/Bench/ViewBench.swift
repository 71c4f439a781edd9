import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree
import Foundation

/// What a frame and an event cost the console.
enum ViewBench {
  /// Appends the console's rows to `table`.
  static func run(into table: inout BenchTable) throws {
    try layout(into: &table)
    try frames(into: &table)
    try folding(into: &table)
  }

  private static func model(
    _ scenario: Scenario, view: ViewKind, columns: Int, rows: Int
  ) -> ConsoleModel {
    let model = ConsoleModel(
      scenario: scenario.name, size: Size(columns: columns, rows: rows), view: view)
    let machine = SimulatedSubject(simulation: scenario.simulation())
    return Session(subject: machine, model: model).model
  }

  private static func layout(into table: inout BenchTable) throws {
    let shop = try scenario("shop")
    var other = model(shop, view: .bubbles, columns: 80, rows: 24)
    let time = Stopwatch.best(of: 9, operations: 1) {
      model(shop, view: .bubbles, columns: 100, rows: 30)
    } _: { model in
      keep(update(&model, .resize(Size(columns: 80, rows: 24))))
    }
    table.add("layout of the shop at 80x24", BenchTable.text(time, .nanoseconds), "20 ms")
    let again = Stopwatch.best(of: 5, operations: 100) {
      other
    } _: { model in
      for _ in 0..<100 { keep(update(&model, .frame)) }
    }
    keep(update(&other, .frame))
    table.add("  remembered", BenchTable.text(again, .nanoseconds), "")
  }

  private static func frames(into table: inout BenchTable) throws {
    let shop = try scenario("shop")
    for (columns, rows) in [(80, 24), (200, 60)] {
      for view in ViewKind.allCases {
        let shown = model(shop, view: view, columns: columns, rows: rows)
        let time = frame(shown)
        table.add(
          "frame of the shop, \(view.name) at \(columns)x\(rows)",
          BenchTable.text(time, .nanoseconds), "1 ms")
      }
    }
    for view in ViewKind.allCases {
      var first: Double?
      for workers in [1_000, 10_000, 100_000] {
        let shown = model(try swarm(of: workers), view: view, columns: 80, rows: 24)
        let time = frame(shown)
        let ratio = first.map { String(format: "%.2fx of 1,000", time / $0) } ?? ""
        first = first ?? time
        table.add(
          "frame of \(workers) workers, \(view.name) at 80x24",
          BenchTable.text(time, .nanoseconds) + "  " + ratio, "2x of 1,000")
      }
    }
  }

  /// One frame rendered and compared with the last one.
  private static func frame(_ model: ConsoleModel) -> Double {
    let before = render(model)
    return Stopwatch.best(of: 7, operations: 20) {
      model
    } _: { model in
      for _ in 0..<20 {
        let grid = render(model)
        keep(grid.changes(from: before))
      }
    }
  }

  private static func folding(into table: inout BenchTable) throws {
    var machine = SimulatedSubject(simulation: try swarm(of: 100_000).simulation())
    _ = machine.settle(within: .seconds(60), turnLimit: .max)
    let events = machine.takeEvents()
    let time = Stopwatch.best(of: 5, operations: events.count) {
      ProcessTree()
    } _: { tree in
      for event in events { tree.fold(event) }
    }
    table.add(
      "events folded, start of 100,000 workers", BenchTable.text(1e9 / time, .perSecond),
      "1 M/s")
  }

  private static func scenario(_ name: String) throws -> Scenario {
    guard let demo = Demo.named(name) else { preconditionFailure("there is a demo \(name)") }
    return try demo.scenario()
  }

  private static func swarm(of workers: Int) throws -> Scenario {
    try Scenario(
      yaml: """
        tree:
          supervisor: swarm_sup
          children:
            - supervisor: workers
              strategy: simple_one_for_one
              template: {worker: worker}
              count: \(workers)
        """, file: "swarm.yaml")
  }
}

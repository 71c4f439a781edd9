import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure what a frame and an event cost.",
    discussion: """
      Figures mean something only in release mode: swift run -c release dev bench
      """)

  func run() throws {
    var table = BenchTable("what", "measured", "aim")
    try ViewBench.run(into: &table)
    print(table.markdown)
  }
}

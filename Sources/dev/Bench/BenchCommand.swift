import ArgumentParser
import Glibc

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure what processes, frames and events cost.",
    discussion: """
      Figures mean something only in release mode: swift run -c release dev bench. The columns of \
      the runtime: with lifecycle events taken by a subscriber, and without events.
      """)

  @Flag(help: "Do the runtime's work on the installed Erlang/OTP too, and print the ratio.")
  var beam = false

  @Flag(help: "Do a hundredth of the runtime's work, with a subscriber: for counting instructions.")
  var quick = false

  @Argument(help: "Only those rows of the runtime whose title contains one of these words.")
  var words: [String] = []

  @Option(help: .private)
  var memory: Int?

  @Option(help: .private)
  var audience = RuntimeBench.Audience.subscriber

  func run() throws {
    if quick { return try runQuickly() }
    if let memory { return print(RuntimeBench.memory(memory, audience)) }
    keepFreedMemory()
    try printRuntime()
    guard words.isEmpty else { return }
    var table = BenchTable("what", "measured", "aim")
    try ViewBench.run(into: &table)
    try RecordingBench.run(into: &table)
    print("\n" + table.markdown)
  }

  /// Keeps what one row frees for the next one, as the BEAM's allocators do.
  ///
  /// Otherwise a row whose machines are new pays for pages that an earlier row gave back.
  /// glibc's mallopt is in no module, so it is looked up; without it nothing changes.
  private func keepFreedMemory() {
    typealias Setting = @convention(c) (Int32, Int32) -> Int32
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let set = unsafeBitCast(symbol, to: Setting.self)
    let (trimThreshold, topPad): (Int32, Int32) = (-1, -2)
    _ = set(trimThreshold, 1 << 30)
    _ = set(topPad, 64 << 20)
  }

  private func rows(share: Int) -> [RuntimeBench.Row] {
    RuntimeBench.rows(share: share).filter { row in
      words.isEmpty || words.contains { row.title.contains($0) }
    }
  }

  private func runQuickly() throws {
    for row in rows(share: 100) {
      print(row.title, BenchTable.text(try row.measure(audience), row.unit))
    }
  }

  private func printRuntime() throws {
    let rows = rows(share: 1)
    let other = beam ? try Beam.measure(rows.compactMap(\.key)) : nil
    var headings = ["what", "subscriber", "no events"]
    if let other { headings += [other.version, "ratio"] }
    var table = BenchTable(headings)
    for row in rows {
      let ours = try RuntimeBench.best(of: row, .subscriber)
      let silent = try RuntimeBench.best(of: row, .nobody)
      var cells = [row.title, BenchTable.text(ours, row.unit), BenchTable.text(silent, row.unit)]
      if let other {
        let theirs = row.key.flatMap { other.values[$0] }
        cells.append(theirs.map { BenchTable.text($0, row.unit) } ?? "")
        cells.append(theirs.map { BenchTable.ratio($0 / ours) } ?? "")
      }
      table.add(cells)
    }
    print(table.markdown)
  }
}

extension RuntimeBench.Audience: ExpressibleByArgument {}

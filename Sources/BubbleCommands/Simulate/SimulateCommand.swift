import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import BubbleText
import Dispatch
import Foundation

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run a scenario thousands of times under crashes by chance, and count.",
    discussion: """
      Says for each variant how available every worker is, how often each supervisor gives up, and
      which restart intensity suffices. The same seed gives the same numbers on any machine.
        bubbles simulate shop --crash-rate 6/h --hours 24
        bubbles simulate my.yaml --variant "intensity=1/5" --variant "web_sup.period=60"
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @OptionGroup(title: "Faults") var faults: FaultOptions

  @Option(help: "How many hours of the machine's time each run has.", transform: parseHours)
  var hours = 24.0

  @Option(help: "How many runs each variant has.", transform: parseRuns)
  var runs = 1000

  @Option(help: "The seed of everything that is left to chance.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      """
      Another variant: strategy=S, intensity=RESTARTS/SECONDS or period=SECONDS of the root; \
      NAME.intensity=3/5 of another supervisor, *.intensity=3/5 of all.
      """, valueName: "changes"), transform: parseVariant)
  var variant: [StudyVariant] = []

  @Option(
    help: "The share of runs in which a supervisor may give up: 1% or 0.01.", transform: parseChance
  )
  var risk = 0.01

  @Flag(help: "Let workers tick, call and cast as the scenario says; slower.")
  var traffic = false

  @Option(help: "How many runs to have under way at one time.", transform: parseJobs)
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  func run() async throws {
    do {
      let study = try study(of: Source.named(scenario))
      let results = try await results(of: study)
      try printWhole(report(results, on: study))
    } catch let complaint as Complaint {
      throw complaint.said()
    }
  }

  private func study(of source: Source) throws(Complaint) -> FaultStudy {
    guard source.scenario.nodes.isEmpty else {
      throw .usage("a study runs a machine that stands alone, and this scenario has nodes")
    }
    let study = FaultStudy(
      of: source.scenario, plan: faults.plan, duration: .seconds(hours * 3600), runs: runs,
      seed: source.seed(seed), keepsTraffic: traffic)
    if let unknown = study.unknownTarget {
      let hint =
        nearestWord(to: unknown.ids.last ?? "", in: study.ids)
        .map { "; did you mean \(sanitised($0))?" } ?? ""
      throw .usage("nothing below the root is called “\(sanitised(unknown.description))”\(hint)")
    }
    return study
  }

  /// Runs the study behind a progress bar; Ctrl-C ends it with one line.
  private func results(of study: FaultStudy) async throws -> StudyResults {
    let variants = [.asWritten] + variant
    let jobs = jobs
    let task = Task { () throws -> StudyResults in
      var bar = ProgressBar()
      defer { bar.clear() }
      do {
        return try await study.results(of: variants, jobs: jobs) { done, total in
          bar.show(done, of: total)
        }
      } catch is CancellationError {
        throw Complaint(
          message: "interrupted after \(grouped(bar.done)) runs; nothing is printed", code: 130)
      } catch let mistake as StudyVariant.Mistake {
        throw Complaint.usage(sanitised(mistake.description))
      }
    }
    signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler { task.cancel() }
    interrupt.resume()
    defer { interrupt.cancel() }
    return try await task.value
  }

  private func report(_ results: StudyResults, on study: FaultStudy) throws -> String {
    json
      ? try StudyDocument(results, study, risk: risk).text()
      : StudyText(results: results, study: study, risk: risk).text
  }
}

// MARK: - Arguments

private func parseHours(_ text: String) throws -> Double {
  guard let hours = Double(text), (0.000_001...10_000).contains(hours) else {
    throw ValidationError(
      "“\(sanitised(text))” is not a number of hours; write 24 or 0.5 (0.000001 to 10000)")
  }
  return hours
}

private func parseRuns(_ text: String) throws -> Int {
  guard let runs = Int(text), (1...10_000_000).contains(runs) else {
    throw ValidationError("“\(sanitised(text))” is not a number of runs; write 1 to 10000000")
  }
  return runs
}

private func parseJobs(_ text: String) throws -> Int {
  guard let jobs = Int(text), (1...1024).contains(jobs) else {
    throw ValidationError("“\(sanitised(text))” is not a number of jobs; write 1 to 1024")
  }
  return jobs
}

private func parseVariant(_ text: String) throws -> StudyVariant {
  do {
    return try StudyVariant(text)
  } catch {
    throw ValidationError(sanitised(error.description))
  }
}

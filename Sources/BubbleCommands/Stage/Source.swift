import BubbleCells
import BubbleCopyOnWrite
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleSimulation
import Foundation

/// Where a scenario comes from: a file, or a built-in demo.
struct Source {
  /// The scenario, whole and valid.
  var scenario: Scenario
  /// The file it was read from.
  var text: String
  /// The recording it comes from, if it does.
  @Boxed var run: RecordedRun? = nil

  /// The names of the built-in demos.
  static var demoNames: [String] { Demo.all.map(\.name) + LiveDemo.allCases.map(\.name) }

  /// The demos, a line each.
  static func demoList() -> String {
    let width = demoNames.map(\.count).max() ?? 0
    let lines =
      Demo.all.map { ($0.name, $0.summary) } + LiveDemo.allCases.map { ($0.name, $0.summary) }
    return lines.map { padded($0, to: width + 2) + $1 }.joined(separator: "\n")
  }

  /// The built-in demo called `name`.
  static func demo(named name: String) throws -> Source {
    if let live = LiveDemo(rawValue: name) { throw Complaint.usage(live.isNoScenario) }
    guard let demo = Demo.named(name) else {
      let hint = Demo.nearestName(to: name).map { "did you mean \($0)? " } ?? ""
      throw Complaint.usage(
        "there is no demo “\(sanitised(name))”; \(hint)`bubbles demo` lists them")
    }
    return try Source(
      scenario: reading { () throws(ScenarioError) in try demo.scenario() }, text: demo.text)
  }

  /// The scenario in the file at `path`.
  static func file(at path: String) throws -> Source {
    let bytes: Data
    do {
      bytes = try content(of: URL(fileURLWithPath: path))
    } catch {
      throw Complaint.input("cannot read \(sanitised(path)): \(systemReason(error))")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let files = ScenarioFiles { (name) throws(ScenarioFiles.Failure) in
      do {
        return Array(try content(of: URL(fileURLWithPath: name, relativeTo: folder)))
      } catch {
        throw ScenarioFiles.Failure(systemReason(error))
      }
    }
    return try Source(
      scenario: reading { () throws(ScenarioError) in
        try Scenario(bytes: bytes, file: path, with: files)
      }, text: String(decoding: bytes, as: UTF8.self))
  }

  /// The bytes of a file: one more than may be read, so that a larger one is noticed and not cut.
  private static func content(of place: URL) throws -> Data {
    try FileHandle(forReadingFrom: place).read(upToCount: Scenario.Limits.fileSize + 1) ?? Data()
  }

  /// The other files of the scenario, for a recording; nil when there are none.
  var otherFiles: [String: String]? { scenario.files.isEmpty ? nil : scenario.files }

  /// The recording in the file at `path`.
  static func recording(at path: String) throws -> Source { Source(run: try RecordedRun(at: path)) }

  /// A file when there is one at `argument`, else the demo of that name.
  static func named(_ argument: String) throws -> Source {
    if argument.contains("/") || argument.contains(".")
      || FileManager.default.fileExists(atPath: argument)
    {
      return try file(at: argument)
    }
    if let live = LiveDemo(rawValue: argument) { throw Complaint.usage(live.isNoScenario) }
    guard Demo.named(argument) != nil else {
      let hint = Demo.nearestName(to: argument).map { "; did you mean \($0)?" } ?? ""
      throw Complaint.input("no file and no demo is called “\(sanitised(argument))”\(hint)")
    }
    return try demo(named: argument)
  }

  private static func reading(
    _ read: () throws(ScenarioError) -> Scenario
  ) throws(Complaint) -> Scenario {
    do {
      return try read()
    } catch {
      throw Complaint.data(error.description)
    }
  }

  /// The seed that is used: the one asked for, else the scenario's own.
  func seed(_ asked: UInt64?) -> UInt64 {
    run?.recording.header.seed ?? asked ?? scenario.seed ?? 1
  }

  /// A machine that is about to start this scenario.
  func machine(seed asked: UInt64?) -> SimulatedSubject {
    var machine = scenario.machine(seed: seed(asked))
    machine.tellsRefusals = run?.recording.header.tellsRefusals ?? true
    return SimulatedSubject(machine, journal: Journal(ahead: run?.recording.acts ?? []))
  }
}

extension Source {
  /// What a recording was made of.
  init(run: RecordedRun) {
    self.init(scenario: run.scenario, text: run.recording.source, run: run)
  }
}

import BubbleCells
import BubbleCopyOnWrite
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleScripts
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
    let place = FilePath(argument: path)
    let bytes: Data
    do throws(ExistingFile.Failure) {
      bytes = try ExistingFile.bytes(at: place, limit: Scenario.Limits.fileSize)
    } catch {
      throw Complaint.input("cannot read \(sanitised(path)): \(error.reason)")
    }
    let files = ScenarioFiles { (name) throws(ScenarioFiles.Failure) in
      do throws(ExistingFile.Failure) {
        return Array(
          try ExistingFile.bytes(at: place.beside(name), limit: Scenario.Limits.fileSize))
      } catch {
        throw ScenarioFiles.Failure(error.reason)
      }
    }
    let scenario = try reading { () throws(ScenarioError) in
      try Scenario(bytes: bytes, file: path, with: files)
    }
    for hint in scenario.hints { remark(hint.description(in: path)) }
    return Source(
      scenario: scenario, text: withoutByteOrderMark(String(decoding: bytes, as: UTF8.self)))
  }

  /// The first line of a recording of this scenario, run with `seed`.
  func header(seed: UInt64) -> RecordingHeader {
    var header = RecordingHeader(
      scenario: scenario.name, seed: seed, program: programVersion, source: text)
    if !scenario.files.isEmpty { header.files = scenario.files }
    header.names = .addressed
    guard let earlier = run?.recording.header else { return header }
    if !earlier.tellsRefusals { header.refusals = false }
    header.names = earlier.names
    return header
  }

  /// The recording in the file at `path`.
  static func recording(at path: String) throws -> Source { Source(run: try RecordedRun(at: path)) }

  /// A file when there is one at `argument`, else the demo of that name.
  static func named(_ argument: String) throws -> Source {
    if argument.contains("/") || argument.contains(".")
      || FilePath(argument: argument).exists
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

  /// The file with that script in it; nil when it could not be read again, as with a file that is
  /// one mapping in braces.
  func text(withScript script: SavedScript) -> String? {
    let text = scenario.text(self.text, withScript: script)
    do {
      _ = try Scenario(yaml: text, file: "script.yaml", with: ScenarioFiles(scenario.files))
      return text
    } catch {
      return nil
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

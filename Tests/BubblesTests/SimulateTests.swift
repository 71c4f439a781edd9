import Foundation
import Testing

/// `bubbles simulate`: tables and JSON, the same on every run, and what it refuses.
@Suite struct SimulateTests {
  static func simulate(_ arguments: String...) throws -> Command {
    try Command.run(TerminalUnderTest.program, ["simulate"] + arguments)
  }

  @Test func `tables tell of workers, supervisors and what suffices`() throws {
    let result = try Self.simulate(
      "escalation", "--runs", "30", "--hours", "2", "--variant", "*.intensity=0/5")
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(result.standardError.isEmpty)
    let lines = result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "escalation: 30 runs of 2 h, seed 1")
    #expect(lines.contains("as written"))
    #expect(lines.contains("*.intensity=0/5"))
    #expect(lines.count { $0.hasPrefix("  the whole machine") } == 2)
    #expect(lines.contains { $0.hasPrefix("What suffices") })
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test(arguments: ["1e-15", "1e300", "nan", "inf", "0", "0.0000001"])
  func `a number of hours is one that a run can have`(hours: String) throws {
    let result = try Self.simulate("first-bubble", "--runs", "1", "--hours", hours)
    #expect(result.exitCode == 64)
    #expect(result.standardError.contains("is not a number of hours"))
  }

  @Test func `the shortest run is one, too`() throws {
    let result = try Self.simulate("first-bubble", "--runs", "1", "--hours", "0.000001")
    #expect(result.exitCode == 0, "\(result.standardError)")
  }

  @Test func `the same seed gives the same bytes, however many jobs there are`() throws {
    let arguments = ["shop", "--runs", "20", "--hours", "1", "--seed", "7"]
    let outputs = try ["1", "2", "5"].map { jobs in
      try Command.run(
        TerminalUnderTest.program, ["simulate"] + arguments + ["--jobs", jobs]
      ).standardOutput
    }
    #expect(outputs[0].count > 500)
    #expect(outputs[1] == outputs[0])
    #expect(outputs[2] == outputs[0])
    let other = try Self.simulate("shop", "--runs", "20", "--hours", "1", "--seed", "8")
    #expect(other.standardOutput != outputs[0])
  }

  @Test func `JSON has the shape that the documentation shows`() throws {
    let result = try Self.simulate(
      "shop", "--json", "--runs", "10", "--hours", "1", "--crash-rate", "0.5/min together",
      "--reason", "kill:3", "--reason", "{shutdown,done}", "--target", "conn_sup/*",
      "--slow-start", "10%", "--variant", "conn_sup.intensity=1/5")
    #expect(result.exitCode == 0, "\(result.standardError)")
    let json = try JSONSerialization.jsonObject(with: Data(result.standardOutput.utf8))
    let document = try #require(json as? [String: Any])
    #expect(
      document.keys.sorted() == [
        "faults", "hours", "needs", "risk", "runs", "scenario", "seed", "traffic", "variants",
      ])
    let faults = try #require(document["faults"] as? [String: Any])
    #expect(faults["rate_per_hour"] as? Double == 30)
    #expect(faults["scope"] as? String == "together")
    #expect(faults["slow_start"] as? Double == 0.1)
    #expect(faults["targets"] as? [String] == ["conn_sup/*"])
    let reasons = try #require(faults["reasons"] as? [[String: Any]])
    #expect(reasons.map { $0["reason"] as? String } == ["kill", "{shutdown,done}"])
    #expect(reasons.map { $0["weight"] as? Double } == [3, 1])
    let variants = try #require(document["variants"] as? [[String: Any]])
    #expect(variants.map { $0["name"] as? String } == ["as written", "conn_sup.intensity=1/5"])
    let workers = try #require(variants[0]["workers"] as? [[String: Any]])
    #expect(workers.count == 8)
    let availability = try #require(workers[0]["availability"] as? [String: Double])
    #expect(availability.keys.sorted() == ["lower", "upper", "value"])
    let supervisors = try #require(variants[1]["supervisors"] as? [[String: Any]])
    #expect(supervisors.count == 4)
    #expect(supervisors[3]["intensity"] as? [String: Int] == ["restarts": 1, "seconds": 5])
    for key in ["gives_up", "restarts"] {
      let interval = try #require(supervisors[3][key] as? [String: Double])
      #expect(try #require(interval["lower"]) <= #require(interval["upper"]))
    }
    let needs = try #require(document["needs"] as? [[String: Any]])
    #expect(needs.count == 4)
    #expect(needs.allSatisfy { $0["too_little"] is [String: Double] })
  }

  @Test(arguments: [
    (["shpo"], 66, "shop"), (["/nowhere/at-all.yaml"], 66, "/nowhere/at-all.yaml"),
    (["shop", "--crash-rate", "often"], 64, "often"), (["shop", "--hours", "0"], 64, "“0”"),
    (["shop", "--hours", "nan"], 64, "nan"), (["shop", "--runs=-1"], 64, "-1"),
    (["shop", "--runs", "none"], 64, "none"), (["shop", "--jobs", "0"], 64, "“0”"),
    (["shop", "--reason", "{a"], 64, "{a"), (["shop", "--reason", "kill:-1"], 64, "kill:-1"),
    (["shop", "--target", "cahce"], 64, "did you mean cache?"),
    (["shop", "--target", "a//b"], 64, "a//b"),
    (["shop", "--variant", "intensty=1/5"], 64, "did you mean intensity?"),
    (["shop", "--variant", "web_spu.intensity=1/5"], 64, "did you mean web_sup?"),
    (["shop", "--slow-start", "110%"], 64, "110%"), (["shop", "--risk", "x"], 64, "“x”"),
    (["shop", "--start-takes", "long"], 64, "long"), (["shop", "--seed=-1"], 64, "-1"),
  ])
  func `a wrong word is named, with a conventional exit code`(
    arguments: [String], code: Int32, culprit: String
  ) throws {
    let result = try Command.run(TerminalUnderTest.program, ["simulate"] + arguments)
    #expect(result.exitCode == code)
    #expect(result.standardError.contains(culprit), "\(result.standardError)")
    #expect(result.standardOutput.isEmpty)
  }

  @Test(
    arguments: DocumentedExampleTests.blocks.flatMap { $0.text.split(separator: "\n") }
      .filter { $0.hasPrefix("bubbles simulate") }.map(String.init))
  func `an example of a document does its work, with fewer runs`(line: String) throws {
    let program = URL(fileURLWithPath: TerminalUnderTest.program).deletingLastPathComponent().path
    let command = line.prefix { $0 != "#" } + " --runs 2"
    let result = try Command.run("/bin/sh", ["-c", "PATH='\(program)':$PATH && \(command)"])
    #expect(result.standardError == "", "\(command)")
    #expect(result.exitCode == 0, "\(command)")
    #expect(result.standardOutput.contains("What suffices"))
  }

  /// `timeout` stands for the key: it sends the same signal.
  @Test func `an interrupt ends it with one line`() throws {
    let result = try Command.run(
      "/usr/bin/timeout",
      [
        "--preserve-status", "-s", "INT", "4", TerminalUnderTest.program, "simulate", "shop",
        "--runs", "1000000",
      ])
    #expect(result.exitCode == 130)
    #expect(result.standardError.hasPrefix("bubbles: interrupted after "))
    #expect(result.standardError.split(separator: "\n").count == 1)
    #expect(result.standardOutput.isEmpty)
  }
}

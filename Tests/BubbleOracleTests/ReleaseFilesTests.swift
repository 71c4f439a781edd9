import BubbleEvents
import BubbleOracle
import BubbleReleaseFiles
import Foundation
import Testing

/// Releases and upgrades, as systools of a real Erlang/OTP makes them.
@Suite struct ReleaseFilesTests {
  static let folder = Scenarios.folder.appendingPathComponent("releases")
  static let files = ["instructions", "relups", "scripts"]

  private static func file(_ name: String) throws -> TermFile {
    let url = folder.appendingPathComponent(name)
    return try TermFile([UInt8](try Data(contentsOf: url)), name: name)
  }

  @Test(arguments: files)
  func `releases and upgrades are made as systools makes them`(name: String) throws {
    let differences = try ReleaseOracle.differences(
      cases: Self.file("\(name).terms"), answers: Self.file("\(name).otp.terms"))
    for difference in differences { Issue.record("\(difference)") }
  }

  @Test(
    .enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"),
    arguments: files)
  func `the installed systools gives the answers that are written down`(name: String) throws {
    let oracle = try ReleaseOracle(sources: Self.folder)
    defer { #expect(throws: Never.self) { try oracle.remove() } }
    let cases = try String(
      contentsOf: Self.folder.appendingPathComponent("\(name).terms"), encoding: .utf8)
    let now = try TermFile(try oracle.answers(to: cases), name: "answers")
    let file = try Self.file("\(name).terms")
    let differences = try ReleaseOracle.differences(cases: file, answers: now)
    for difference in differences { Issue.record("\(difference)") }
  }

  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `random releases and upgrades are made as the installed systools makes them`() throws {
    let oracle = try ReleaseOracle(sources: Self.folder)
    defer { #expect(throws: Never.self) { try oracle.remove() } }
    let summary = try ReleaseDifferential(oracle: oracle).run(seeds: 1...120) { _ in }
    for mismatch in summary.mismatches {
      Issue.record(
        """
        \(mismatch.report)
        reproduce with: swift run dev oracle --behaviour release --differential 1 --seed \(mismatch.seed)
        """)
    }
    #expect(summary.passed + summary.undecided.count == 120)
    #expect(summary.made > 40 && summary.undecided.count < 5, "\(summary)")
  }

  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `what we write Erlang reads`() throws {
    let odd = Term.tuple([
      "an Atom", "div", "été", "it's", "", .text("line\n\"\\\u{1B}ü"), "☃ snow", .float(1e-30), -5,
      [],
      .opaque("<<1,2>>"), .opaque("#{a=>'B c'}"), "new\nline", .float(1e300),
    ])
    let upgrade = ReleaseUpgrade(
      "2", upgrades: [.init("1", description: odd, [.codeChange(.up, [.init("My Mod")])])])
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("relup-\(ProcessInfo.processInfo.globallyUniqueString)")
    try Data(upgrade.fileText().utf8).write(to: file)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
    let answer = try ErlangScript.answer(to: "{ok, Answer} = file:consult(\"\(file.path)\")")
    #expect(try ReleaseUpgrade(TermFile(answer, name: "answer")) == upgrade)
  }
}

import BubbleOracle
import Foundation
import Testing

/// The rules that this project holds itself to, checked on the real thing.
@Suite struct ClaimsTests {
  private static let folder = Scenarios.folder.appendingPathComponent("claims")

  private func names(
    _ file: String, _ pattern: Regex<(Substring, letter: Substring, number: Substring)>
  )
    throws -> [String]
  {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    return text.matches(of: pattern).compactMap { match in
      Int(match.number).map { "\(match.letter)\($0)" }
    }
  }

  private func elixirChecks() throws -> [String] {
    try ["claims.exs", "claims_kin.exs"].flatMap { file in
      try names(file, /(?m)^ +(?<letter>[A-Z]+)(?<number>\d): fn/)
    }
  }

  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `the rules hold in the installed Erlang`() throws {
    let outcome = try Claims(folder: Self.folder).runErlang()
    let checks = try names("claims.erl", /(?m)^c_(?<letter>[A-Z]+)(?<number>\d+)_\w+\(\) ->/)
    #expect(outcome.isPassed, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("\(checks.count) passed, 0 failed\n"), "\(outcome.output)")
  }

  @Test(.enabled(if: Claims.hasElixir, "needs elixir: install Elixir"))
  func `the rules of Elixir's processes hold in the installed Elixir`() throws {
    let outcome = try Claims(folder: Self.folder).runElixir()
    let checks = try elixirChecks()
    #expect(outcome.isPassed, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("\(checks.count) passed, 0 failed\n"), "\(outcome.output)")
  }

  @Test func `every check is named after a rule`() throws {
    let file = Scenarios.folder.appendingPathComponent("rules.txt")
    let table = try SemanticTable(parsing: String(contentsOf: file, encoding: .utf8))
    let rules = Set(table.rules.map(\.number))
    let checks =
      try names("claims.erl", /(?m)^c_(?<letter>[A-Z]+)(?<number>\d+)_\w+\(\) ->/)
      + elixirChecks()
    #expect(checks.count > 180)
    #expect(Set(checks).subtracting(rules).isEmpty)
  }
}

import BubbleEvents
import BubbleOTP
import BubbleOracle
import BubbleReleaseFiles
import BubbleTestSupport
import Foundation
import Testing

/// Hashes of terms made by chance, against those of the installed Erlang.
@Suite(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
struct PortableHashOracleTests {
  /// A term and how Erlang writes it.
  private struct Pair {
    var term: Term
    var erlang: String
  }

  private static func pair(_ generator: inout SplitMix64, depth: Int) -> Pair {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &generator) {
    case 0: return integer(Int.random(in: -300...300, using: &generator))
    case 1: return integer(Int.random(in: -(1 << 30)...(1 << 30), using: &generator))
    case 2: return integer(Int.random(in: Int.min...Int.max, using: &generator))
    case 3:
      let value = Double.random(in: -1e6...1e6, using: &generator)
      return Pair(term: .float(value), erlang: "\(value)")
    case 4:
      let name = text("aZ_é@9 ", &generator)
      let letters = name.unicodeScalars.map { "\\x{\(String($0.value, radix: 16))}" }
      return Pair(term: .atom(name), erlang: "'\(letters.joined())'")
    case 5, 6:
      let text = text("abc ü日🂡", &generator)
      let bytes = text.utf8.map(String.init).joined(separator: ",")
      return Pair(term: .text(text), erlang: "<<\(bytes)>>")
    case 7:
      let elements = elements(&generator, depth)
      return Pair(
        term: .tuple(elements.map(\.term)),
        erlang: "{" + elements.map(\.erlang).joined(separator: ",") + "}")
    default:
      let elements = elements(&generator, depth)
      return Pair(
        term: .list(elements.map(\.term)),
        erlang: "[" + elements.map(\.erlang).joined(separator: ",") + "]")
    }
  }

  private static func integer(_ value: Int) -> Pair {
    Pair(term: .integer(value), erlang: "\(value)")
  }

  private static func text(_ letters: String, _ generator: inout SplitMix64) -> String {
    String(
      (0..<Int.random(in: 0...30, using: &generator)).compactMap { _ in
        letters.randomElement(using: &generator)
      })
  }

  private static func elements(_ generator: inout SplitMix64, _ depth: Int) -> [Pair] {
    (0..<Int.random(in: 0...9, using: &generator)).map { _ in
      pair(&generator, depth: depth - 1)
    }
  }

  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 2, 3]

  @Test(arguments: seeds)
  func `terms made by chance have the hashes that the installed Erlang gives them`(
    seed: UInt64
  ) throws {
    var generator = SplitMix64(seed: seed)
    let pairs = (0..<150).map { _ in Self.pair(&generator, depth: 2) }
    let terms = pairs.map(\.erlang).joined(separator: ",")
    let answer = try TermFile(
      ErlangScript.answer(to: "Answer = [erlang:phash2(T, 1 bsl 32) || T <- [\(terms)]]"),
      name: "answer")
    #expect(answer.terms.count == pairs.count)
    for (pair, theirs) in zip(pairs, answer.terms) {
      #expect(
        pair.term.portableHash(below: 1 << 32) == theirs.integer,
        "\(pair.erlang), reproduce with SEED=\(seed) swift test --filter PortableHash")
    }
  }
}

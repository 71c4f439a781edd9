import Foundation

/// How much of a test with very many cases is run.
///
/// By default it is one case in so many, always the same ones; `SEED=n` takes others, and
/// `SAMPLE=all` takes all of them.
package struct Sample: Sendable {
  /// Nil takes all.
  private let seed: Int?

  /// What the environment asks for.
  package static let chosen = Sample(ProcessInfo.processInfo.environment)

  /// What `environment` asks for.
  package init(_ environment: [String: String]) {
    seed = environment["SAMPLE"] == "all" ? nil : environment["SEED"].flatMap { Int($0) } ?? 1
  }

  /// Whether the case with that number is run when one in `parts` is.
  ///
  /// Every case is run under one of the seeds 1 to `parts`.
  package func takes(_ number: Int, oneIn parts: Int) -> Bool {
    guard let seed else { return true }
    return number % parts == seed % parts
  }
}

import ArgumentParser
import BubbleOracle

/// What random scenarios are about, when they are not about supervision trees.
enum OracleSubject: Equatable {
  case behaviour(BehaviourGenerator.Behaviour)
  case release

  /// The random scenario of a seed, as it is given to erl.
  static func text(of subject: OracleSubject?, seed: UInt64) -> String {
    switch subject {
    case nil: ScenarioGenerator.scenario(seed: seed).encoded
    case .behaviour(let behaviour): BehaviourGenerator.scenario(behaviour, seed: seed).encoded
    case .release: ReleaseGenerator.text(seed: seed)
    }
  }
}

extension OracleSubject: ExpressibleByArgument {
  init?(argument: String) {
    guard let subject = Self.all[argument] else { return nil }
    self = subject
  }

  static var allValueStrings: [String] {
    BehaviourGenerator.Behaviour.allCases.map(\.rawValue) + ["release"]
  }

  var defaultValueDescription: String {
    switch self {
    case .behaviour(let behaviour): behaviour.rawValue
    case .release: "release"
    }
  }

  private static let all = Dictionary(
    BehaviourGenerator.Behaviour.allCases.map { ($0.rawValue, OracleSubject.behaviour($0)) }
      + [("release", .release)],
    uniquingKeysWith: { first, _ in first })
}

import BubbleEvents
import BubbleScripts

/// What a script says of nodes.
extension ScriptWriter {
  /// What is true of a cluster, as a key and its value.
  struct SaidCondition {
    /// The value of a key; a list and a mapping can hold more than one thing that is said.
    enum Values {
      case one(String)
      case list([String])
      case mapping([String])

      /// As a file has it.
      var written: String {
        switch self {
        case .one(let text): text
        case .list(let values): "[" + values.joined(separator: ", ") + "]"
        case .mapping(let pairs): "{" + pairs.joined(separator: ", ") + "}"
        }
      }
    }

    var key: ConditionKey
    var values: Values

    /// Both under one key; nil when a file has no words for that.
    func joined(with other: SaidCondition) -> SaidCondition? {
      switch (values, other.values) {
      case (.list(let one), .list(let other)): SaidCondition(key: key, values: .list(one + other))
      case (.mapping(let one), .mapping(let other)):
        SaidCondition(key: key, values: .mapping(one + other))
      case (.one, _), (.list, _), (.mapping, _): nil
      }
    }
  }

  /// A condition as a file says it; nil when it has no words for it.
  func said(_ condition: Script.ClusterCondition) -> SaidCondition? {
    switch condition {
    case .connected(let nodes):
      SaidCondition(key: .connected, values: .one(list(nodes.map(yamlScalar))))
    case .disconnected(let sides):
      SaidCondition(key: .disconnected, values: .one(self.sides(sides)))
    case .nodeUp(let node): SaidCondition(key: .nodeUp, values: .list([yamlScalar(node)]))
    case .nodeDown(let node): SaidCondition(key: .nodeDown, values: .list([yamlScalar(node)]))
    case .globalName(let name, let paths): said(.global, name, paths)
    case .leader(let name, let paths): said(.leader, name, paths)
    case .group(let name, let paths): said(.group, name, paths)
    }
  }

  private func said(_ key: ConditionKey, _ name: Term, _ paths: [ChildPath]) -> SaidCondition? {
    let written = paths.compactMap { path($0) }
    guard written.count == paths.count else { return nil }
    return SaidCondition(key: key, values: .mapping(["\(term(name)): \(list(written))"]))
  }
}

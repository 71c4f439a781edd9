import Yams

/// The merge keys of YAML: `<<: *base` takes over the keys of another mapping, or of several, that
/// the mapping has not itself.
enum MergeKeys {
  private static let word = "<<"
  private static let mistake =
    "<< takes over the keys of a mapping, or of a list of mappings, such as <<: *base"

  /// The nodes with all merge keys done; what cannot be taken over, and where.
  static func resolved(_ root: Node) -> Result<Node, ScenarioError.Problem> {
    do {
      return .success(try merged(root))
    } catch {
      return .failure(error)
    }
  }

  private static func merged(_ node: Node) throws(ScenarioError.Problem) -> Node {
    switch node {
    case .scalar, .alias: return node
    case .sequence(var sequence):
      for index in sequence.indices { sequence[index] = try merged(sequence[index]) }
      return .sequence(sequence)
    case .mapping(var mapping):
      var pairs: [(Node, Node)] = []
      var own: Set<Node> = []
      for (key, _) in mapping { own.insert(key) }
      for (key, value) in mapping {
        guard key.isMergeKey else {
          pairs.append((key, try merged(value)))
          continue
        }
        for (key, value) in try taken(from: merged(value)) where own.insert(key).inserted {
          pairs.append((key, value))
        }
      }
      mapping = Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark)
      return .mapping(mapping)
    }
  }

  /// The keys and values that are taken over, the first mapping's first.
  private static func taken(from node: Node) throws(ScenarioError.Problem) -> [(Node, Node)] {
    switch node {
    case .mapping(let mapping): return mapping.map { ($0.key, $0.value) }
    case .sequence(let sequence):
      var pairs: [(Node, Node)] = []
      for element in sequence {
        guard case .mapping(let mapping) = element else { throw problem(at: element) }
        pairs += mapping.map { ($0.key, $0.value) }
      }
      return pairs
    case .scalar, .alias: throw problem(at: node)
    }
  }

  private static func problem(at node: Node) -> ScenarioError.Problem {
    .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: mistake)
  }
}

extension Node {
  /// Whether it is `<<`, not quoted.
  fileprivate var isMergeKey: Bool {
    guard case .scalar(let scalar) = self else { return false }
    return scalar.style == .plain && scalar.string == "<<"
  }
}

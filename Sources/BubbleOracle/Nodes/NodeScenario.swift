import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// What a scenario of a cluster says before its first action.
struct NodeScenario {
  let scenario: JSONValue
  /// The nodes that run, and after them those that are only spoken of.
  let specs: [NodeSpec]
  let names: NodeNames

  init(_ scenario: JSONValue) {
    self.scenario = scenario
    let own = scenario["nodes"]?.array?.compactMap(\.string) ?? []
    let hidden = scenario["options"]?["hidden"]?.array?.compactMap(\.string) ?? []
    var strangers: [String] = []
    for action in scenario["actions"]?.array ?? [] {
      let named =
        [action["node"], action["to"]?["node"]].compactMap { $0?.string }
        + (action["nodes"]?.array ?? []).compactMap(\.string)
      for name in named where !own.contains(name) && !strangers.contains(name) {
        strangers.append(name)
      }
    }
    specs =
      own.map { NodeSpec($0, isHidden: hidden.contains($0)) }
      + strangers.map { NodeSpec($0, isRunning: false) }
    names = NodeNames(specs.map(\.name))
  }

  var clusterOptions: ClusterOptions {
    var options = ClusterOptions()
    switch scenario["options"]?["dist_auto_connect"]?.string {
    case "never": options.autoConnect = .never
    case "once": options.autoConnect = .once
    default: options.autoConnect = .always
    }
    return options
  }

  var nameServerOptions: GlobalNameServer.Options {
    let said = scenario["options"]
    var options = GlobalNameServer.Options()
    options.preventsOverlaps = said?["prevent_overlapping_partitions"]?.bool ?? false
    options.connectsAll = said?["connect_all"]?.bool ?? true
    return options
  }

  /// Who is connected before the first action.
  var connections: [(NodeID, NodeID)] {
    let own = specs.filter(\.isRunning).map(\.name)
    switch scenario["connect"] {
    case .array(let pairs):
      return pairs.compactMap { pair in
        guard let ends = pair.array?.compactMap({ $0.string.flatMap(names.node(named:)) }),
          ends.count == 2
        else { return nil }
        return (ends[0], ends[1])
      }
    case .string("none"): return []
    default:
      return own.flatMap { one in own.filter { one < $0 }.map { (one, $0) } }
        .compactMap { one, other in
          guard let one = names.node(named: one), let other = names.node(named: other) else {
            return nil
          }
          return (one, other)
        }
    }
  }

  /// A term written as text; `{'$node',a}` stands for the node a, whose name is an atom anyhow.
  static func term(_ value: JSONValue) -> Term { unwrapped(OracleDefinition.term(value)) }

  private static func unwrapped(_ term: Term) -> Term {
    switch term {
    case .tuple(let parts) where parts.count == 2 && parts[0] == .atom("$node"): parts[1]
    case .tuple(let parts): .tuple(parts.map(unwrapped))
    case .list(let parts): .list(parts.map(unwrapped))
    case .atom, .integer, .float, .text, .pid, .reference, .stack, .opaque: term
    }
  }
}

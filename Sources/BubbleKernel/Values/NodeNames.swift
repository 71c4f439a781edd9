public import BubbleEvents

/// The names of the nodes of a cluster, by their numbers (OTP: node names, such as `a@shop`).
///
/// The order of names decides who wins a conflict, not that of numbers.
public struct NodeNames: Hashable, Sendable {
  /// The names, that of node 1 first.
  public var names: [String]

  /// Names the nodes 1 and on.
  public init(_ names: [String] = []) {
    self.names = names
  }

  /// The node of that name; nil when none is known.
  public func node(named name: String) -> NodeID? {
    names.firstIndex(of: name).map { NodeID(UInt32($0) + 1) }
  }

  /// The name of a node; that of its number when it has none.
  public subscript(node: NodeID) -> String {
    let index = Int(node.number) - 1
    return names.indices.contains(index) ? names[index] : node.description
  }
}

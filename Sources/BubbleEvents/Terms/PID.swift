/// The identity of one process: which node it lives on, and its number there.
///
/// Numbers are given out in spawn order from 1 and never used again, so comparing two PIDs of one
/// node compares their ages. It names the same process whoever reads it. Printed `<42>` for a
/// machine that stands alone; a process of a cluster's node prints `<1.42>`.
public struct PID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The node that it lives on.
  public var node: NodeID
  /// The number on its node, from 1.
  public var number: UInt32

  /// Creates the identity of process `number` of `node`.
  public init(_ number: UInt32, node: NodeID = .nonode) {
    self.number = number
    self.node = node
  }

  /// Whether `left` is the older one; nodes come first.
  public static func < (left: PID, right: PID) -> Bool {
    (left.node.number, left.number) < (right.node.number, right.number)
  }

  /// `<42>`, or `<1.42>` on a cluster's node.
  public var description: String {
    node == .nonode ? "<\(number)>" : "<\(node.number).\(number)>"
  }

  /// Reads `<42>` or `<1.42>`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard text.first == "<", text.last == ">" else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ".", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      guard let number = UInt32(parts[0]) else { return nil }
      self.init(number)
    case 2:
      guard let node = UInt32(parts[0]), let number = UInt32(parts[1]) else { return nil }
      self.init(number, node: NodeID(node))
    default:
      return nil
    }
  }
}

/// The identity of one node: a machine of processes, which other nodes may talk to (OTP: node()).
///
/// It names the same node whoever reads it, and so does a PID, which has it in it.
public struct NodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Its number: 0 for a machine that stands alone, from 1 in a cluster.
  public var number: UInt32

  /// Creates the identity of the node with that number.
  public init(_ number: UInt32) {
    self.number = number
  }

  /// A machine that belongs to no cluster.
  public static let nonode = NodeID(0)

  /// Nodes are ordered by their numbers.
  public static func < (left: NodeID, right: NodeID) -> Bool {
    left.number < right.number
  }

  /// The PID that stands for the node itself where a process is expected; no process has it.
  public var pid: PID { PID(0, node: self) }

  /// The node as an atom: `nonode@nohost` for the one without a cluster, as OTP calls it.
  public var term: Term { .atom(self == .nonode ? "nonode@nohost" : "node\(number)") }

  /// The canonical term text.
  public var description: String { term.description }
}

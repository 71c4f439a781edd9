/// The identity of one process: which machine it lives in, and its number there.
///
/// Numbers are given out in spawn order from 1 and never used again, so comparing two PIDs of one
/// machine compares their ages. Printed `<42>`; a process of another machine prints `<1.42>`.
public struct PID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The machine, 0 for the one the reader is in.
  public var machine: UInt32
  /// The number inside its machine, from 1.
  public var number: UInt32

  /// Creates the identity of process `number` of `machine`.
  public init(_ number: UInt32, machine: UInt32 = 0) {
    self.number = number
    self.machine = machine
  }

  /// Whether `left` is the older one; machines come first.
  public static func < (left: PID, right: PID) -> Bool {
    (left.machine, left.number) < (right.machine, right.number)
  }

  /// `<42>`, or `<1.42>` on another machine.
  public var description: String {
    machine == 0 ? "<\(number)>" : "<\(machine).\(number)>"
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
      guard let machine = UInt32(parts[0]), let number = UInt32(parts[1]) else { return nil }
      self.init(number, machine: machine)
    default:
      return nil
    }
  }
}

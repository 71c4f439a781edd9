/// Something that goes wrong in a child's place, once, when its supervisor next gets to it.
///
/// Armed by `ControlRequest.injectFault`, it is a fault of the process, not of its supervisor: the
/// supervisor meets it as it would meet any child that behaves so.
public enum ChildFault: Hashable, Sendable {
  /// The next start takes that much longer before the process's own init runs.
  case slowStart(Duration)
  /// The init of the next start ends with that reason, whatever the process would have done.
  case failedStart(ExitReason)
  /// When its supervisor next tells the child to end, it traps the exit signal and does nothing
  /// more: only `kill` ends it. A shutdown of `brutal_kill` it cannot refuse; one of `infinity`
  /// never ends.
  case refusedShutdown
}

extension ChildFault: CustomStringConvertible {
  /// The fault in a few words, such as `slow start 300 ms`.
  public var description: String {
    switch self {
    case .slowStart(let delay): "slow start \(delay.wholeNanoseconds / 1_000_000) ms"
    case .failedStart(let reason): "failed start \(reason)"
    case .refusedShutdown: "refused shutdown"
    }
  }
}

// MARK: - In files

extension FieldSink {
  /// Writes the fault's name and its own fields.
  mutating func put(_ fault: ChildFault) throws {
    switch fault {
    case .slowStart(let delay):
      try put("slow_start", .fault)
      try put(delay.wholeNanoseconds, .delay)
    case .failedStart(let reason):
      try put("failed_start", .fault)
      try put(reason)
    case .refusedShutdown: try put("refused_shutdown", .fault)
    }
  }
}

extension Fields {
  /// Reads what `put(_:)` writes.
  func fault() throws -> ChildFault {
    let name = try text(.fault)
    switch name {
    case "slow_start": return .slowStart(try delay())
    case "failed_start": return .failedStart(try reason())
    case "refused_shutdown": return .refusedShutdown
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .fault, in: self, debugDescription: "there is no fault “\(name)”")
    }
  }
}

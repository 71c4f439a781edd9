extension ControlRequest {
  /// What a supervisor is asked.
  public enum SupervisorRequest: Hashable, Sendable {
    /// Starts one more child, of a dynamic supervisor, with extra arguments.
    case startChild([Term])
    /// Takes other flags while it runs; the restart history stays.
    case changeFlags(SupervisorFlags)
    /// Puts its children into another start order; nobody stops. Those not named come last, and who
    /// is not a child is passed over (OTP: sys:change_code).
    case reorderChildren([ChildID])

    /// The request's name in files.
    public var name: String {
      switch self {
      case .startChild: "start_child"
      case .changeFlags: "change_flags"
      case .reorderChildren: "reorder_children"
      }
    }
  }
}

// MARK: - In files

extension ControlRequest.SupervisorRequest {
  /// Writes the fields that it has besides the supervisor.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .startChild(let arguments): try sink.put(.list(arguments), .arguments)
    case .changeFlags(let flags): try sink.put(flags)
    case .reorderChildren(let order): try sink.put(order.map(\.typed), .order)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "start_child":
      guard case .list(let arguments) = try fields.term(.arguments) else {
        throw DecodingError.dataCorruptedError(
          forKey: .arguments, in: fields, debugDescription: "the arguments are not a list")
      }
      self = .startChild(arguments)
    case "change_flags": self = .changeFlags(try fields.flags())
    case "reorder_children": self = .reorderChildren(try fields.children(.order))
    default: return nil
    }
  }
}

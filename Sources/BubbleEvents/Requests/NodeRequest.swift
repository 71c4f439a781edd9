extension ControlRequest {
  /// What is asked of a node of a cluster.
  public enum NodeRequest: String, Hashable, Sendable, CaseIterable {
    /// Ends it as if its machine lost its power: its processes are gone without a word.
    case stop = "stop_node"
    /// Starts it again, with its tree, and without anything of its earlier life.
    case start = "start_node"
  }

  /// What is asked of the network between the nodes of a cluster.
  public enum NetworkRequest: Hashable, Sendable {
    /// Cuts every cable between nodes of different sides, in one instant; those inside a side stay.
    case cut([[NodeID]])
    /// Makes every cable between nodes of different sides whole again; nobody connects by this
    /// alone.
    case heal([[NodeID]])

    /// The request's name in files.
    public var name: String {
      switch self {
      case .cut: "cut"
      case .heal: "heal"
      }
    }

    /// The nodes of each side.
    public var sides: [[NodeID]] {
      switch self {
      case .cut(let sides), .heal(let sides): sides
      }
    }
  }
}

// MARK: - In files

extension ControlRequest.NetworkRequest {
  /// Writes its fields.
  func write(to sink: inout some FieldSink) throws {
    let texts = sides.map { $0.map { String($0.number) }.joined(separator: " ") }
    try sink.put(texts, .sides)
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "cut": self = .cut(try fields.sides())
    case "heal": self = .heal(try fields.sides())
    default: return nil
    }
  }
}

extension Fields {
  fileprivate func sides() throws -> [[NodeID]] {
    try decode([String].self, forKey: .sides).map { text in
      try text.split(separator: " ").map { word in
        guard let number = UInt32(word) else {
          throw DecodingError.dataCorruptedError(
            forKey: .sides, in: self, debugDescription: "“\(word)” is not the number of a node")
        }
        return NodeID(number)
      }
    }
  }
}

package import BubbleEvents

extension Scenario {
  /// A place in the tree: the child ids from below the root down; empty for the root itself.
  package struct Path: Hashable, Sendable {
    package var ids: [ChildID]

    package init(_ ids: [ChildID] = []) {
      self.ids = ids
    }

    /// The place of an application.
    package init(application name: String) {
      self.init([.named(.atom(name))])
    }

    /// Whether it leads to a dynamic child or below one.
    package var isDynamic: Bool {
      ids.contains { id in
        switch id {
        case .named: false
        case .dynamic: true
        }
      }
    }

    /// Whether it leads to a partition or below one.
    package var isPartition: Bool {
      ids.contains { id in
        if case .named(.integer) = id { true } else { false }
      }
    }

    /// The place of its supervisor; the root's is its own.
    package var parent: Path { Path(Array(ids.dropLast())) }

    package func appending(_ id: ChildID) -> Path { Path(ids + [id]) }
  }
}

extension Scenario.Path: CustomStringConvertible {
  /// The ids between slashes: `db_sup/cache`.
  package var description: String { ids.map(\.description).joined(separator: "/") }
}

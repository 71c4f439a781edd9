package import BubbleEvents

/// A child's place in a supervision tree: the ids from below the root down; empty for the root.
///
/// In a machine of applications the first id is the name of an application, and the second that of
/// its top supervisor.
package struct ChildPath: Hashable, Sendable {
  /// The id of the process that changes releases, below the root.
  package static let releaseHandlerID = "release_handler"
  /// The process that changes releases.
  package static let releaseHandler = ChildPath([.named(.atom(releaseHandlerID))])

  /// The ids, the outermost first.
  package var ids: [ChildID]

  /// A path of these ids; the root without any.
  package init(_ ids: [ChildID] = []) {
    self.ids = ids
  }

  /// The path of an application.
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

  /// The path of its supervisor; the root's is its own.
  package var parent: ChildPath { ChildPath(Array(ids.dropLast())) }

  /// The path of the child `id` of the supervisor here.
  package func appending(_ id: ChildID) -> ChildPath { ChildPath(ids + [id]) }
}

extension ChildPath: CustomStringConvertible {
  /// The ids between slashes: `db_sup/cache`.
  package var description: String { ids.map(\.description).joined(separator: "/") }
}

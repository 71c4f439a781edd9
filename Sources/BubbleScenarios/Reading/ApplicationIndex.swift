import BubbleReleaseFiles
import Yams

/// The applications of a file, so that they can name each other.
struct ApplicationIndex {
  struct Entry {
    var name: String
    var node: Node
    /// Nil until it was read.
    var resource: ApplicationResource?

    /// The node of its top supervisor; nil for a library.
    var tree: Node? { node.mapping?[ApplicationKey.tree.rawValue] }
  }

  private(set) var entries: [Entry] = []
  private var numbers: [String: Int] = [:]
  /// Who includes an application.
  private var owners: [String: String] = [:]

  var names: [String] { entries.map(\.name) }

  subscript(name: String) -> Entry? { numbers[name].map { entries[$0] } }

  /// Adds one whose name is new.
  mutating func add(_ entry: Entry) {
    numbers[entry.name] = entries.count
    entries.append(entry)
    for included in entry.resource?.includedApplications ?? [] {
      owners[included] = owners[included] ?? entry.name
    }
  }

  /// The application that includes `name`.
  func owner(of name: String) -> String? { owners[name] }

  func isIncluded(_ name: String) -> Bool { owners[name] != nil && numbers[name] != nil }

  /// The tree of an included application.
  func tree(of name: String) -> Node? { isIncluded(name) ? self[name]?.tree : nil }

  /// The same, as if `name` were not included.
  func without(_ name: String) -> ApplicationIndex {
    var index = self
    index.owners[name] = nil
    return index
  }
}

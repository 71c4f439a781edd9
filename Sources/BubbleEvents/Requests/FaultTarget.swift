/// Whom faults may hit: a child by its id, and as many of those above it as it takes to tell it.
///
/// `cache` is every child of that id, `db_sup/cache` the one under `db_sup`, `conn_sup/*` every
/// child of `conn_sup`, `conn_sup/conn3` its third dynamic child, which `conn_sup/#2` means too.
/// The root has no place under anybody, so it is not named.
public struct FaultTarget: Hashable, Sendable, CustomStringConvertible {
  /// The ids, the child's own last; never empty.
  public let ids: [String]

  /// Reads the ids between slashes; nil when one is empty.
  public init?(_ text: some StringProtocol) {
    ids = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !ids.contains("") else { return nil }
  }

  /// The ids between slashes.
  public var description: String { ids.joined(separator: "/") }

  /// Whether one of its ids means `id`: as it is written, its bare atom, what a dynamic child is
  /// called under a supervisor of that name, or `*` for any.
  package static func matches(_ written: String, _ id: ChildID, under supervisor: String?) -> Bool {
    if written == "*" { return true }
    if case .dynamic = id, let supervisor, id.name(under: supervisor) == written { return true }
    if case .named(.atom(let name)) = id, name == written { return true }
    return id.description == written
  }
}

/// A child's place under its supervisor, which outlives the processes that fill it.
public enum ChildID: Hashable, Sendable {
  /// The id in a static child specification; any term.
  case named(Term)
  /// A child added to a dynamic supervisor: the lowest number that was free, from 0.
  case dynamic(Int)
}

extension ChildID: CustomStringConvertible {
  /// The id's term text, or `#3` for the dynamic child number 3.
  public var description: String {
    switch self {
    case .named(let term): term.description
    case .dynamic(let number): "#\(number)"
    }
  }
}

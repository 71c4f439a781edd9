/// A value as Erlang would write it: what exit reasons, child ids and untyped messages are made of.
///
/// Printed in canonical term text: `{shutdown,[a,1]}`, without blanks.
public enum Term: Hashable, Sendable {
  /// A symbol such as `normal`.
  case atom(String)
  /// A whole number.
  case integer(Int)
  /// A floating-point number.
  case float(Double)
  /// A piece of text, printed in double quotes.
  case text(String)
  /// A tuple `{a,b}`.
  case tuple([Term])
  /// A list `[a,b]`.
  case list([Term])
  /// A process.
  case pid(PID)
  /// A unique reference, such as a monitor's or a timer's.
  case reference(UInt64)
  /// The place of a stack trace, which Erlang puts behind a raised error; printed `STACK`.
  case stack
  /// A Swift value that is not a term, by its description.
  case opaque(String)
}

extension Term: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// A string literal is an atom.
  public init(stringLiteral value: String) { self = .atom(value) }
  /// An integer literal is an integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// An array literal is a list.
  public init(arrayLiteral elements: Term...) { self = .list(elements) }
}

extension Term: CustomStringConvertible {
  /// The canonical term text.
  public var description: String {
    switch self {
    case .atom(let name): name
    case .integer(let value): String(value)
    case .float(let value): String(value)
    case .text(let text): "\"\(text)\""
    case .tuple(let elements): "{" + elements.map(\.description).joined(separator: ",") + "}"
    case .list(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
    case .pid(let pid): pid.description
    case .reference(let number): "#Ref<\(number)>"
    case .stack: "STACK"
    case .opaque(let text): text
    }
  }
}

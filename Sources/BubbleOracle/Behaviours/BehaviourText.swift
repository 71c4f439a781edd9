import BubbleEvents

/// How the traces of state machines and event managers write terms.
enum BehaviourText {
  /// A reason: an error of the behaviour's making is its first word, since what it carries is
  /// written otherwise in Swift.
  static func reason(_ term: Term) -> String {
    switch term {
    case .tuple(let parts) where parts.count == 2 && parts[1] == .stack:
      "{\(reason(parts[0])),STACK}"
    case .tuple(let parts) where parts.count == 2 && wrappers.contains(parts[0]):
      "{\(parts[0]),\(reason(parts[1]))}"
    case .tuple(let parts) where parts.count == 2 && parts[0].description.hasPrefix("bad_"):
      parts[0].description
    case .tuple(let parts) where parts.count == 3 && parts[0] == "swapped":
      "{swapped,\(handler(parts[1])),\(parts[2] == "false" ? "false" : "owner")}"
    default: term.description
    }
  }

  /// A handler's own part of its name.
  static func handler(_ term: Term) -> String {
    if case .tuple(let parts) = term, let id = parts.last { id.description } else { "\(term)" }
  }

  private static let wrappers: Set<Term> = ["EXIT", "error", "stop"]

  /// A trace: its head and its lines.
  static func trace(of scenario: JSONValue, _ lines: [String]) -> [JSONValue] {
    [.object([("scenario", scenario["name"] ?? .null), ("format", .integer(1))])]
      + lines.map(JSONValue.string)
  }
}

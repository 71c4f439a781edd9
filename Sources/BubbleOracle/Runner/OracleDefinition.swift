import BubbleEvents
import BubbleOTP

/// What a scenario file says of supervisors, children and workers, turned into specifications.
struct OracleDefinition {
  /// One of a worker's or a supervisor's rules on how a start goes.
  struct Rule: Sendable {
    var what: String
    var then: String
    var reason: Term
  }

  /// The first rule for that generation; without one the start succeeds.
  static func rule(_ rules: JSONValue?, _ generation: Int) -> Rule {
    for rule in rules?.array ?? [] {
      let from = rule["from"]?.integer ?? 1
      let to = rule["to"]?.integer ?? .max
      guard from <= generation, generation <= to else { continue }
      return Rule(
        what: rule["do"]?.string ?? "ok", then: rule["then"]?.string ?? "ok",
        reason: reason(rule))
    }
    return Rule(what: "ok", then: "ok", reason: "undefined")
  }

  static func reason(_ value: JSONValue) -> Term {
    value["reason"].map(term) ?? "undefined"
  }

  /// A term written as text, or a plain number, truth value or list.
  static func term(_ value: JSONValue) -> Term {
    switch value {
    case .string(let text): Term(typed: text) ?? .opaque(text)
    case .integer(let number): .integer(number)
    case .number(let number): .float(number)
    case .bool(let value): value ? "true" : "false"
    case .array(let values): .list(values.map(term))
    case .null, .object: "undefined"
    }
  }

  static func flags(_ definition: JSONValue) -> UncheckedFlags {
    if let raw = definition["flags_raw"]?.string { return flags(raw: raw) }
    var flags = UncheckedFlags()
    flags.strategy = definition["strategy"].map(term)
    flags.intensity = definition["intensity"].map(term)
    flags.period = definition["period"].map(term)
    flags.autoShutdown = definition["auto_shutdown"].map(term)
    return flags
  }

  /// Flags as text; a map `#{key=>value}` of one key, or another term.
  private static func flags(raw text: String) -> UncheckedFlags {
    guard text.hasPrefix("#{"), text.hasSuffix("}") else {
      return UncheckedFlags(term: term(.string(text)))
    }
    var flags = UncheckedFlags()
    for member in text.dropFirst(2).dropLast().split(separator: ",") {
      guard let sign = member.firstIndex(of: "=") else { continue }
      let value = Term(typed: member[sign...].dropFirst(2))
      switch member[..<sign] {
      case "strategy": flags.strategy = value
      case "intensity": flags.intensity = value
      case "period": flags.period = value
      case "auto_shutdown": flags.autoShutdown = value
      default: break
      }
    }
    return flags
  }
}

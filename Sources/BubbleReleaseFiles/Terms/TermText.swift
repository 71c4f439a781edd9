public import BubbleEvents
import BubbleText

/// A term as Erlang reads it from a file.
public struct TermText: Hashable, Sendable {
  /// A value that no file of terms can hold.
  public struct Unwritable: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value.
    public var term: Term

    /// One clause, safe for a terminal.
    public var description: String {
      "\(quoted(term.description)) cannot be written to a file of terms"
    }
  }

  /// The text, on one line, without a full stop.
  public let text: String

  /// Writes a term.
  ///
  /// A Swift value `.opaque` is written as it is when its text is that of a term, as of a binary or
  /// a map that was read from a file.
  public init(_ term: Term) throws(Unwritable) {
    text = try Self.text(of: term)
  }

  private static func text(of term: Term) throws(Unwritable) -> String {
    switch term {
    case .atom(let name): return atom(name)
    case .integer(let number): return String(number)
    case .float(let number):
      guard number.isFinite else { throw Unwritable(term: term) }
      return float(number)
    case .text(let text): return "\"" + escapes(text, "\"") + "\""
    case .tuple(let elements): return "{" + (try texts(of: elements)) + "}"
    case .list(let elements): return "[" + (try texts(of: elements)) + "]"
    case .opaque(let text):
      guard isTerm(text) else { throw Unwritable(term: term) }
      return text
    case .pid, .reference, .stack: throw Unwritable(term: term)
    }
  }

  private static func texts(of terms: [Term]) throws(Unwritable) -> String {
    var texts: [String] = []
    for term in terms { texts.append(try text(of: term)) }
    return texts.joined(separator: ",")
  }

  private static func isTerm(_ text: String) -> Bool {
    do {
      return try TermFile(text: text + " .", name: "").terms.count == 1
    } catch {
      return false
    }
  }

  /// Bare where it is read as an atom so.
  private static func atom(_ name: String) -> String {
    let isBare: Bool
    do {
      let terms = try TermFile(text: name + " .", name: "").terms
      isBare = terms.count == 1 && terms[0].atom == name && !name.contains("'")
    } catch {
      isBare = false
    }
    return isBare ? name : "'" + escapes(name, "'") + "'"
  }

  /// Erlang wants digits on both sides of the point, before an exponent too.
  private static func float(_ number: Double) -> String {
    let text = String(number)
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  private static func escapes(_ text: String, _ quote: Unicode.Scalar) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\x{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default:
        if scalar == quote || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

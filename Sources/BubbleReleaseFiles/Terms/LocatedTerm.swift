public import BubbleEvents
import BubbleText

/// A term as it stands in a file, with its place.
public struct LocatedTerm: Hashable, Sendable {
  /// What a file of terms can hold.
  public indirect enum Value: Hashable, Sendable {
    /// A symbol, with or without quotes.
    case atom(String)
    /// A whole number or a character.
    case integer(Int)
    /// A floating-point number.
    case float(Double)
    /// Text in double quotes; to Erlang a list of characters.
    case string(String)
    /// A binary `<<…>>`, by its bytes.
    case binary([UInt8])
    /// A tuple `{a,b}`.
    case tuple([LocatedTerm])
    /// A list `[a,b]`.
    case list([LocatedTerm])
    /// A map `#{a=>b}` in the order of the file; of equal keys the last one is left.
    case map([MapEntry])
  }

  /// A key of a map and what it stands for.
  public struct MapEntry: Hashable, Sendable {
    /// The key.
    public var key: LocatedTerm
    /// Its value.
    public var value: LocatedTerm
  }

  /// What it is.
  public var value: Value
  /// Where it begins.
  public var place: TermPosition

  /// The name of an atom.
  public var atom: String? {
    if case .atom(let name) = value { name } else { nil }
  }

  /// A whole number.
  public var integer: Int? {
    if case .integer(let number) = value { number } else { nil }
  }

  /// The text of a string; the empty list is the empty string.
  public var string: String? {
    switch value {
    case .string(let text): text
    case .list(let elements) where elements.isEmpty: ""
    default: nil
    }
  }

  /// The elements of a tuple.
  public var tuple: [LocatedTerm]? {
    if case .tuple(let elements) = value { elements } else { nil }
  }

  /// The elements of a list; the empty string is the empty list.
  public var list: [LocatedTerm]? {
    switch value {
    case .list(let elements): elements
    case .string(""): []
    default: nil
    }
  }

  /// The term without its place.
  ///
  /// `Term` has no binaries and no maps: they become `.opaque` of their canonical text.
  public var term: Term {
    switch value {
    case .atom(let name): .atom(name)
    case .integer(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(""): .list([])
    case .string(let text): .text(text)
    case .binary(let bytes):
      .opaque("<<" + bytes.map { String($0) }.joined(separator: ",") + ">>")
    case .tuple(let elements): .tuple(elements.map(\.term))
    case .list(let elements): .list(elements.map(\.term))
    case .map(let entries):
      .opaque(
        "#{" + entries.map { "\($0.key.text)=>\($0.value.text)" }.joined(separator: ",") + "}")
    }
  }

  /// What Erlang reads it from again.
  private var text: String {
    do {
      return try TermText(term).text
    } catch {
      return term.description
    }
  }

  /// What it is in words, for error messages; safe for a terminal.
  public var kindInWords: String {
    switch value {
    case .atom(let name): "the atom \(quoted(name))"
    case .integer(let number): "the number \(number)"
    case .float(let number): "the number \(number)"
    case .string(let text): "the string \(quoted(text))"
    case .binary: "a binary"
    case .tuple(let elements): "a tuple of \(elements.count)"
    case .list(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
    case .map: "a map"
    }
  }
}

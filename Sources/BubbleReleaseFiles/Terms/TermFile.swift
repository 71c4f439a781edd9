internal import BubbleEvents

/// A file of Erlang terms, each ended by a full stop (OTP: file:consult).
///
/// Understood are atoms, strings, characters, whole numbers to any base, floats, tuples, lists,
/// maps, binaries of whole bytes and comments. Not understood, and said so, are improper lists, bit
/// fields, functions, and whole numbers beyond 64 bits.
public struct TermFile: Hashable, Sendable {
  /// How deeply terms may be nested.
  public static let depthLimit = 64

  /// The file, as the user named it.
  public var name: String
  /// Its terms.
  public var terms: [LocatedTerm]

  /// Reads the bytes of a file; they are UTF-8 unless a comment on top says `coding: latin-1`.
  public init(_ bytes: [UInt8], name: String) throws(ResourceError) {
    var scalars = try Self.decode(bytes, name: name)
    // A mark of byte order, which some editors put on top of UTF-8.
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    var parser = TermParser(scalars, file: name)
    self.name = name
    terms = try parser.terms()
  }

  /// Reads a text.
  public init(text: String, name: String) throws(ResourceError) {
    var parser = TermParser(Array(text.unicodeScalars), file: name)
    self.name = name
    terms = try parser.terms()
  }

  /// An error about something in this file.
  public func error(_ message: String, at place: TermPosition) -> ResourceError {
    ResourceError(file: name, place: place, message: message)
  }

  /// The one term of a file that holds no more, which has that form.
  func onlyTerm(_ form: String) throws(ResourceError) -> LocatedTerm {
    guard let term = terms.first else {
      throw error("found no term where \(form) was expected", at: .start)
    }
    if terms.count > 1 {
      throw error("found a second term behind \(form)", at: terms[1].place)
    }
    return term
  }

  private static func decode(
    _ bytes: [UInt8], name: String
  ) throws(ResourceError) -> [Unicode.Scalar] {
    if saysLatin1(bytes) { return bytes.map { Unicode.Scalar($0) } }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var place = TermPosition.start
    var codec = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch codec.decode(&iterator) {
      case .scalarValue(let scalar):
        scalars.append(scalar)
        place = place.behind(scalar)
      case .emptyInput:
        return scalars
      case .error:
        let advice = "save it as UTF-8, or write %% coding: latin-1 on its first line"
        throw ResourceError(
          file: name, place: place, message: "found a byte that is not UTF-8: \(advice)")
      }
    }
  }

  /// Whether a comment on one of the first two lines names the encoding, as epp reads it.
  private static func saysLatin1(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.prefix(400).split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    return lines.prefix(2).contains { line in
      let text = String(line.map { Character(Unicode.Scalar($0)) }).lowercased()
      return text.hasPrefix("%") && text.contains(/coding\s*[:=]\s*latin-1/)
    }
  }
}

internal import BubbleText

/// What is wrong with a file of Erlang terms, and where; nothing of the file is used.
public struct ResourceError: Error, Hashable, Sendable {
  /// The file, as the user named it.
  public var file: String
  /// Where it is wrong.
  public var place: TermPosition
  /// What was found and what was expected, safe for a terminal.
  public var message: String

  /// Creates an error; `message` must be safe for a terminal already.
  public init(file: String, place: TermPosition, message: String) {
    self.file = file
    self.place = place
    self.message = message
  }
}

extension ResourceError: CustomStringConvertible {
  /// One line: `shop.app:3:12: found "}" where a term was expected`.
  public var description: String {
    "\(escaped(file)):\(place.line):\(place.column): \(message)"
  }
}

/// A place in a text, by Unicode scalars.
public struct TermPosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first place of a text.
  public static let start = TermPosition(line: 1, column: 1)

  /// The place behind `scalar`, which stands here.
  func behind(_ scalar: Unicode.Scalar) -> TermPosition {
    scalar == "\n"
      ? TermPosition(line: line + 1, column: 1) : TermPosition(line: line, column: column + 1)
  }
}

import BubbleCells
package import CNCurses

/// What is pasted, put together from what the C functions read between its beginning and its end.
package struct PastedText {
  /// The text so far; a line ends with a line feed.
  package private(set) var text = ""
  private var count = 0

  /// More than this is read and forgotten.
  private static let most = 10_000

  package init() {}

  /// Takes the next input in.
  ///
  /// - Returns: Whether more belongs to it. A terminal that tells nothing more has told the end.
  package mutating func take(_ input: BubbleInput) -> Bool {
    switch input.kind {
    case BUBBLE_PASTE_END, BUBBLE_NOTHING: return false
    case BUBBLE_CHARACTER:
      guard count < Self.most, let scalar = Unicode.Scalar(input.code) else { return true }
      count += 1
      text.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
      return true
    default: return true
    }
  }
}

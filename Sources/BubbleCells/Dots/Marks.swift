/// What dots are drawn with.
package enum Marks: String, CaseIterable, Hashable, Sendable {
  /// Braille, two by four dots a cell.
  case braille
  /// Half blocks, one by two points a cell.
  case half
  /// The letters `- _ ' . | / \` and `~`, chosen by where the dots of a cell lie and lean.
  case ascii
}

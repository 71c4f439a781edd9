/// A script made of what was done by hand, for a scenario file.
package struct SavedScript: Hashable, Sendable {
  /// One line of it.
  package enum Line: Hashable, Sendable {
    /// Something that is done again.
    case cue(Script.Cue)
    /// Something that a script cannot say, in words.
    case remark(String)
  }

  /// The lines, in their order.
  package var lines: [Line]

  /// A script of these lines.
  package init(_ lines: [Line] = []) { self.lines = lines }
}

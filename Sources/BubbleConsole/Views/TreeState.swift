/// What the tree view remembers between frames.
package struct TreeState: Hashable, Sendable {
  /// Whether names are cut to one letter to save room.
  package var showsLettersOnly = false

  package init() {}
}

package import BubbleScripts

/// Something the user asked for that takes a file.
package enum FileRequest: Hashable, Sendable {
  /// Write `text` to a new file called `name`.
  case save(name: String, text: String)
  /// Record the screen from now on, to a new file of that name.
  case cast(name: String)
  /// Record the screen no longer.
  case endCast
  /// Record the run, from its beginning, to a new file of that name.
  case record(name: String)
  /// Write the scenario with what was done by hand as its script, to a new file of that name.
  case script(name: String, SavedScript)
}

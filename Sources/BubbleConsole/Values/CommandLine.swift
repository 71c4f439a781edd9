/// The line behind `:` while it is typed.
package struct CommandLine: Hashable, Sendable {
  package var text = ""
  /// How far back in the history it is; nil for what is typed now.
  package var historyIndex: Int?
  /// What was typed before going back in the history.
  package var draft = ""
}

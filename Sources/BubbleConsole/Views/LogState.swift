/// What the log view remembers between frames.
package struct LogState: Hashable, Sendable {
  /// Whether messages are shown too.
  package var isVerbose = false

  package init() {}
}

/// What takes the keys for a moment, above whatever the screen is about.
package enum Overlay: Sendable {
  /// The filter is being typed.
  case filter
  case command(CommandLine)
  case prompt(Prompt)
  case form(EditForm)
  /// The help screen, scrolled down by so many rows.
  case help(scroll: Int)
}

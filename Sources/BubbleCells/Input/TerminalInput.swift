/// One thing that came from the terminal.
package enum TerminalInput: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text that was pasted, in whatever lines it had.
  case paste(String)
  case resize(Size)
}

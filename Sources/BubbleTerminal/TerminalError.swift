/// Why the terminal could not be taken over.
package enum TerminalError: Error, Hashable {
  case notATerminal
  /// There is no description of the terminal that `TERM` names.
  case unknownTerminal(name: String)
  /// The terminal cannot move its cursor.
  case incapableTerminal(name: String)
  case alreadyOpen
  case noPipe
}

extension TerminalError: CustomStringConvertible {
  /// One line that says what to do.
  package var description: String {
    switch self {
    case .notATerminal:
      "input and output must be a terminal; without one, use `trace` or `frame`"
    case .unknownTerminal(let name):
      name.isEmpty
        ? "TERM is not set; try TERM=xterm-256color"
        : "nothing is known about the terminal TERM=\(name); try TERM=xterm-256color"
    case .incapableTerminal(let name):
      "the terminal TERM=\(name) cannot move its cursor; try TERM=xterm-256color"
    case .alreadyOpen:
      "the terminal is in use already"
    case .noPipe:
      "the system has no file descriptors left; close some programs"
    }
  }
}

/// A key as the user names it, whatever bytes the terminal sends for it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// A letter held together with the control key; always lower case.
  case control(Character)
  case enter
  case escape
  case tab
  case backTab
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  case insert
  case backspace
  case delete
  case function(Int)
}

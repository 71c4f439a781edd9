/// The part of the screen that movement keys go to.
package enum Pane: Hashable, Sendable {
  case view
  case panel
}

extension ConsoleModel {
  /// Whether frames are needed.
  package var isMoving: Bool {
    options.motion != .none && !isFrozen && view.view.isMoving(self)
  }
}

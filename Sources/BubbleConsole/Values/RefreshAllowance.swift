/// Spreads work over many updates that looks at everything, so that no update takes long.
///
/// With few things it may be done at every update; with many, when enough updates have passed to
/// have looked at a part each time.
struct RefreshAllowance: Sendable {
  /// Things that are looked at for one update on average.
  private static let perUpdate = 4_096

  private var saved = 0

  /// Whether work that looks at `count` things may be done in this update.
  mutating func permits(_ count: Int) -> Bool {
    saved += Self.perUpdate
    guard saved >= count else { return false }
    saved = 0
    return true
  }
}

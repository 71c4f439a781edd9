/// Which versions a part of an `.appup` file is for.
public enum VersionPattern: Hashable, Sendable {
  /// How many bytes an expression may have, and a version that it can match.
  public static let lengthLimit = 200

  /// That one.
  case exact(String)
  /// All that the regular expression matches from end to end.
  ///
  /// Of several ways to match the first one that a backtracking matcher finds counts, so that
  /// `1|1.1` does not match `1.1` (OTP: re:run). Sets, groups, repetitions and anchors are
  /// understood, but not options, references back and looking around. Matching takes linear time.
  case expression(String)

  /// Whether the version is one of them; never for an expression that is none, and for a version
  /// that is longer than `lengthLimit` only when it is written out.
  public func matches(_ version: String) -> Bool {
    switch self {
    case .exact(let text): return text == version
    case .expression(let text):
      guard version.utf8.count <= Self.lengthLimit else { return false }
      return Self.compiled(text)?.matches(version) ?? false
    }
  }

  /// The regular expression that the text is; nil for none that is understood.
  static func compiled(_ text: String) -> VersionExpression? {
    text.utf8.count <= lengthLimit ? VersionExpression(text) : nil
  }
}

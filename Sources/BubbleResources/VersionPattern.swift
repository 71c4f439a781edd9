/// Which versions a part of an `.appup` file is for.
public enum VersionPattern: Hashable, Sendable {
  /// How long an expression may be.
  public static let lengthLimit = 200

  /// That one.
  case exact(String)
  /// All that the regular expression matches from end to end.
  ///
  /// Of several ways to match the first one that a backtracking matcher finds counts, so that `1|1.1`
  /// does not match `1.1` (OTP: re:run). Backtracking may take long with nested repetitions such as
  /// `(a+)+`, as it does in OTP.
  case expression(String)

  /// Whether the version is one of them; never for an expression that is none.
  public func matches(_ version: String) -> Bool {
    switch self {
    case .exact(let text): return text == version
    case .expression(let text):
      do {
        let match = try Self.compiled(text).firstMatch(in: version)
        return match?.range == version.startIndex..<version.endIndex
      } catch {
        return false
      }
    }
  }

  /// Whether the text is a regular expression.
  static func isExpression(_ text: String) -> Bool {
    guard text.utf8.count <= lengthLimit else { return false }
    do {
      _ = try compiled(text)
      return true
    } catch {
      return false
    }
  }

  private static func compiled(_ text: String) throws -> Regex<AnyRegexOutput> {
    try Regex(text).matchingSemantics(.unicodeScalar)
  }
}

/// Which processes of a scenario have a registered name.
public enum RegisteredNames: String, Codable, Hashable, Sendable {
  /// Those that others talk to, as in a program that registers only what it looks up.
  case addressed
  /// Besides these all whose id nobody else in the tree has, as in recordings that do not say it.
  case everybody
}

internal import BubbleText

/// Everything that is wrong with a scenario file; nothing of the file runs.
public struct ScenarioError: Error, Hashable, Sendable {
  /// One thing that is wrong, and where.
  public struct Problem: Error, Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int
    /// What is wrong and what would be right, safe for a terminal.
    public var message: String
  }

  /// The file, as the user named it.
  public var file: String
  /// What is wrong, in the order of the file; never empty.
  public var problems: [Problem]
}

extension ScenarioError: CustomStringConvertible {
  /// One line a problem: `shop.yaml:12:9: unknown strategy "one_for_al"; …`.
  public var description: String {
    problems.map { $0.description(in: file) }.joined(separator: "\n")
  }
}

extension ScenarioError.Problem {
  /// One line, with the file as the user named it: `shop.yaml:12:9: unknown key "tikc" …`.
  public func description(in file: String) -> String {
    "\(escaped(file)):\(line):\(column): \(message)"
  }
}

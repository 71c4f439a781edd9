/// The first line of a recording or a JSON trace.
public struct RecordingHeader: Codable, Hashable, Sendable {
  /// The version of the format that this program writes, and the newest it reads.
  public static let currentFormat = 1

  /// The version of the format.
  public var format: Int
  /// The name of what ran.
  public var scenario: String
  /// The seed of everything that was left to chance.
  public var seed: UInt64

  /// Creates the header of a recording in the current format.
  public init(scenario: String, seed: UInt64) {
    format = Self.currentFormat
    self.scenario = scenario
    self.seed = seed
  }
}

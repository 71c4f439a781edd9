/// The first line of a recording or a JSON trace.
public struct RecordingHeader: Codable, Hashable, Sendable {
  /// The version of the format that this program writes, and the newest it reads.
  public static let currentFormat = 2

  /// The version of the format.
  public var format: Int
  /// The name of what ran.
  public var scenario: String
  /// The seed of everything that was left to chance.
  public var seed: UInt64
  /// The version of the program that wrote it; traces leave it out.
  public var program: String?
  /// The scenario's file, so that it can be run again; traces leave it out.
  public var source: String?
  /// The other files that the scenario was read from, by the names that it has for them; nil when
  /// there are none.
  public var files: [String: String]?
  /// Whether the machine tells of requests that cannot be served; nil when the format says it, as
  /// it does for all but a run that goes on from a recording of format 1.
  public var refusals: Bool?

  /// Which processes of the scenario have a registered name; nil in recordings from a time when
  /// everybody had one.
  public var names: RegisteredNames?

  /// Which processes of the scenario have a registered name.
  public var registeredNames: RegisteredNames { names ?? .everybody }

  /// Whether the machine tells of requests that cannot be served: format 1 did not know that.
  public var tellsRefusals: Bool { refusals ?? (format > 1) }

  /// Creates the header of a recording in the current format.
  public init(scenario: String, seed: UInt64, program: String? = nil, source: String? = nil) {
    format = Self.currentFormat
    self.scenario = scenario
    self.seed = seed
    self.program = program
    self.source = source
    self.files = nil
    self.names = nil
  }
}

internal import BubbleText

/// How an application changes over from other versions and back to them (OTP: the `.appup` file,
/// appup(4)).
public struct ApplicationUpgrade: Hashable, Sendable {
  /// What is to be done for some versions.
  public struct Script: Hashable, Sendable {
    /// The other versions.
    public var versions: VersionPattern
    /// What is to be done, in that order.
    public var instructions: [UpgradeInstruction]

    /// Creates a script for the versions that match.
    public init(_ versions: VersionPattern, _ instructions: [UpgradeInstruction]) {
      self.versions = versions
      self.instructions = instructions
    }
  }

  /// The version that it is part of.
  public var version: String
  /// How to come to this version from others.
  public var upgrades: [Script]
  /// How to go back from this version to others.
  public var downgrades: [Script]

  /// Creates an upgrade.
  public init(_ version: String, upgrades: [Script] = [], downgrades: [Script] = []) {
    self.version = version
    self.upgrades = upgrades
    self.downgrades = downgrades
  }

  /// What is to be done between this version and another one; nil when the file does not say.
  ///
  /// Of several scripts that match the first one holds.
  public func instructions(
    _ direction: ReleaseInstruction.Direction, other version: String
  ) -> [UpgradeInstruction]? {
    let scripts =
      switch direction {
      case .up: upgrades
      case .down: downgrades
      }
    return scripts.first { $0.versions.matches(version) }?.instructions
  }
}

// MARK: - Reading

extension ApplicationUpgrade {
  /// Reads an `.appup` file: one term `{Vsn, [{UpFromVsn, Instructions}], [{DownToVsn,
  /// Instructions}]}`.
  ///
  /// A version that is a binary is a regular expression. Every instruction is checked, also those
  /// for versions that nobody asks for; systools checks only what it uses.
  public init(_ file: TermFile) throws(ResourceError) {
    let read = try TwoWayFile(file, entry: ("Instructions", 2))
    self.init(
      read.version, upgrades: try Self.scripts(read.upgrades, read.reader),
      downgrades: try Self.scripts(read.downgrades, read.reader))
  }

  private static func scripts(
    _ entries: [[LocatedTerm]], _ reader: InstructionReader
  ) throws(ResourceError) -> [Script] {
    var scripts: [Script] = []
    for parts in entries {
      scripts.append(
        Script(try pattern(parts[0], reader.values), try reader.upgrades(parts[1])))
    }
    return scripts
  }

  private static func pattern(
    _ value: LocatedTerm, _ reader: ValueReader
  ) throws(ResourceError) -> VersionPattern {
    let key = "the other version"
    guard case .binary(let bytes) = value.value else {
      guard let version = value.string else {
        throw reader.wrong(value, key, "a version, or a binary with a regular expression,")
      }
      return .exact(version)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard VersionPattern.compiled(text) != nil else {
      throw reader.file.error(
        "\(key): \(quoted(text)) is not a regular expression that is understood here, "
          + "of at most \(VersionPattern.lengthLimit) bytes", at: value.place)
    }
    return .expression(text)
  }
}

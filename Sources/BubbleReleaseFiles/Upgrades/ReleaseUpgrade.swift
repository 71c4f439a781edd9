public import BubbleEvents

/// How a running release changes over from others and back to them (OTP: the relup file, relup(4)).
public struct ReleaseUpgrade: Hashable, Sendable {
  /// What is to be done for another version.
  public struct Script: Hashable, Sendable {
    /// The other version of the release.
    public var version: String
    /// What somebody wrote about it; `[]` for nothing.
    public var description: Term
    /// What is to be done, in that order.
    public var instructions: [ReleaseInstruction]

    /// Creates a script.
    public init(
      _ version: String, description: Term = [], _ instructions: [ReleaseInstruction]
    ) {
      self.version = version
      self.description = description
      self.instructions = instructions
    }
  }

  /// The version of the release that it is part of.
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
  /// Of several scripts for a version the first one holds.
  public func script(_ direction: ReleaseInstruction.Direction, other version: String) -> Script? {
    switch direction {
    case .up: upgrades.first { $0.version == version }
    case .down: downgrades.first { $0.version == version }
    }
  }
}

// MARK: - Reading and writing

extension ReleaseUpgrade {
  /// Reads a relup file: one term
  /// `{Vsn, [{UpFromVsn, Descr, Instructions}], [{DownToVsn, Descr, Instructions}]}`.
  public init(_ file: TermFile) throws(ResourceError) {
    let read = try TwoWayFile(file, entry: ("Descr, Instructions", 3))
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
        Script(
          try reader.values.string(parts[0], "the other version"), description: parts[1].term,
          try reader.releases(parts[2])))
    }
    return scripts
  }

  /// The text of a relup file, which `file:consult` reads.
  ///
  /// It throws when a description, an extra value or an argument is not a term, such as a process.
  public func fileText() throws(TermText.Unwritable) -> String {
    func terms(_ scripts: [Script]) -> Term {
      .list(
        scripts.map {
          .tuple([.text($0.version), $0.description, .list($0.instructions.map(\.term))])
        })
    }
    let term = Term.tuple([.text(version), terms(upgrades), terms(downgrades)])
    return "%% coding: utf-8\n\(try TermText(term).text).\n"
  }
}

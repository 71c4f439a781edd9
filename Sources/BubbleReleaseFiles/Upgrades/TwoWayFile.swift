/// A file that says how to come to a version from others, and how to go back to them.
struct TwoWayFile {
  let reader: InstructionReader
  /// The version that the file is part of.
  let version: String
  /// The parts of each entry of the two lists.
  let upgrades: [[LocatedTerm]]
  let downgrades: [[LocatedTerm]]

  /// Reads `{Vsn, Upgrades, Downgrades}`, in which every entry has as many parts as `entry` says.
  init(_ file: TermFile, entry: (form: String, count: Int)) throws(ResourceError) {
    let form = "{Vsn, [{UpFromVsn, \(entry.form)}], [{DownToVsn, \(entry.form)}]}"
    let term = try file.onlyTerm(form)
    guard let parts = term.tuple, parts.count == 3 else {
      throw file.error("found \(term.kindInWords) where \(form) was expected", at: term.place)
    }
    reader = InstructionReader(file)
    version = try reader.values.string(parts[0], "the version")
    upgrades = try Self.entries(parts[1], "the upgrades", entry, reader.values)
    downgrades = try Self.entries(parts[2], "the downgrades", entry, reader.values)
  }

  private static func entries(
    _ list: LocatedTerm, _ key: String, _ form: (form: String, count: Int), _ reader: ValueReader
  ) throws(ResourceError) -> [[LocatedTerm]] {
    var entries: [[LocatedTerm]] = []
    for entry in try reader.list(list, key) {
      guard let parts = entry.tuple, parts.count == form.count else {
        throw reader.wrong(entry, key, "{Vsn, \(form.form)}")
      }
      entries.append(parts)
    }
    return entries
  }
}

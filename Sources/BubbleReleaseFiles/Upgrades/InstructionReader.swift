internal import BubbleText

/// Reads the instructions of `.appup` and `relup` files.
///
/// | instruction | forms in a file |
/// |---|---|
/// | `update` | `M`; `M, supervisor`; `M, Change`; `M, DepMods`; `M, Change, DepMods` |
/// | and | `M, Change, Pre, Post, DepMods`; `M, Timeout, Change, Pre, Post, DepMods` |
/// | and | `M, Type, Timeout, Change, Pre, Post, DepMods` |
/// | `load_module` | `M`; `M, DepMods`; `M, Pre, Post, DepMods` |
/// | `add_module`, `delete_module` | `M`; `M, DepMods` |
/// | `add_application` | `A`; `A, Type` |
/// | `remove_application`, `restart_application` | `A` |
struct InstructionReader {
  static let highWords = [
    "update", "load_module", "add_module", "delete_module", "add_application",
    "remove_application", "restart_application",
  ]
  static let lowWords = [
    "load_object_code", "point_of_no_return", "load", "remove", "purge", "suspend", "resume",
    "code_change", "stop", "start", "sync_nodes", "apply", "restart_new_emulator",
    "restart_emulator",
  ]

  let values: ValueReader

  init(_ file: TermFile) {
    values = ValueReader(file: file)
  }

  /// The instructions of an `.appup` file.
  func upgrades(_ value: LocatedTerm) throws(ResourceError) -> [UpgradeInstruction] {
    var instructions: [UpgradeInstruction] = []
    for entry in try values.list(value, "the instructions") {
      instructions.append(try upgrade(entry))
    }
    return instructions
  }

  /// The instructions of a `relup` file.
  func releases(_ value: LocatedTerm) throws(ResourceError) -> [ReleaseInstruction] {
    var instructions: [ReleaseInstruction] = []
    for entry in try values.list(value, "the instructions") {
      guard let instruction = try low(entry) else { throw unknown(entry, Self.lowWords) }
      instructions.append(instruction)
    }
    return instructions
  }

  private func upgrade(_ entry: LocatedTerm) throws(ResourceError) -> UpgradeInstruction {
    if let instruction = try low(entry) { return .low(instruction) }
    guard let parts = entry.tuple, parts.count > 1, let word = parts[0].atom else {
      throw unknown(entry, Self.highWords + Self.lowWords)
    }
    let rest = parts.dropFirst(2)
    switch word {
    case "update":
      return .update(try update(try module(parts[1], word), rest, entry))
    case "load_module":
      return try loadModule(try module(parts[1], word), rest, entry)
    case "add_module" where rest.count < 2:
      return .addModule(try module(parts[1], word), dependencies: try modules(rest.first, word))
    case "delete_module" where rest.count < 2:
      return .deleteModule(
        try module(parts[1], word), dependencies: try modules(rest.first, word))
    case "add_application" where rest.count < 2:
      let name = try values.atom(parts[1], word)
      guard let type = rest.first else { return .addApplication(name) }
      return .addApplication(name, try values.word(type, word))
    case "remove_application" where rest.isEmpty:
      return .removeApplication(try values.atom(parts[1], word))
    case "restart_application" where rest.isEmpty:
      return .restartApplication(try values.atom(parts[1], word))
    default:
      throw unknown(entry, Self.highWords + Self.lowWords)
    }
  }

  // MARK: - Modules

  private func update(
    _ module: String, _ rest: ArraySlice<LocatedTerm>, _ entry: LocatedTerm
  ) throws(ResourceError) -> UpgradeInstruction.Update {
    var update = UpgradeInstruction.Update(module)
    var rest = rest
    switch rest.count {
    case 0: return update
    case 1 where rest.first?.atom == "supervisor": return .supervisor(module)
    case 1 where rest.first?.list != nil: break
    case 1, 2, 4, 5, 6:
      if rest.count == 6, let type = rest.popFirst() {
        update.type = try values.word(type, "update")
      }
      if rest.count == 5, let timeout = rest.popFirst() {
        update.timeout = try self.timeout(timeout)
      }
      if let change = rest.popFirst() { update.change = try self.change(change, entry) }
      if rest.count == 3, let pre = rest.popFirst(), let post = rest.popFirst() {
        update.prePurge = try purge(pre)
        update.postPurge = try purge(post)
      }
    default: throw malformed(entry, "update")
    }
    update.dependencies = try modules(rest.first, "update")
    return update
  }

  private func change(
    _ value: LocatedTerm, _ entry: LocatedTerm
  ) throws(ResourceError) -> UpgradeInstruction.StateChange {
    if value.atom == "soft" { return .soft }
    guard let parts = value.tuple, parts.count == 2, parts[0].atom == "advanced" else {
      let others = entry.tuple?.count == 3 ? ["supervisor"] : []
      throw values.wrong(
        value, "update", "soft or {advanced, Extra}",
        hint: values.hint(value.atom, ["soft"] + others))
    }
    return .advanced(parts[1].term)
  }

  private func loadModule(
    _ module: String, _ rest: ArraySlice<LocatedTerm>, _ entry: LocatedTerm
  ) throws(ResourceError) -> UpgradeInstruction {
    var loading = ReleaseInstruction.Loading(module)
    var rest = rest
    guard rest.count < 2 || rest.count == 3 else { throw malformed(entry, "load_module") }
    if rest.count == 3, let pre = rest.popFirst(), let post = rest.popFirst() {
      loading.prePurge = try purge(pre)
      loading.postPurge = try purge(post)
    }
    return .loadModule(loading, dependencies: try modules(rest.first, "load_module"))
  }

  // MARK: - Parts of instructions

  func module(_ value: LocatedTerm, _ word: String) throws(ResourceError) -> String {
    try values.atom(value, "\(word): the module")
  }

  func modules(_ value: LocatedTerm?, _ word: String) throws(ResourceError) -> [String] {
    guard let value else { return [] }
    return try values.atoms(value, "\(word): the modules")
  }

  func purge(_ value: LocatedTerm) throws(ResourceError) -> ReleaseInstruction.Purge {
    try values.word(value, "the purge method")
  }

  func timeout(_ value: LocatedTerm) throws(ResourceError) -> ReleaseInstruction.SuspendTimeout {
    switch value.atom {
    case "default": return .standard
    case "infinity": return .infinity
    default:
      guard let milliseconds = value.integer, milliseconds > 0 else {
        throw values.wrong(
          value, "the time-out", "milliseconds from 1, infinity or default",
          hint: values.hint(value.atom, ["infinity", "default"]))
      }
      return .milliseconds(milliseconds)
    }
  }

  // MARK: - Errors

  /// There is no such instruction, or none of so many parts.
  func unknown(_ entry: LocatedTerm, _ words: [String]) -> ResourceError {
    guard let word = entry.atom ?? entry.tuple?.first?.atom else {
      return values.file.error(
        "found \(entry.kindInWords) where an instruction was expected", at: entry.place)
    }
    if words.contains(word) { return malformed(entry, word) }
    if Self.highWords.contains(word) {
      return values.file.error(
        "the instruction \(quoted(word)) is for .appup files only", at: entry.place)
    }
    return values.file.error(
      "there is no instruction \(quoted(word))\(values.hint(word, words))", at: entry.place)
  }

  func malformed(_ entry: LocatedTerm, _ word: String) -> ResourceError {
    let count = (entry.tuple?.count ?? 1) - 1
    let many = count == 1 ? "one value" : "\(count) values"
    return values.file.error(
      "the instruction \(quoted(word)) has no form with \(many)", at: entry.place)
  }
}
